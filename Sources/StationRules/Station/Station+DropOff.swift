import LockerDomain
import StationBooks

extension Station {
    /// A villager wants to leave a shipment in a door (自助寄件).
    mutating func beginDropOff(_ card: Card, from source: TextSource) {
        guard settings.policy.dropOff else { return reject(card, .outOfContext, .askKeeper, from: source) }
        guard settings.policy.hasFiled(settings.village) else {
            return reject(card, .outOfArea, .outOfArea, from: source)
        }
        guard isWatched else { return reject(card, .camera, .cameraDown, from: source) }
        dialogue.survey = nil
        dialogue.dropOff = (nil, now.uptime + Limits.followUpMilliseconds)
        reject(card, .awaitsScan, .dropOffHow, from: source)
    }

    /// A digit between DROPOFF and the label: the size of the door, 1 for the smallest.
    mutating func chooseSize(_ digit: String, from source: TextSource) {
        guard let number = Int(digit), Size.allCases.indices.contains(number - 1) else {
            return reject(.unknown, .dropOffHow, from: source, length: digit.utf8.count, text: nil)
        }
        let size = Size.allCases[number - 1]
        dialogue.dropOff = (size, now.uptime + Limits.followUpMilliseconds)
        reject(.awaitsScan, .dropOffSize, size.rawValue, from: source, length: digit.utf8.count, text: nil)
    }

    /// Whether a working camera covers what is sent: without one nobody may leave anything unattended (令2019-16).
    var isWatched: Bool {
        guard settings.policy.cameraGate else { return true }
        let covering = settings.cameras.filter { settings.coverage[$0]?.contains(.outbound) ?? true }
        return !covering.isEmpty && covering.allSatisfy { state.cameras[$0]?.online == true }
    }

    mutating func dropOff(_ waybill: Waybill, _ reading: WaybillReading, from source: TextSource) {
        guard readyForParcels(waybill, from: source) != nil else { return }
        let known = state.shipments[waybill]
        guard state.parcels[waybill]?.isHere != true, openingUnderWay(for: waybill) == nil,
            known == nil || known?.status == .returned
        else {
            let place = state.parcels[waybill]?.place ?? known?.place
            return reject(waybill.rawValue, .alreadyStored, .alreadyStored, .place(place), from: source)
        }
        guard isWatched else { return reject(waybill, .camera, .cameraDown, from: source) }
        let size = dialogue.dropOff?.size
        guard hasRoomForShipment, let door = bestDoor(for: DoorChoice.Need(size: size ?? settings.defaultSize)) else {
            return reject(waybill, .full, .full, from: source)
        }
        dialogue.dropOff = nil
        unlock(door, for: .dropOff, of: [waybill], by: .sender, size: size)
        answer(.putIn, door.rawValue)
    }

    /// NO at the open door: the sender puts nothing in after all. Returns whether the card was about a drop-off.
    mutating func cancelDropOff(_ card: Card, from source: TextSource) -> Bool {
        let open = state.doors.busy.sorted().filter {
            guard let cycle = state.doors[$0]?.cycle else { return false }
            return cycle.purpose == .dropOff && (cycle.phase == .open || !hasWorkingSensor($0))
        }
        guard let door = open.first, let cycle = state.door(door).cycle, let waybill = cycle.waybills.first else {
            return false
        }
        // With several doors nobody can see who of them it is.
        guard open.count == 1 else {
            reject(card, .outOfContext, .askKeeper, from: source)
            return true
        }
        emit(
            .doorPurposeChanged(
                DoorPurposeChanged(door: door, cycle: cycle.id, purpose: .reopen, notPutIn: waybill, person: nil)
            )
        )
        answer(.dropOffEnded, door.rawValue)
        return true
    }

    mutating func droppedOff(_ waybill: Waybill, at door: DoorName, evidence: Evidence) {
        guard let key = credentials?.codeKey else { return }
        // Its code differs from that of a parcel with the same number, also of one that has not come yet.
        let n = lowestFreeN(waybill, wanted: state.parcels[waybill].map { max(128, CodeCounter.above($0.n)) } ?? 0)
        let openedAt = seenOpen(at: .door(door))
        emit(
            .shipmentDroppedOff(
                ShipmentDroppedOff(
                    waybill: waybill,
                    parties: parties(of: waybill),
                    direction: .outbound,
                    place: .door(door),
                    n: n,
                    evidence: evidence,
                    doorOpenedAt: openedAt,
                    size: state.door(door).cycle?.size
                )
            )
        )
        // The one code that the station itself tells: whoever stands there left it.
        answer(.droppedOff, PickupCode(waybill, n: n, key: key).description)
    }

