public import LockerDomain

/// The latest signed status of each station, as far as it says that the station is in contact and nothing is missing.
/// Calls block and throw `CountyFault`; safe from any task.
public protocol LastStatuses: Sendable {
    /// Of each station that sent one that this version can read, in no order.
    func lastStatuses() throws -> [LastStatus]
}

/// What the latest signed status of a station says of its time and its journal.
public struct LastStatus: Sendable, Hashable {
    public var station: String
    /// Milliseconds since 1970 at which it came, by the county's clock.
    public var received: Int64
    /// Wall time at which the station made it, milliseconds since 1970, as good as `clock` says.
    public var made: Int64
    public var clock: ClockTrust
    /// Events that the station had not sent yet.
    public var eventsWaiting: Int
    /// The last event of the station's chain, where the status says that its journal ends: same journal, sequence and hash.
    /// `nil` when the county's chain ends elsewhere, or the event's own clock did not know the day.
    public var end: ChainEnd?

    /// The last event of a chain.
    public struct ChainEnd: Sendable, Hashable {
        /// Its number in the order of arrival.
        public var number: Int64
        /// Wall time at which it was made, milliseconds since 1970.
        public var made: Int64

        public init(number: Int64, made: Int64) { (self.number, self.made) = (number, made) }
    }

    public init(
        station: String,
        received: Int64,
        made: Int64,
        clock: ClockTrust,
        eventsWaiting: Int,
        end: ChainEnd?
    ) {
        (self.station, self.received, self.made) = (station, received, made)
        (self.clock, self.eventsWaiting, self.end) = (clock, eventsWaiting, end)
    }

    /// Wall time up to which it proves that the county has all that the station made; `nil` when it proves nothing.
    ///
    /// - Parameter now: the county's clock, milliseconds since 1970.
    func proven(now: Int64) -> Int64? {
        guard clock.isDated, eventsWaiting == 0, end != nil else { return nil }
        // It was made before it came, whatever the station's clock shows.
        return min(made, received, now)
    }
}
