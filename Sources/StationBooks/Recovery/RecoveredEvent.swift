public import LockerDomain

/// One event that the county gave back, with the moment at which it happened.
public struct RecoveredEvent: Sendable, Hashable {
    public var event: Event
    public var time: Moment

    public init(_ event: Event, at time: Moment) {
        self.event = event
        self.time = time
    }
}

extension RecoveredEvent: Codable {
    private enum Key: String, CodingKey { case type, data, time }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        let type = try box.decode(EventType.self, forKey: .type)
        event = try Event(type, from: box, forKey: .data)
        time = try box.decode(Moment.self, forKey: .time)
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(event.type, forKey: .type)
        try box.encode(event.payload, forKey: .data)
        try box.encode(time, forKey: .time)
    }
}
