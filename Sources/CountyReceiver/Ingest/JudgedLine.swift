import LockerDomain
import SyncWire

/// One line of a batch, hashed and judged before any table is touched.
struct JudgedLine: Sendable {
    var sequence: Int
    var bytes: [UInt8]
    /// Hash of the chain behind the line.
    var hash: [UInt8]
    /// Short name of a known type, else what the line says; `nil` when it says nothing.
    var type: String?
    /// Why nobody can interpret it; `nil` when all is well.
    var fault: String?
    var effect: Effect?
    /// What the station says; `nil` for what is another's or cannot be read.
    var read: EventLine?
    /// When it happened, milliseconds since 1970, by a clock that can be believed.
    var happened: Int64?

    /// What the county learns from an event.
    enum Effect: Sendable, Equatable {
        case parcelAnnounced(Waybill, n: UInt32, recipientKey: String?)
        case parcel(Waybill, n: UInt32, codeOf: Waybill?, stored: Bool)
        case joined(Waybill, formerly: Waybill, n: UInt32, codeOf: Waybill?)
        case codeReissued(Waybill, n: UInt32, codeOf: Waybill?)
        case parcelMoved(Waybill)
        /// The station knows its recipient by the random key of a phone that was typed there; `nil`: by the county's key.
        case recipientTyped(Waybill, key: String?)
        /// Somebody told the recipient the code.
        case recipientTold(Waybill)
        /// It left the station's care: its code works no longer.
        case parcelClosed(Waybill)
        /// It is not where the station had it.
        case parcelMissing(Waybill)
        case command(number: Int, id: String, failure: String?)
        case supportUsed(counter: UInt32)
        /// The station may have forgotten what it was told, and counts its support codes from here, when it says where.
        case journalReplaced(supportCounter: UInt32?)
    }

    /// Whether the station began a new journal.
    var isNewJournal: Bool { if case .journalReplaced = effect { true } else { false } }

    /// Judges a line by its place. Throws `Problem` only when the line contradicts the header, which then describes
    /// some other batch; everything else is kept (DESIGN rule 9).
    init(_ bytes: [UInt8], sequence: Int, after hash: [UInt8], incarnation: String, station: String) throws(Problem) {
        self.bytes = bytes
        self.sequence = sequence
        self.hash = Chain.next(after: hash, bytes: bytes)
        do {
            let line = try EventLine(decoding: bytes)
            type = line.event.type.rawValue
            guard line.incarnation == incarnation, line.sequence == sequence else {
                throw Self.contradiction("\(line.incarnation)/\(line.sequence)", incarnation, sequence)
            }
            if line.time.clock.isDated { happened = line.time.wall }
            if line.station == station {
                effect = Effect(line.event)
                read = line
            } else {
                fault = "source is /stations/\(line.station.prefix(CountyLimits.stationIDCharactersMax))"
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            try judgeUnknown(incarnation: incarnation)
        }
    }

    private mutating func judgeUnknown(incarnation: String) throws(Problem) {
        guard let envelope = try? CanonicalJSON.decode(LooseEnvelope.self, from: bytes) else {
            fault = "not a JSON object with the attributes of an event"
            return
        }
        if let id = envelope.id, let slash = id.lastIndex(of: "/"), let named = Int(id[id.index(after: slash)...]),
            named != sequence || id[..<slash] != incarnation
        {
            throw Self.contradiction(id, incarnation, sequence)
        }
        let name = envelope.type.map { String($0.prefix(100)) }
        if let name, let known = EventType(wireName: name) {
            type = known.rawValue
            fault = "the data of \(known.rawValue) cannot be read"
        } else {
            type = name
            fault = name.map { "unknown type \($0)" } ?? "no type"
        }
    }

    private static func contradiction(_ id: String, _ incarnation: String, _ sequence: Int) -> Problem {
        Problem(
            .malformed,
            status: 400,
            title: "Header and lines differ",
            detail: "event \(id.prefix(64)) stands where Locker-Chain has \(incarnation)/\(sequence)"
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
