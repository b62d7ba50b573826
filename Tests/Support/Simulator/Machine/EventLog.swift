import LockerDomain
import SyncWire

/// The end of the journal in memory, as the engine keeps it: gives events their numbers and their place in the chain.
struct EventLog {
    let station: String
    let bootID: String
    var incarnation: String
    var position: Position
    var hash: [UInt8]

    func lines(for events: [Event], at now: Moment) throws -> [Disk.Line] {
        var (position, hash) = (position, hash)
        return try events.map { event in
            position.sequence += 1
            let line = EventLine(
                station: station,
                incarnation: incarnation,
                sequence: position.sequence,
                time: now,
                bootID: bootID,
                event: event
            )
            let bytes = try line.encoded()
            hash = Chain.next(after: hash, bytes: bytes)
            return Disk.Line(position: position, bytes: bytes, hash: hash, read: try? EventLine(decoding: bytes))
        }
    }

    mutating func commit(_ lines: [Disk.Line]) {
        guard let last = lines.last else { return }
        position = last.position
        hash = last.hash
    }
}

/// A journal that cannot be read again.
struct RecoveryFault: Error, CustomStringConvertible {
    var description: String
}

/// Rebuilds the state from the disk: the snapshot, and the lines behind it (DESIGN 3.1).
enum Recovery {
    private struct Body: Codable {
        var hash: String
        var state: StationState
    }

    static func snapshot(of state: StationState, behind hash: [UInt8]) throws -> [UInt8] {
        try CanonicalJSON.encode(Body(hash: Hex.encode(hash), state: state))
    }

    static func run(_ disk: Disk, station: String, bootID: String, rules: Rules) throws -> (StationState, EventLog) {
        var state = StationState()
        var (generation, sequence, hash, first) = (0, 0, Chain.start, disk.base)
        if let snapshot = disk.snapshot, snapshot.lines > disk.base {
            let body = try CanonicalJSON.decode(Body.self, from: snapshot.bytes)
            guard snapshot.lines <= disk.lines.count else { throw RecoveryFault(description: "snapshot ahead") }
            let last = disk.lines[snapshot.lines - 1]
            guard body.hash == Hex.encode(last.hash) else { throw RecoveryFault(description: "another snapshot") }
            (generation, sequence) = (last.position.generation, last.position.sequence)
            (hash, first, state) = (last.hash, snapshot.lines, body.state)
        }
        for line in disk.lines[first...] {
            if line.position.generation != generation {
                (generation, sequence, hash) = (line.position.generation, 0, Chain.start)
            }
            sequence += 1
            hash = Chain.next(after: hash, bytes: line.bytes)
            guard line.position.sequence == sequence, line.hash == hash else {
                throw RecoveryFault(description: "line \(sequence) of \(generation) does not follow")
            }
            guard let read = line.read else { throw RecoveryFault(description: "line \(sequence) cannot be read") }
            rules.apply(&state, read.event, read.time)
        }
        let isBegun = disk.incarnations.count == generation
        let log = EventLog(
            station: station,
            bootID: bootID,
            incarnation: disk.incarnations.last ?? "",
            position: Position(generation: disk.incarnations.count, sequence: isBegun ? sequence : 0),
            hash: isBegun ? hash : Chain.start
        )
        return (state, log)
    }
}
