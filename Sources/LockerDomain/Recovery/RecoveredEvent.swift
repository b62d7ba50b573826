/// One event that the county gave back, with the moment at which it happened.
public struct RecoveredEvent: Sendable, Hashable {
    public var event: Event
    public var time: Moment

    public init(_ event: Event, at time: Moment) {
        self.event = event
        self.time = time
    }
}