    mutating func completeShipment(
        _ shipment: Shipment,
        _ purpose: Purpose,
        at door: DoorName,
        by authority: Authority,
        evidence: Evidence
    ) {
        let place = Place.door(door)
        switch purpose {
        case .dropOff: droppedOff(shipment.waybill, at: door, evidence: evidence)
        case .shipment:
            emit(
                .shipmentStored(
                    ShipmentStored(
                        waybill: shipment.waybill,
                        parties: shipment.parties,
                        direction: .outbound,
                        place: place,
                        evidence: evidence,
                        doorOpenedAt: seenOpen(at: place)
                    )
                )
            )
            answer(.stored, door.rawValue)
        case .takeOut:
            emit(
                .shipmentTakenOut(
                    ShipmentTakenOut(
                        waybill: shipment.waybill,
                        parties: shipment.parties,
                        direction: .outbound,
                        place: place,
                        person: authority.person ?? "",
                        evidence: evidence,
                        doorOpenedAt: seenOpen(at: place)
                    )
                )
            )
            // Another person may be at the counter by now, or look at another shipment: it is scanned again.
            guard let session = state.session, session.work == .outbound, authority.person == session.person
            else { return }
            if let open = session.draft { return answer(.finishFirst, open.waybill.rawValue) }
            note(.shipment, shipment.waybill.rawValue, .shipmentSteps, by: session)
        case .senderPickup: giveBack(shipment, from: place, by: authority.person, evidence: evidence)
        case .deposit, .pickup, .audit, .reopen, .putBack, .handOut, .agent, .retrieval, .move, .support: break
        }
    }

    mutating func giveBack(_ shipment: Shipment, from place: Place?, by person: String?, evidence: Evidence) {
        emit(
            .shipmentReturned(
                ShipmentReturned(
                    waybill: shipment.waybill,
                    parties: shipment.parties,
                    direction: .outbound,
                    place: place,
                    person: person,
                    evidence: evidence,
                    doorOpenedAt: place.flatMap { seenOpen(at: $0) }
                )
            )
        )
        answer(.givenBack)
    }

    /// A shipment whose sender's code opens its door: not accepted.
    func isWithItsSender(_ waybill: Waybill) -> Bool {
        guard let shipment = state.shipments[waybill] else { return false }
        // Nobody saw it go: the code works again for a while (rule 8).
        if shipment.status == .returned { return shipment.reusableUntil ?? 0 > now.wall }
        return shipment.isInside && (shipment.status == .droppedOff || shipment.status == .rejected)
    }

    /// A shipment that lies on the counter, not accepted: its sender gets it back from the keeper.
    func isAtCounter(_ waybill: Waybill) -> Bool {
        guard let shipment = state.shipments[waybill], shipment.place == nil else { return false }
        return shipment.status == .onCounter || shipment.status == .rejected
    }

    /// The sender takes a shipment back by the code that the station told.
    mutating func takeBack(_ waybill: Waybill, by authority: Authority, from source: TextSource) {
        guard storage != .failed else { return reject(.storage, .storageFailed, from: source, length: 0, text: nil) }
        let place = state.shipments[waybill].flatMap { $0.place ?? $0.leftFrom }
        guard case .door(let door) = place, state.door(door).cycle == nil, !state.door(door).isAbnormal else {
            emit(.pickupFailed(PickupFailed(means: .code, reason: .doorBusy, device: source.device)))
            return answer(.doorBusy, place?.description ?? "")
        }
        // What came back from the county may lie beside something of somebody else.
        guard !isTakenByOthers(door, than: waybill) else {
            emit(.pickupFailed(PickupFailed(means: .code, reason: .contentsUnknown, device: source.device)))
            return answer(.codeAmbiguous)
        }
        unlock(door, for: .senderPickup, of: [waybill], by: authority)
        answer(.takeOut, door.rawValue)
    }

    private func isTakenByOthers(_ door: DoorName, than waybill: Waybill) -> Bool {
        state.parcels.isTaken(.door(door))
            || state.shipments.values.contains { $0.isInside && $0.place == .door(door) && $0.waybill != waybill }
    }

    /// The door stayed shut: the shipment in hand gets another one.
    mutating func placeShipmentElsewhere(_ cycle: DoorCycle, _ failed: DoorName) {
        // The camera may have gone dark since the first door: nobody leaves anything unattended then.
        guard cycle.purpose != .dropOff || isWatched else { return answer(.cameraDown) }
        let need = DoorChoice.Need(size: cycle.size ?? settings.defaultSize)
        guard let door = bestDoor(for: need, excluding: failed) else {
            return answer(cycle.purpose == .shipment ? .keepAtCounter : .full)
        }
        unlock(door, for: cycle.purpose, of: cycle.waybills, by: Authority(cycle), size: cycle.size)
        answer(.putIn, door.rawValue)
    }
}
