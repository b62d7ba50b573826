import LockerDomain
import StationBooks

/// A keeper or technician opens a door to look inside, and says by scans and cards what is there (DESIGN 4.4).
enum Looking {
    /// Opens a door to look inside, whatever is behind it: badge and PIN.
    static func openForAudit(_ name: DoorName, in turn: inout Turn) {
        // A PIN would not help a person whose badge opens no door.
        if let session = turn.session, !session.role.looksIntoDoors {
            return turn.reject(.outOfContext, .notForYou)
        }
        guard let session = turn.session, session.proven else { return turn.reject(.needsPIN, .needsPIN) }
        guard turn.site.doors[name] != nil else { return turn.reject(.unknown, .doorUnknown, name.rawValue) }
        guard canAudit(name, in: turn), !turn.books.door(name).isAbnormal else {
            return turn.reject(.outOfContext, .doorBusy, name.rawValue)
        }
        guard turn.storage != .failed else { return turn.reject(.storage, .storageFailed) }
        // What lies behind a door is somebody's: a person who looks says why.
        guard mayLookInto(name, session, in: turn) else {
            return turn.reject(.outOfContext, .askReason, name.rawValue)
        }
        turn.recent.failedAudit = nil
        turn.recent.foundShut = nil
        leaveUnsettled(session, in: &turn)
        if turn.books.door(name).cycle != nil {
            turn.emit(.auditDifference(AuditDifference(door: name, waybill: nil, finding: .interrupted)))
        }
        // AUDIT says so once, for all its doors.
        if session.auditing == nil, session.work != .audit {
            turn.emit(.auditStarted(AuditStarted(person: session.person)))
        }
        Unlocking.unlock(name, for: .audit, of: [], by: .badge(session.person), in: &turn)
        turn.answer(.auditOpened, name.rawValue)
    }

    /// A parcel scanned while a door is looked into. Returns whether the scan was about the audit: what is in the hand
    /// for another reason must not go into the books behind that door, nor what lies there into another.
    static func finding(_ waybill: Waybill, by session: Session, in turn: inout Turn) -> Bool {
        // A card that asks for a parcel came after the door was opened: in its work none is opened to look into.
        guard session.role.looksIntoDoors, !session.work.isForOne, !takesPlaces(session.work) else { return false }
        if let door = auditedDoor(of: session, in: turn) {
            // With the door shut again nobody looks into it: only what is expected there is named.
            if Unlocking.hasWorkingSensor(door, in: turn), turn.books.door(door).level == .closed,
                !isExpected(waybill, behind: door, in: turn)
            {
                turn.recent.foundShut = (door, session.id)
                turn.reject(.outOfContext, .auditShut, door.rawValue)
            } else {
                settle(door, holds: waybill, by: session, in: &turn)
            }
        } else if let door = session.auditing, turn.books.door(door).cycle?.purpose == .audit {
            turn.reject(.outOfContext, .doorBusy, door.rawValue)
        } else if let door = failedAudit(of: session, in: turn) {
            turn.reject(.outOfContext, failure(of: session), door.rawValue)
        } else if session.work == .audit {
            turn.reject(.outOfContext, .scanReceive)
        } else {
            return false
        }
        Sessions.touch(in: &turn)
        return true
    }

    /// EMPTY: nothing lies behind the door that the person looks into.
    static func empty(by session: Session, in turn: inout Turn) {
        guard session.role.looksIntoDoors else { return turn.reject(.outOfContext, .notForYou) }
        guard let door = auditedDoor(of: session, in: turn) else {
            if let door = failedAudit(of: session, in: turn) {
                return turn.reject(.outOfContext, failure(of: session), door.rawValue)
            }
            guard session.proven else { return turn.reject(.outOfContext, .needsPIN) }
            // In works about parcels the card of a door opens none to look into.
            return turn.reject(.outOfContext, takesPlaces(session.work) ? .scanAudit : .openDoorFirst)
        }
        // A person who has just scanned something before the shut door may have found it there.
        if let found = turn.recent.foundShut, found == (door, session.id), turn.books.door(door).level == .closed {
            return turn.reject(.outOfContext, .auditShut, door.rawValue)
        }
        settle(door, holds: nil, by: session, in: &turn)
    }

    /// A door opened for an audit that nobody settled: its contents are unknown.
    static func leaveUnsettled(_ session: Session, in turn: inout Turn) {
        guard let door = session.auditing, turn.books.door(door).cycle?.purpose == .audit else { return }
        turn.emit(.auditDifference(AuditDifference(door: door, waybill: nil, finding: .interrupted)))
    }

    // MARK: A door that was not seen open

    /// A sensor may miss a door that stands open before the keeper: the next one of a batch opens only at their word,
    /// so that what they scan is not booked behind it.
    static func auditFailed(at door: DoorName, _ cycle: DoorCycle, in turn: inout Turn) {
        guard let session = turn.session, cycle.authority == .badge(session.person) else {
            return turn.answer(.auditFailed, door.rawValue)
        }
        turn.recent.failedAudit = (door, session.id)
        turn.answer(failure(of: session), door.rawValue)
    }

    private static func failure(of session: Session) -> Answer.ID { leadsAudit(session) ? .auditStuck : .auditFailed }

    /// Whether NEXT opens the next door of a batch.
    static func leadsAudit(_ session: Session) -> Bool {
        session.work == .audit && session.auditing == nil && !session.queue.isEmpty
    }

    /// The door that did not open for the audit of this session.
    private static func failedAudit(of session: Session, in turn: borrowing Turn) -> DoorName? {
        turn.recent.failedAudit.flatMap { $0.session == session.id ? $0.door : nil }
    }

    // MARK: What may be looked into

    /// The door that the person of the session looks into at this moment.
    static func auditedDoor(of session: Session, in turn: borrowing Turn) -> DoorName? {
        guard let door = session.auditing, let cycle = turn.books.door(door).cycle, cycle.purpose == .audit,
            cycle.phase == .open || !Unlocking.hasWorkingSensor(door, in: turn)
        else { return nil }
        return door
    }

    /// A keeper need not wait for an opening whose end nobody sees; only a pulse under way is left alone.
    private static func canAudit(_ door: DoorName, in turn: borrowing Turn) -> Bool {
        turn.books.door(door).cycle?.phase != .unlocking
    }

    /// Doors behind which something lies, or lay for all that the books know, are looked into only with a reason: a
    /// door without a sensor is never known to be occupied.
    static func mayLookInto(_ door: DoorName, _ session: Session, in turn: borrowing Turn) -> Bool {
        if session.reason != nil { return true }
        return turn.books.door(door).contents != .occupied && !turn.books.parcels.isTaken(.door(door))
            && !turn.books.shipments.values.contains { $0.isInside && $0.place == .door(door) }
    }

    private static func isExpected(_ waybill: Waybill, behind door: DoorName, in turn: borrowing Turn) -> Bool {
        if turn.books.door(door).asked.contains(waybill) { return true }
        if let shipment = turn.books.shipments[waybill], shipment.isInside { return shipment.place == .door(door) }
        guard let parcel = turn.books.parcels[waybill], parcel.isInside else { return false }
        return parcel.place == .door(door)
    }

    /// Whether the card of a door names what lies there, instead of opening it.
    private static func takesPlaces(_ work: Work) -> Bool { work.flow.takes.contains(.place) }
}
