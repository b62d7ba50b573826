public import LockerDomain
public import StationBooks

/// Reply to `GET /v1/tell`: whom the keeper tells in person, by hamlet. It shows places, so only keepers get it.
public struct TellReply: Sendable, Hashable, Codable {
    /// Id of the station.
    public var station: String
    /// When the list was made.
    public var time: TimeStamp
    /// By name; the unknown one last.
    public var hamlets: [Hamlet]

    /// One part of the village (自然村, 组).
    public struct Hamlet: Sendable, Hashable, Codable {
        /// Absent when it is not known.
        public var hamlet: String?
        /// Who has waited longest comes first.
        public var parcels: [Entry]
    }

    /// One parcel that nobody told of, or of which nobody else reminds.
    public struct Entry: Sendable, Hashable, Codable {
        /// Last four characters of the waybill.
        public var waybillTail: String
        /// As masked as it is known.
        public var phoneMasked: String?
        /// Where it lies.
        public var place: String?
        /// When it was stored.
        public var waitingSince: TimeStamp
        /// Why the keeper does it.
        public var reason: TellInPerson.Reason
    }

    /// The list of a station.
    public init(station: String, state: StationState, now: Moment) {
        self.station = station
        time = TimeStamp(now.wall)
        hamlets = TellInPerson(state, at: now).hamlets.map { hamlet in
            Hamlet(
                hamlet: hamlet.name,
                parcels: hamlet.entries.map { entry in
                    Entry(
                        waybillTail: entry.waybillTail,
                        phoneMasked: entry.phoneMasked,
                        place: entry.place?.description,
                        waitingSince: TimeStamp(entry.waitingSince),
                        reason: entry.reason
                    )
                }
            )
        }
    }
}
