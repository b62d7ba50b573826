public import LockerDomain

/// What the books of a station lack until the county's copy is folded in (DESIGN 4.9).
public struct Recovery: Sendable, Hashable, Codable {
    /// Id of the event behind which the county is asked; `nil` when nothing of the lost journal is in the state.
    public package(set) var after: String?
    /// Whether the state holds what the closed journal wrote behind `after`: an older copy, or another board, wrote beside it.
    public package(set) var holdsTail: Bool
    /// Id of the last event that came back.
    public package(set) var reached: String?
    /// Confirmed wall time of the last event that came back; `nil` before the first.
    public package(set) var lastSeen: Int64?
    /// What the station has written about since: what comes back about it happened before, and changes nothing.
    public package(set) var touched = Topics()
    /// What somebody looked for since and did not find where the books had it, which may only lack how it left.
    public package(set) var unseen: [Waybill: Unseen]?
    /// Parcels that wait longer since: that one was overdue before counts no more.
    public package(set) var extended: Set<Waybill>?
    /// What was told, ordered or fell due since about parcels of which not all is back.
    public package(set) var heard: [Waybill: Heard]?

    package init(after: String?, holdsTail: Bool) { (self.after, self.holdsTail) = (after, holdsTail) }
}

extension Recovery {
    /// Something that is not where old books had it.
    public struct Unseen: Sendable, Hashable, Codable {
        public var place: Place
        /// Who looked.
        public var person: String?
        /// What the books had there: one of the two.
        package var parcel: Parcel?
        package var shipment: Shipment?

        package init(place: Place, person: String?) { (self.place, self.person) = (place, person) }
    }

    /// What the station has written of a hold period while more may come back about its parcel.
    public struct Heard: Sendable, Hashable, Codable {
        /// The hold period by what is back alone.
        package var hold: Hold
        /// Later than all that comes back, the oldest first.
        package var events: [RecoveredEvent]
    }

    /// Whether nothing of the state stands: the journal was gone.
    var leavesNothing: Bool { after == nil && !holdsTail }

    /// The station has written an event; what it is about is known again.
    mutating func wrote(_ event: Event) {
        touched.add(event)
        if case .parcelHoldExtended(let fact) = event { extended = (extended ?? []).union([fact.waybill]) }
        for waybill in event.touchedWaybills {
            unseen?[waybill] = nil
            heard?[waybill] = nil
        }
    }

    /// - Parameter hold: the hold period before the event.
    mutating func hear(_ line: RecoveredEvent, of waybill: Waybill, before hold: Hold) {
        var one = heard?[waybill] ?? Heard(hold: hold, events: [])
        one.events.append(line)
        if one.events.count > Limits.recoveryHeardMax {
            let oldest = one.events.removeFirst()
            one.hold.takeMeanwhile(oldest.event, at: oldest.time)
        }
        if heard == nil { heard = [:] }
        heard?[waybill] = one
    }
}

/// Whether the county was ever asked for what it has of this station.
public enum CountyBooks: String, Sendable, Codable {
    /// The station is not enrolled.
    case notAsked
    /// It is, on this journal for the first time: another board may have stood here.
    case asking
    case known
    /// It was enrolled anew: another board may have stood here since the county last heard this one.
    case askingAgain
}
