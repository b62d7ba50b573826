import Glibc
import LockerDomain
import SQLiteJournal
import StationBooks
import StationPorts
import SyncWire

/// One durable event, interleaved with the calibration: overwriting 4 KiB of a preallocated 16 MiB file and fdatasync.
struct DurableBench {
    let folder: ScratchFolder

    init(_ places: BenchPlaces) throws { folder = try ScratchFolder(places.scratch, "durable") }

    func run(rounds: Int) throws {
        defer { folder.remove() }
        let journal = try SQLiteJournal(path: folder.path("journal.sqlite"))
        var filler = JournalFiller(station: "bench", incarnation: try journal.beginIncarnation(id: JournalFiller.id))
        let calibration = try Calibration(path: folder.path("calibration"))
        var (event, overwrite) = (Samples(), Samples())
        // The first rounds grow the WAL; a station's has its size after the first day.
        for _ in 0..<1_200 { try journal.append(filler.next(1)) }
        _ = journal.maintain(keeping: nil)
        for round in 0..<rounds {
            let lines = try filler.next(1)
            try overwrite.time { try calibration.overwrite(round) }
            try event.time { try journal.append(lines) }
            if round % 1_000 == 999 { _ = journal.maintain(keeping: nil) }
        }
        print("durable event, \(rounds) rounds, interleaved")
        print("              p50 us   p99 us")
        print("  calibration \(text(overwrite.micros(0.5)))  \(text(overwrite.micros(0.99)))")
        print("  one event   \(text(event.micros(0.5)))  \(text(event.micros(0.99)))")
        print(
            "  ratio       \(text(event.micros(0.5) / overwrite.micros(0.5), 2))  "
                + "\(text(event.micros(0.99) / overwrite.micros(0.99), 2))   (aim: 1.30, 2.00)"
        )
    }
}

/// Overwrites blocks of a preallocated file, each made durable.
final class Calibration {
    private let descriptor: Int32
    private let block = [UInt8](repeating: 0x5A, count: 4_096)
    private static let bytes = 16 * 1_024 * 1_024

    init(path: String) throws {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        let zeros = [UInt8](repeating: 0, count: Self.bytes)
        guard descriptor >= 0, write(descriptor, zeros, zeros.count) == zeros.count, fsync(descriptor) == 0 else {
            throw BenchFault("cannot preallocate \(path)")
        }
    }

    deinit { close(descriptor) }

    func overwrite(_ round: Int) throws {
        let offset = off_t(round % (Self.bytes / block.count) * block.count)
        guard pwrite(descriptor, block, block.count, offset) == block.count, fdatasync(descriptor) == 0 else {
            throw BenchFault("the calibration file cannot be written")
        }
    }
}

struct BenchFault: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}

/// A folder of one benchmark.
struct ScratchFolder {
    let root: String

    init(_ scratch: String, _ name: String) throws {
        root = "\(scratch)/\(name)-\(getpid())"
        guard mkdir(scratch, 0o755) == 0 || errno == EEXIST, mkdir(root, 0o755) == 0 else {
            throw BenchFault("cannot make \(root): choose another --scratch")
        }
    }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    func remove() { _ = Tool.run("/bin/rm", ["-rf", root]) }
}

/// Makes valid events with their chain.
struct JournalFiller {
    static let id = "00112233445566778899aabbccddeeff"
    let station: String
    let incarnation: Incarnation
    private var sequence: Int
    private var hash: [UInt8]

    /// Goes on behind `sequence`, whose chain hash is `hash`.
    init(station: String, incarnation: Incarnation, sequence: Int = 0, hash: [UInt8]? = nil) {
        self.station = station
        self.incarnation = incarnation
        self.sequence = sequence
        self.hash = hash ?? Chain.start
    }

    mutating func next(_ count: Int) throws -> [JournalLine] {
        try (0..<count).map { _ in
            sequence += 1
            let moment = Moment(
                wall: 1_778_544_000_000 + Int64(sequence) * 1_000,
                uptime: Int64(sequence) * 1_000,
                clock: .ntp
            )
            let fact = DoorClosed(door: "A01", cycle: sequence, openMilliseconds: 8_000)
            let line = EventLine(
                station: station,
                incarnation: incarnation.id,
                sequence: sequence,
                time: moment,
                bootID: "0d6a2a7e-5f6b-4a6e-9f0a-1c2d3e4f5a6b",
                event: .doorClosed(fact)
            )
            let bytes = try line.encoded()
            let before = hash
            hash = Chain.next(after: before, bytes: bytes)
            let position = JournalPosition(generation: incarnation.generation, sequence: sequence)
            return JournalLine(position: position, before: before, bytes: bytes, hash: hash)
        }
    }
}
