public import LockerDomain

/// Whom the keeper tells in person that a parcel waits (当面通知): nobody else did, or nobody else reminds them. Grouped by
/// hamlet, for the round.
public struct TellInPerson: Sendable, Hashable {
    /// Why the keeper has to tell them.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// No phone is known, here or at the county.
        case noPhone
        /// The county tried and failed.
        case noticeFailed
        /// It spoils: told at once, whatever the county does.
        case chilled
        /// The county has not said so for `Limits.tellInPersonMilliseconds`: the link is down.
        case notTold
        /// A reminder is due, and no phone rings: none is known, or the keeper told them in the first place.
        case reminder
        /// At the counter, with an agent or on its way back for `Limits.overlookedMilliseconds`: nobody is reminded of it.
        case overlooked
    }

    /// One parcel.
    public struct Entry: Sendable, Hashable {
        /// The last four characters of the waybill.
        public var waybillTail: String
        /// As masked as it is known.
        public var phoneMasked: String?
        public var place: Place?
        /// Wall time at which it was stored.
        public var waitingSince: Int64
        public var reason: Reason
    }

    /// One part of the village (自然村, 组).
    public struct Hamlet: Sendable, Hashable {
        /// `nil` for parcels of which it is not known.
        public var name: String?
        /// Whose goods are chilled comes first, then who has waited longest.
        public var entries: [Entry]
    }

    /// By name; the unknown one last.
    public let hamlets: [Hamlet]

    /// The list of a station. A clock that runs behind lists later, never too early.
    public init(_ state: StationState, at now: Moment) {
        let time = max(now.wall, state.trustedTime)
        var groups: [String?: [(parcel: Parcel, entry: Entry)]] = [:]
        // Who is told of spoiling goods may still fetch them before a courier does.
        for parcel in state.waiting where !parcel.hold.isOverdue && !parcel.hold.isRecalled {
            guard let reason = Self.reason(parcel, at: time) else { continue }
            let entry = Entry(
                waybillTail: String(parcel.waybill.rawValue.suffix(4)),
                phoneMasked: parcel.phoneMasked,
                place: parcel.place,
                waitingSince: parcel.storedAt,
                reason: reason
            )
            groups[parcel.hamlet, default: []].append((parcel, entry))
        }
        for parcel in state.parcels.values where Self.isOverlooked(parcel, at: time) {
            let entry = Entry(
                waybillTail: String(parcel.waybill.rawValue.suffix(4)),
                phoneMasked: parcel.phoneMasked,
                place: nil,
                waitingSince: parcel.changed,
                reason: .overlooked
            )
            groups[parcel.hamlet, default: []].append((parcel, entry))
        }
        hamlets =
            groups
            .map { name, entries in
                Hamlet(name: name, entries: entries.sorted(by: Self.isFirst).map(\.entry))
            }
            .sorted { left, right in
                guard let name = left.name else { return false }
                return right.name.map { name < $0 } ?? true
            }
    }

    /// Chilled goods spoil; then who has waited longest.
    private static func isFirst(_ one: (parcel: Parcel, entry: Entry), _ two: (parcel: Parcel, entry: Entry)) -> Bool {
        guard one.parcel.isCold == two.parcel.isCold else { return one.parcel.isCold }
        return (one.entry.waitingSince, one.parcel.waybill) < (two.entry.waitingSince, two.parcel.waybill)
    }

    private static func isOverlooked(_ parcel: Parcel, at time: Int64) -> Bool {
        switch parcel.status {
        case .received, .withAgent, .retrieved: time - parcel.changed > Limits.overlookedMilliseconds
        case .expected, .inParts, .stored, .collected, .refused, .returned, .lost, .missing: false
        }
    }

    private static func reason(_ parcel: Parcel, at time: Int64) -> Reason? {
        // A message may fail after it was thought to be sent.
        if parcel.hold.noticeFailed { return .noticeFailed }
        let hasPhone = parcel.phoneMasked != nil || parcel.recipientKey != nil
        if parcel.hold.noticed {
            let isReached = hasPhone && parcel.hold.toldBy == nil
            return parcel.hold.isToBeReminded && !isReached ? .reminder : nil
        }
        if !hasPhone { return .noPhone }
        if parcel.isCold { return .chilled }
        return time - parcel.storedAt > Limits.tellInPersonMilliseconds ? .notTold : nil
    }
}
