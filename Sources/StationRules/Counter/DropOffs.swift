import LockerDomain
import StationBooks

/// Shipments that villagers leave behind a door by themselves (自助寄件).
enum DropOffs {
    /// A villager wants to leave a shipment in a door.
    static func begin(in turn: inout Turn) {
        guard turn.settings.policy.dropOff else { return turn.reject(.outOfContext, .askKeeper) }
        guard turn.settings.policy.hasFiled(turn.settings.village) else {
            return turn.reject(.outOfArea, .outOfArea)
        }
        guard isWatched(in: turn) else { return turn.reject(.camera, .cameraDown) }
        turn.questions[Survey.self] = nil
        ask(nil, in: &turn)
        turn.reject(.awaitsScan, .dropOffHow)
    }

    /// A digit between DROPOFF and the label: the size of the door, 1 for the smallest.
    /// - Parameter asked: the question, which a wrong digit leaves as it is.
    static func chooseSize(_ digit: String, after asked: DropOffLabel, in turn: inout Turn) {
        guard let number = Int(digit), Size.allCases.indices.contains(number - 1) else {
            turn.questions[DropOffLabel.self] = asked
            return turn.reject(.unknown, .dropOffHow)
        }
        let size = Size.allCases[number - 1]
        ask(size, in: &turn)
        turn.reject(.awaitsScan, .dropOffSize, size.rawValue)
    }

    private static func ask(_ size: Size?, in turn: inout Turn) {
        let until = turn.now.uptime + Limits.followUpMilliseconds
        turn.questions[DropOffLabel.self] = DropOffLabel(size: size, until: until)
    }

    /// Whether a working camera covers what is sent: without one nobody may leave anything unattended (令2019-16).
    static func isWatched(in turn: borrowing Turn) -> Bool {
        guard turn.settings.policy.cameraGate else { return true }
        let covering = turn.settings.cameras.filter { turn.settings.coverage[$0]?.contains(.outbound) ?? true }
        return !covering.isEmpty && covering.allSatisfy { turn.books.cameras[$0]?.online == true }
    }

    /// The label of the drop-off is scanned.
    /// - Parameter asked: the question, which stands until a door opens.
    static func dropOff(_ label: Label, after asked: DropOffLabel, in turn: inout Turn) {
        turn.questions[DropOffLabel.self] = asked
        let waybill = label.waybill
        guard Intake.readyForParcels(in: &turn) != nil else { return }
        let known = turn.books.shipments[waybill]
        guard turn.books.parcels[waybill]?.isHere != true, Unlocking.openingUnderWay(for: waybill, in: turn) == nil,
            known == nil || known?.status == .returned
        else {
            let place = turn.books.parcels[waybill]?.place ?? known?.place
            return turn.reject(.alreadyStored, .alreadyStored, .place(place))
        }
        guard isWatched(in: turn) else { return turn.reject(.camera, .cameraDown) }
        let need = DoorChoice.Need(size: asked.size ?? turn.settings.defaultSize)
        guard Counter.hasRoomForShipment(in: turn), let door = Placing.bestDoor(for: need, in: turn) else {
            return turn.reject(.full, .full)
        }
        turn.questions[DropOffLabel.self] = nil
        Unlocking.unlock(door, for: .dropOff, of: [waybill], by: .sender, size: asked.size, in: &turn)
        turn.answer(.putIn, door.rawValue)
    }

    /// NO at the open door: the sender puts nothing in after all. Returns whether the card was about a drop-off.
    static func cancel(in turn: inout Turn) -> Bool {
        let open = turn.books.doors.busy.sorted().filter {
            guard let cycle = turn.books.doors[$0]?.cycle else { return false }
            return cycle.purpose == .dropOff && (cycle.phase == .open || !Unlocking.hasWorkingSensor($0, in: turn))
        }
        guard let door = open.first, let cycle = turn.books.door(door).cycle, let waybill = cycle.waybills.first else {
            return false
        }
        // With several doors nobody can see whose NO it is.
        guard open.count == 1 else {
            turn.reject(.outOfContext, .askKeeper)
            return true
        }
        turn.emit(
            .doorPurposeChanged(
                DoorPurposeChanged(door: door, cycle: cycle.id, purpose: .reopen, notPutIn: waybill, person: nil)
            )
        )
        turn.answer(.dropOffEnded, door.rawValue)
        return true
    }

    /// The shipment lies behind its door: its sender gets the code that opens it again.
    static func droppedOff(_ waybill: Waybill, at door: DoorName, evidence: Evidence, in turn: inout Turn) {
        guard let key = turn.credentials?.codeKey else { return }
        // Its code differs from that of a parcel with the same number, also of one that has not come yet.
        let wanted = turn.books.parcels[waybill].map { max(128, CodeCounter.above($0.n)) } ?? 0
        let n = Intake.lowestFreeN(waybill, wanted: wanted, in: turn)
        let openedAt = Unlocking.seenOpen(at: .door(door), in: turn)
        let parties = Counter.parties(of: waybill, in: turn)
        let size = turn.books.door(door).cycle?.size
        turn.emit(
            .shipmentDroppedOff(
                ShipmentDroppedOff(
                    waybill: waybill,
                    parties: parties,
                    direction: .outbound,
                    place: .door(door),
                    n: n,
                    evidence: evidence,
                    doorOpenedAt: openedAt,
                    size: size
                )
            )
        )
        // The one code that the station itself shows: the person at the door left the shipment.
        turn.answer(.droppedOff, PickupCode(waybill, n: n, key: key).description)
    }
}
