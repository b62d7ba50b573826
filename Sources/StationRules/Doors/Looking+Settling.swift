import LockerDomain
import StationBooks

/// What a look behind a door settles: what is there, what is missing, and whether the door is in service again.
extension Looking {
    /// Somebody looked: the door is empty, or holds the parcel just scanned.
    static func settle(_ name: DoorName, holds waybill: Waybill?, by session: Session, in turn: inout Turn) {
        if let waybill, countOne(waybill, behind: name, by: session, in: &turn) { return }
        let seen = (turn.books.door(name).cycle?.waybills ?? []) + (waybill.map { [$0] } ?? [])
        for parcel in turn.books.parcels(at: .door(name)) where !seen.contains(parcel.waybill) {
            emitMissing(parcel.waybill, at: .door(name), by: session.person, in: &turn)
        }
        for shipment in sent(behind: name, in: turn) where !seen.contains(shipment) {
            emitMissing(shipment, at: .door(name), by: session.person, in: &turn)
        }
        if let waybill { hold(waybill, behind: name, by: session, in: &turn) }
        // What was asked about and is not there is answered, each by a line of its own.
        for asked in turn.books.door(name).asked where !seen.contains(asked) {
            turn.emit(
                .auditFinished(
                    AuditFinished(door: name, contents: .unknown, person: session.person, waybill: asked)
                )
            )
        }
        // A sensor must be seen to work; a door that has none is in service on the keeper's word.
        let isReadable = turn.books.door(name).level != .unknown || turn.site.doors[name]?.hasSensor == false
        if turn.books.door(name).outOfService != nil, isReadable {
            turn.emit(.doorBackInService(DoorBackInService(door: name, reason: "audited")))
        }
        turn.emit(
            .auditFinished(
                AuditFinished(door: name, contents: seen.isEmpty ? .empty : .occupied, person: session.person)
            )
        )
        turn.answer(seen.isEmpty ? .auditEmpty : .auditHolds, name.rawValue)
        if session.work == .audit { WorkQueue.openNext(in: &turn) }
    }

    /// Somebody looked, and it is not there. Books that may be older than the place prove nothing missing.
    static func emitMissing(_ waybill: Waybill, at place: Place, by person: String?, in turn: inout Turn) {
        var difference = AuditDifference(waybill: waybill, finding: .missing, person: person)
        if turn.books.mayHaveLeft(waybill) { difference.finding = .changedWhileOff }
        switch place {
        case .door(let door): difference.door = door
        case .shelf(let shelf): difference.shelf = shelf
        }
        turn.emit(.auditDifference(difference))
    }

    /// Of several things that the books have behind the door, or that are asked about, each is scanned, in any order:
    /// the last one, or EMPTY, ends it, and only then is anything missing. Somebody else's parcel, scanned first, ends
    /// it at once: what else is there comes in anew, at a place of its own. Returns whether the scan was answered.
    private static func countOne(
        _ waybill: Waybill,
        behind name: DoorName,
        by session: Session,
        in turn: inout Turn
    ) -> Bool {
        guard let cycle = turn.books.door(name).cycle else { return false }
        let parcels = turn.books.parcels.at(.door(name)).map(\.waybill) + turn.books.door(name).asked
        let shipments = sent(behind: name, in: turn)
        let seen = cycle.waybills
        // What a villager left is a sender's: beside it stays nothing else. Nor do two recipients share a door.
        let isAnothers =
            isSent(waybill, to: name, in: turn) || shipments.contains(where: seen.contains)
            || !isOfOneRecipient([waybill] + seen, in: turn)
        if !seen.isEmpty, !seen.contains(waybill), isAnothers {
            turn.reject(.outOfContext, .anothersParcel, name.rawValue)
            return true
        }
        let expected = parcels + shipments
        guard expected.contains(where: { $0 != waybill && !seen.contains($0) }) else { return false }
        guard expected.contains(waybill) || !parcels.isEmpty && isOfOneRecipient([waybill] + parcels, in: turn) else {
            // What was scanned before it stays, so this one cannot.
            if seen.isEmpty { return false }
            turn.reject(.outOfContext, .anothersParcel, name.rawValue)
            return true
        }
        if seen.contains(waybill) {
            turn.reject(.doubled, .scanRest, name.rawValue)
        } else {
            hold(waybill, behind: name, by: session, in: &turn)
            turn.emit(.doorParcelAdded(DoorParcelAdded(door: name, cycle: cycle.id, waybill: waybill)))
            turn.answer(.scanRest, name.rawValue)
        }
        return true
    }

    /// The books get that the parcel or shipment lies behind the door.
    private static func hold(_ waybill: Waybill, behind name: DoorName, by session: Session, in turn: inout Turn) {
        let known = turn.books.parcels[waybill]
        if isInterruptedDropOff(waybill, at: name, in: turn) {
            return DropOffs.droppedOff(waybill, at: name, evidence: .scanned, in: &turn)
        }
        // That it is there now is written down while a line of before may still say that it left.
        let mayHaveLeft = turn.books.mayHaveLeft(waybill)
        let isDoubtful = known?.isDoubtful == true || mayHaveLeft
        guard known?.status != .stored || known?.place != .door(name) || isDoubtful,
            let key = turn.credentials?.codeKey
        else { return }
        let isSent = turn.books.shipments[waybill]?.isHere == true && known?.isInside != true
        guard !isSent || turn.books.shipments[waybill]?.place != .door(name) || mayHaveLeft else { return }
        // It cannot go in or out at another door any more: what happened there nobody knows.
        for door in turn.settings.doors where door.name != name {
            guard turn.books.door(door.name).cycle?.waybills.contains(waybill) == true else { continue }
            turn.emit(
                .auditDifference(AuditDifference(door: door.name, waybill: waybill, finding: .interrupted))
            )
        }
        turn.emit(
            .auditDifference(
                AuditDifference(door: name, waybill: waybill, finding: .found, person: session.person)
            )
        )
        if isSent { return }
        if known?.status != .stored, let reading = try? WaybillReading(waybill.rawValue) {
            Intake.receive(waybill, known: known, hint: reading, by: session, how: .audit, in: &turn)
        }
        Intake.store(waybill, at: .door(name), evidence: .scanned, key: key, in: &turn)
    }

    // MARK: What the books have behind the door

    /// Whether a number is, as far as the books know, that of something that goes out.
    private static func isSent(_ waybill: Waybill, to name: DoorName, in turn: borrowing Turn) -> Bool {
        isInterruptedDropOff(waybill, at: name, in: turn)
            || turn.books.shipments[waybill]?.isHere == true && turn.books.parcels[waybill]?.isInside != true
    }

    /// What the books have behind the door of what goes out, by waybill.
    private static func sent(behind name: DoorName, in turn: borrowing Turn) -> [Waybill] {
        turn.books.shipments.values.filter { $0.isInside && $0.place == .door(name) }.map(\.waybill).sorted()
    }

    private static func isOfOneRecipient(_ waybills: [Waybill], in turn: borrowing Turn) -> Bool {
        let recipients = Set(waybills.map { turn.books.parcels[$0]?.recipientKey })
        return recipients.count == 1 && recipients.first != .some(nil)
    }

    /// A villager's drop-off that was cut short by a stop.
    private static func isInterruptedDropOff(
        _ waybill: Waybill,
        at door: DoorName,
        in turn: borrowing Turn
    ) -> Bool {
        let state = turn.books.door(door)
        return state.asksInside == waybill && state.asksAboutShipment
    }
}
