import LockerDomain
import StationBooks

/// Which recipient stands there: a card on the wall names nobody, and several people may use the station at once. The
/// door that stands open for somebody shows more than the door that was shut before.
enum Recipients {
    /// Openings for recipients; a person who puts a parcel back is one too.
    private static func openForRecipients(in turn: borrowing Turn) -> [(door: DoorName, cycle: DoorCycle)] {
        turn.books.doors.busy.sorted().compactMap { name in
            guard let cycle = turn.books.door(name).cycle else { return nil }
            let isPutBack = cycle.purpose == .putBack && cycle.phase == .open
            return isPutBack || standsOpenForRecipient(name, in: turn) ? (name, cycle) : nil
        }
    }

    /// By code, by token or by the keeper; again by the same code within a minute.
    static func standsOpenForRecipient(_ door: DoorName, in turn: borrowing Turn) -> Bool {
        guard let cycle = turn.books.door(door).cycle,
            cycle.phase == .open || !Unlocking.hasWorkingSensor(door, in: turn)
        else { return false }
        switch cycle.purpose {
        case .pickup, .handOut: return true
        case .reopen: return cycle.authority.person == nil && !cycle.waybills.isEmpty
        default: return false
        }
    }

    /// What a recipient may mean. Behind the doors that stand open, with what the same recipient took before, and what
    /// anybody took since: they may not have gone yet. Else what was taken last.
    static func parcelsOfRecipient(in turn: borrowing Turn) -> [Parcel] {
        let taken = (turn.recent.lastPickup?.parcels ?? []).compactMap { turn.books.parcels[$0] }
        let doors = openForRecipients(in: turn)
        let open = doors.flatMap(\.cycle.waybills).compactMap { turn.books.parcels[$0] }
        guard !open.isEmpty else { return taken }
        let openedAt = doors.compactMap { turn.books.door($0.door).openedAt }.min() ?? .max
        let others = taken + turn.recent.earlierPickups.compactMap { turn.books.parcels[$0.waybill] }
        let waybills = Set(open.map(\.waybill))
        return open
            + others.filter {
                !waybills.contains($0.waybill) && ($0.changed >= openedAt || areOfOne(open + [$0]))
            }
    }

    /// Whether all are one recipient's.
    static func areOfOne(_ parcels: [Parcel]) -> Bool {
        guard let first = parcels.first else { return false }
        // One code opens them all.
        if first.codeOf != nil, Set(parcels.map(\.codeName)).count == 1 { return true }
        return parcels.count == 1 || first.recipientKey != nil && Set(parcels.map(\.recipientKey)).count == 1
    }

    // MARK: Reports and complaints

    /// Whether the card REPORT is a recipient's while somebody has a session: it is while a door stands open by code or
    /// token, and soon after, as long as the person of the session has done nothing since. LOST is never theirs.
    static func isReportOfRecipient(_ kind: ParcelReport, in turn: borrowing Turn) -> Bool {
        guard kind != .lost else { return false }
        if openForRecipients(in: turn).contains(where: { $0.cycle.authority.person == nil }) { return true }
        guard let last = turn.recent.lastPickup,
            last.parcels.allSatisfy({ turn.books.parcels[$0]?.holder == nil })
        else { return false }
        let takenAt = last.until - Limits.lastPickupMilliseconds
        let hasGoneOn = turn.recent.staffActedAt.map { $0 >= takenAt } ?? false
        return !hasGoneOn && turn.now.uptime - takenAt <= Limits.followUpMilliseconds
    }

    /// Whether a scan is the number that a report of a recipient waits for, no matter who has a session.
    ///
    /// - Parameter label: with the parcel of the books that it means.
    static func answersReport(_ label: Label, in turn: borrowing Turn) -> Bool {
        guard let report = turn.questions[WhichReported.self] else { return false }
        return report.parcels.contains(label.waybill)
    }

    /// The parcel that a complaint or a survey is about, unless it may be one of several people who complains.
    static func parcelOfOne(in turn: borrowing Turn) -> Waybill? {
        guard !openForRecipients(in: turn).isEmpty else {
            return turn.recent.earlierPickups.isEmpty ? turn.recent.lastPickup?.parcels.first : nil
        }
        let parcels = parcelsOfRecipient(in: turn)
        return areOfOne(parcels) ? parcels.first?.waybill : nil
    }
}
