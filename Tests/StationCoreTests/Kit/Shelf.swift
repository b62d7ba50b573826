import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import SyncWire

/// A journal of made-up lines, and the county's answers to batches of it.
struct Shelf {
    let journal = MemoryJournal()

    /// `counts`: lines of each incarnation; each line has so many bytes.
    init(_ counts: [Int], bytes: Int = 100) throws {
        for (index, count) in counts.enumerated() {
            _ = try journal.beginIncarnation(id: Self.name(index + 1))
            try append(count, to: index + 1, bytes: bytes)
        }
    }

    static func name(_ generation: Int) -> String { String(repeating: "\(generation)", count: 32) }

    /// Writes lines behind those of a generation.
    func append(_ count: Int, to generation: Int, bytes: Int = 100) throws {
        let last = journal.all.last { $0.position.generation == generation }
        var (sequence, hash) = (last?.position.sequence ?? 0, last?.hash ?? Chain.start)
        let lines = (0..<count).map { _ in
            sequence += 1
            let text = "{\"\(generation)/\(sequence)\":\""
            let line =
                Array(text.utf8) + [UInt8](repeating: 0x78, count: max(0, bytes - text.utf8.count - 2)) + [0x22, 0x7D]
            let before = hash
            hash = Chain.next(after: before, bytes: line)
            let position = JournalPosition(generation: generation, sequence: sequence)
            return JournalLine(position: position, before: before, bytes: line, hash: hash)
        }
        try journal.append(lines)
    }

    func acknowledge(_ generation: Int, _ sequence: Int) throws {
        try journal.acknowledge(JournalPosition(generation: generation, sequence: sequence))
    }

    func hash(_ generation: Int, _ sequence: Int) throws -> String {
        guard sequence > 0 else { return Hex.encode(Chain.start) }
        return Hex.encode(try journal.line(at: JournalPosition(generation: generation, sequence: sequence))?.hash ?? [])
    }

    /// An acknowledgement with the hash that the journal has there, unless `hash` says otherwise.
    func receipt(
        _ generation: Int,
        _ sequence: Int,
        hash other: String? = nil,
        of name: String? = nil,
        commands: [CommandMessage] = []
    ) throws -> UplinkReply {
        let answer = Acknowledgement(
            incarnation: name ?? Self.name(generation),
            acknowledged: sequence,
            hash: try other ?? hash(generation, sequence),
            commands: commands,
            time: "2026-05-11T00:00:00.000Z"
        )
        return UplinkReply(status: 200, headers: [], body: try CanonicalJSON.encode(answer))
    }

    static func problem(_ kind: Problem.Kind, _ status: Int, expected: Int? = nil) throws -> UplinkReply {
        let problem = Problem(kind, status: status, title: "Title", detail: "detail", expected: expected)
        return UplinkReply(status: status, headers: [], body: try CanonicalJSON.encode(problem))
    }

    static func command(_ number: Int) -> CommandMessage {
        CommandMessage(
            id: "c\(number)",
            number: number,
            station: "",
            type: "t",
            issued: "",
            expires: "",
            data: .bool(true)
        )
    }
}

extension JournalPosition {
    static func at(_ generation: Int, _ sequence: Int) -> JournalPosition {
        JournalPosition(generation: generation, sequence: sequence)
    }
}
