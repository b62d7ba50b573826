public import LockerDomain
public import StationBooks

/// One event with all that names it: a CloudEvents 1.0 envelope (DESIGN 4.2). Encoded once, when it is made.
public struct EventLine: Sendable, Hashable {
    public var station: String
    /// 32 lower-case hex digits.
    public var incarnation: String
    public var sequence: Int
    public var time: Moment
    public var bootID: String
    public var event: Event

    public init(station: String, incarnation: String, sequence: Int, time: Moment, bootID: String, event: Event) {
        self.station = station
        self.incarnation = incarnation
        self.sequence = sequence
        self.time = time
        self.bootID = bootID
        self.event = event
    }

    /// Canonical bytes without a newline.
    public func encoded() throws -> [UInt8] { try CanonicalJSON.encode(Envelope(line: self)) }

    /// Reads a line of a type that this version knows.
    public init(decoding bytes: [UInt8]) throws {
        // A county reads millions of them: without a container around the envelope that takes half the time.
        let tape = CanonicalTape(bytes)
        guard tape?.isExact ?? WireNumbers.areExact(bytes) else { throw NumberTooLarge() }
        if let tape, let envelope = try? Envelope(tape) {
            self = envelope.line
        } else {
            self = try CanonicalJSON.decode(Envelope.self, from: bytes).line
        }
    }

    /// `sequence` as it is written: decimal, zero-padded to 12.
    public static func text(ofSequence sequence: Int) -> String {
        let digits = String(sequence)
        return String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
    }

    /// Whether a text is exactly that of a sequence.
    static func isText(_ text: String, ofSequence sequence: Int) -> Bool {
        let digits = text.utf8
        guard digits.count == 12 || digits.count > 12 && digits.first != UInt8(ascii: "0") else { return false }
        return digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && Int(text) == sequence
    }
}

/// A line that is well formed but of a type that this version does not know: written by a newer one.
public struct UnknownEventType: Error, Sendable, Hashable, CustomStringConvertible {
    public var name: String

    public var description: String {
        "event type \(name) is unknown to this version: a newer one wrote it; install that one again"
    }
}

/// A line has a number that programs do not read alike: no station writes one.
public struct NumberTooLarge: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String { "a number is beyond ±\(WireNumbers.largest): the line is damaged or forged" }
}

private struct Envelope: Codable {
    var line: EventLine

    private static let sourcePrefix = Array("/stations/".utf8)

    private enum Key: String, CodingKey {
        case specversion, id, source, type, time, sequence, clock, uptimems, bootid, subject, data
    }

    init(line: EventLine) { self.line = line }

    func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        let sequence = EventLine.text(ofSequence: line.sequence)
        try box.encode("1.0", forKey: .specversion)
        try box.encode("\(line.incarnation)/\(sequence)", forKey: .id)
        try box.encode("/stations/\(line.station)", forKey: .source)
        try box.encode(line.event.type.wireName, forKey: .type)
        try box.encode(WireTime.text(line.time.wall), forKey: .time)
        try box.encode(sequence, forKey: .sequence)
        try box.encode(line.time.clock, forKey: .clock)
        try box.encode(String(line.time.uptime), forKey: .uptimems)
        try box.encode(line.bootID, forKey: .bootid)
        let payload = line.event.payload
        try box.encodeIfPresent(payload.subject, forKey: .subject)
        try box.encode(AnyPayload(payload: payload), forKey: .data)
    }

    init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        try self.init(box) { try box.decode(String.self, forKey: $0) }
    }

    init(_ tape: CanonicalTape) throws {
        try self.init(try tape.container(keyedBy: Key.self)) { key in
            guard let index = tape.member(key.rawValue, of: 0) else { throw NotCanonical() }
            return try tape.string(at: index)
        }
    }

    /// - Parameter text: the text of an attribute.
    private init(_ box: KeyedDecodingContainer<Key>, text: (Key) throws -> String) throws {
        let (id, source, typeName) = (try text(.id), try text(.source), try text(.type))
        guard let type = EventType(wireName: typeName) else {
            throw UnknownEventType(name: typeName)
        }
        // By bytes: characters cost more than all the rest.
        guard let slash = id.utf8.firstIndex(of: UInt8(ascii: "/")),
            let sequence = Int(id[id.utf8.index(after: slash)...]),
            source.utf8.starts(with: Self.sourcePrefix),
            let wall = WireTime.milliseconds(try text(.time)),
            let uptime = Int64(try text(.uptimems)), uptime.magnitude <= WireNumbers.largest.magnitude,
            try text(.specversion) == "1.0",
            EventLine.isText(try text(.sequence), ofSequence: sequence),
            let clock = ClockTrust(rawValue: try text(.clock))
        else {
            throw DecodingError.dataCorruptedError(forKey: .id, in: box, debugDescription: "not a station's envelope")
        }
        line = EventLine(
            station: String(Substring(source.utf8.dropFirst(Self.sourcePrefix.count))),
            incarnation: String(id[..<slash]),
            sequence: sequence,
            time: Moment(wall: wall, uptime: uptime, clock: clock),
            bootID: try text(.bootid),
            event: try Event(type, from: box, forKey: .data)
        )
    }
}

private struct AnyPayload: Encodable {
    var payload: any EventPayload

    func encode(to encoder: any Encoder) throws { try payload.encode(to: encoder) }
}
