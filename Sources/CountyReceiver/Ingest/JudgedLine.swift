import GRDB
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

    /// What the county learns from an event.
    enum Effect: Sendable, Equatable {
        case parcel(Waybill, n: UInt32, stored: Bool)
        case parcelClosed(Waybill)
        case command(number: Int, id: String, failure: String?)
    }

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
            if line.station == station {
                effect = Effect(line.event)
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

extension JudgedLine.Effect {
    init?(_ event: Event) {
        switch event {
        case .parcelExpected(let fact): self = .parcel(fact.entry.waybill, n: fact.entry.n, stored: false)
        case .parcelReceived(let fact): self = .parcel(fact.waybill, n: fact.n, stored: false)
        case .parcelStored(let fact): self = .parcel(fact.waybill, n: fact.n, stored: true)
        case .parcelCollected(let fact): self = .parcelClosed(fact.waybill)
        case .commandCompleted(let fact): self = .command(number: fact.number, id: fact.id, failure: nil)
        case .commandFailed(let fact): self = .command(number: fact.number, id: fact.id, failure: fact.reason)
        default: return nil
        }
    }

    func apply(_ db: Database, station: String, at time: Int64) throws {
        switch self {
        case .parcel(let waybill, let n, let stored):
            let entry = ParcelBook.Entry(waybill: waybill, n: n, state: stored ? .stored : .announced)
            try ParcelBook.set(db, station: station, entry, at: time)
        case .parcelClosed(let waybill):
            try ParcelBook.close(db, station: station, waybill: waybill, at: time)
        case .command(let number, let id, let failure):
            try CommandQueue.settle(db, station: station, number: number, id: id, failure: failure)
        }
    }
}
