public import SyncWire

/// What the county knows of its stations beside their events: when they were heard of, and what they said last of themselves.
/// Calls block and throw `CountyFault`; safe from any task.
public protocol StationDirectory: Sendable {
    /// Every station, by id.
    func sights() throws -> [StationSight]
    /// The county's clock, milliseconds since 1970, and why it is in doubt; `nil` when it is not.
    func countyClock() throws -> (now: Int64, doubt: String?)
}

/// A station as it was heard of last.
public struct StationSight: Sendable, Hashable {
    public var station: String
    public var isEnrolled: Bool
    /// Milliseconds since 1970; `nil` when nothing was ever heard.
    public var lastContact: Int64?
    /// When its latest status came, and the status; `nil` when none came, or one that this version cannot read.
    public var statusReceived: Int64?
    public var status: StatusReport?
    /// Events of its journal that the station has and the county has not, as far as it says.
    public var eventsMissing: Int
    public var commandsWaiting: Int
    /// Commands that are late or failed, a sentence each.
    public var commandTroubles: [String]
    /// What is wrong with its identity or its chain, a sentence each.
    public var faults: [String]

    public init(station: String, isEnrolled: Bool) {
        (self.station, self.isEnrolled) = (station, isEnrolled)
        (eventsMissing, commandsWaiting, commandTroubles, faults) = (0, 0, [], [])
    }
}
