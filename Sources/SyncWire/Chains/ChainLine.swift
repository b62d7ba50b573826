import LockerDomain
import StationBooks

/// One line of a batch, hashed and read at its place in the chain, before any book is touched.
public struct ChainLine: Sendable {
    /// From 1 in its incarnation.
    public let sequence: Int
    /// Hash in front of the line.
    public let before: [UInt8]
    /// The very bytes that came.
    public let bytes: [UInt8]
    /// Hash behind the line.
    public let hash: [UInt8]
    /// Short name of a known type, else what the line says; `nil` when it says nothing.
    public private(set) var type: String?
    /// Why nobody can interpret it, so that it is stored and quarantined; `nil` when all is well.
    public private(set) var fault: String?
    /// What the station says; `nil` exactly when there is a `fault`.
    public private(set) var read: EventLine?

    /// Characters shown of a station's name that is not ours, and of an id that is not expected here.
    private static let shownCharactersMax = 64

    /// Throws `Problem` only when the line contradicts the header, which then describes some other batch; everything
    /// else is kept (DESIGN rule 9).
    init(
        _ bytes: [UInt8],
        sequence: Int,
        after hash: [UInt8],
        incarnation: String,
        station: String
    ) throws(Problem) {
        self.sequence = sequence
        before = hash
        self.bytes = bytes
        self.hash = Chain.next(after: hash, bytes: bytes)
        guard bytes.count <= Limits.eventBytesMax, let line = try? EventLine(decoding: bytes) else {
            try quarantine(incarnation: incarnation)
            return
        }
        guard line.incarnation == incarnation, line.sequence == sequence else {
            throw contradiction("\(line.incarnation)/\(line.sequence)", incarnation)
        }
        type = line.event.type.rawValue
        if line.station == station {
            read = line
        } else {
            fault = "source is /stations/\(line.station.prefix(Self.shownCharactersMax))"
        }
    }

    private mutating func quarantine(incarnation: String) throws(Problem) {
        guard let envelope = try? CanonicalJSON.decode(LooseEnvelope.self, from: bytes) else {
            fault = "not a JSON object with the attributes of an event"
            return
        }
        if let id = envelope.id, let slash = id.lastIndex(of: "/"), let named = Int(id[id.index(after: slash)...]),
            named != sequence || id[..<slash] != incarnation
        {
            throw contradiction(id, incarnation)
        }
        let name = envelope.type.map { String($0.prefix(100)) }
        if bytes.count > Limits.eventBytesMax {
            type = name.map { EventType(wireName: $0)?.rawValue ?? $0 }
            fault = "has \(bytes.count) bytes, \(Limits.eventBytesMax) at most are read"
        } else if let name, let known = EventType(wireName: name) {
            type = known.rawValue
            fault = "the data of \(known.rawValue) cannot be read"
        } else {
            type = name
            fault = name.map { "unknown type \($0)" } ?? "no type"
        }
    }

    private func contradiction(_ id: String, _ incarnation: String) -> Problem {
        Problem(
            .malformed,
            status: 400,
            title: "Header and lines differ",
            detail:
                "event \(id.prefix(Self.shownCharactersMax)) stands where Locker-Chain has \(incarnation)/\(sequence)"
        )
    }
}

private struct LooseEnvelope: Decodable {
    var id: String?
    var type: String?

    private enum CodingKeys: String, CodingKey { case id, type }

    init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        id = try? box.decode(String.self, forKey: .id)
        type = try? box.decode(String.self, forKey: .type)
    }
}
