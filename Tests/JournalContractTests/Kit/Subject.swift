import LockerDomain
import PortFakes
import SQLiteJournal
import SimulatedDevices
import StationPorts

@testable import Simulator

/// The journals that keep the same contract: the one that ships, that of the tests, and that of the simulated world.
enum Kind: String, CaseIterable, Sendable {
    case memory, sqlite, simulated
}

/// One journal under test, with its outbox, that can be closed and opened again.
struct Subject {
    private(set) var journal: any JournalPort
    private(set) var outbox: any OutboxPort
    private(set) var contacts: any ContactPort
    let scratch: Scratch

    init(_ kind: Kind) throws {
        scratch = try Scratch()
        switch kind {
        case .memory:
            let memory = MemoryJournal()
            (journal, outbox, contacts) = (memory, memory, MemoryContacts())
        case .simulated:
            let simulated = SimulatedJournal(rules: Rules())
            (journal, outbox, contacts) = (simulated, simulated, MemoryContacts())
        case .sqlite:
            journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
            let second = try SQLiteOutbox(path: scratch.journal)
            (outbox, contacts) = (second, second)
        }
    }

    /// As after a restart of the daemon; memory outlives it, as the port says.
    mutating func reopen() throws {
        guard journal is SQLiteJournal else { return }
        let memory = MemoryJournal()
        (journal, outbox, contacts) = (memory, memory, MemoryContacts())
        journal = try SQLiteJournal(path: scratch.journal, reserveBytes: 4_096)
        let second = try SQLiteOutbox(path: scratch.journal)
        (outbox, contacts) = (second, second)
    }

    struct Reading: Equatable {
        var snapshot: Snapshot?
        var lines: [JournalLine] = []
    }

    func replay(format: Int = 1, using snapshot: Bool = true) throws -> Reading {
        var reading = Reading()
        try journal.replay(
            format: format,
            snapshot: {
                reading.snapshot = $0
                return snapshot
            },
            line: { reading.lines.append($0) }
        )
        return reading
    }
}

/// A line of a generation; its hash is as long as a real one.
func line(_ generation: Int, _ sequence: Int, bytes: Int = 40) -> JournalLine {
    let text = "{\"g\":\(generation),\"s\":\(sequence)}"
    let padding = String(repeating: "x", count: max(0, bytes - text.utf8.count))
    return JournalLine(
        position: JournalPosition(generation: generation, sequence: sequence),
        before: hash(generation, sequence - 1),
        bytes: Array((text + padding).utf8),
        hash: hash(generation, sequence)
    )
}

private func hash(_ generation: Int, _ sequence: Int) -> [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: sequence &* 31 &+ generation &+ $0) }
}

func lines(_ generation: Int, _ sequences: ClosedRange<Int>, bytes: Int = 40) -> [JournalLine] {
    sequences.map { line(generation, $0, bytes: bytes) }
}
