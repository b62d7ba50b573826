import LockerDomain
import StationPorts
import SyncWire

typealias Position = JournalPosition

/// The station's disk: journal, snapshot, cursor of the uplink, and what ails it. It outlives every crash; a power cut
/// takes what was written and not synced.
struct Disk {
    struct Line {
        var position: Position
        /// Hash of the chain in front of the line.
        var before: [UInt8]
        /// Canonical bytes, as they are sent.
        var bytes: [UInt8]
        /// Hash of the chain behind the line.
        var hash: [UInt8]
        /// What the bytes say, read back from them once.
        var read: EventLine?

        init(_ line: JournalLine) {
            (position, before, bytes, hash) = (line.position, line.before, line.bytes, line.hash)
            read = try? EventLine(decoding: line.bytes)
        }

        var kept: JournalLine { JournalLine(position: position, before: before, bytes: bytes, hash: hash) }
    }

    /// What a damaged row is now.
    struct Rot {
        /// `nil`: it is gone.
        var row: JournalLine?
    }

    /// What a cheap card does to a row.
    enum Damage: CaseIterable {
        /// One bit of the event, of the hash behind it, of the hash in front of it.
        case bytes, hash, before
        /// The row is missing.
        case gone
    }

    enum Fault: Error, Equatable {
        case full, broken
        /// A number that is taken already.
        case taken
    }

    enum Mood: Equatable {
        case well, full, broken
        /// Takes nothing, and what it holds cannot be read for now.
        case unreadable
    }

    var mood = Mood.well
    /// Names of the incarnations, the first has generation 1.
    var incarnations: [String] = []
    /// Index of the first line of each incarnation.
    var starts: [Int] = []
    private(set) var lines: [Line] = []
    /// Lines that survive a power cut.
    private(set) var durable = 0
    /// The last two, the newest first.
    private(set) var snapshots: [Snapshot] = []
    /// What the county gave back, by the event that tells it.
    var recovered: [Position: [[UInt8]]] = [:]
    /// Rows that the card has damaged, as they stand now. `lines` stay as they were written.
    private(set) var rot: [Position: Rot] = [:]
    /// Rows that were put back.
    private(set) var mended: Set<Position> = []
    /// Positions of snapshots with a bad bit.
    private var spoilt: Set<Position> = []
    /// Index of the first line that is still read: what stood before it was damaged and is moved aside.
    private(set) var base = 0
    /// Up to here lines were removed, but for the last of each incarnation.
    private(set) var pruned = Position(generation: 0, sequence: 0)
    /// What the county has acknowledged.
    var acknowledged = Position(generation: 1, sequence: 0)
    /// Lines that still fit into the reserve, once it was given up.
    private var reserveLines = 0
    private var isReserveHeld = true
    /// Lines that the reserve holds; small, so that simulations come to its end.
    var reserveLinesMax = 400

    init() {}

    /// One durable commit.
    mutating func append(_ new: [Line]) throws(Fault) {
        try write(new)
        sync()
    }

    /// Writes without making it durable: only a broken station does that.
    mutating func write(_ new: [Line]) throws(Fault) {
        switch mood {
        case .well: break
        case .broken, .unreadable: throw .broken
        case .full:
            guard reserveLines >= new.count else { throw .full }
            reserveLines -= new.count
        }
        if let first = new.first, let last = lines.last, first.position <= last.position { throw .taken }
        lines += new
    }

    /// Puts lines back in their places.
    mutating func putBack(_ old: [JournalLine]) throws(Fault) {
        guard mood == .well || mood == .full else { throw .broken }
        for line in old {
            guard let index = index(of: line.position) else { throw .broken }
            rot[line.position] = lines[index].kept == line ? nil : Rot(row: line)
            mended.insert(line.position)
        }
    }

    mutating func sync() { durable = lines.count }

    mutating func powerCut() { lines.removeLast(lines.count - durable) }

    mutating func releaseReserve() -> Bool {
        guard isReserveHeld else { return false }
        isReserveHeld = false
        reserveLines = reserveLinesMax
        return true
    }

    /// Housekeeping while nobody waits; tells what the disk can take from now on.
    mutating func maintain(keeping new: Snapshot?) -> Storage {
        switch mood {
        case .broken, .unreadable: return .failed
        case .full: return isReserveHeld || reserveLines > 0 ? .reserve : .failed
        case .well:
            isReserveHeld = true
            reserveLines = 0
            if let new {
                snapshots = Array(([new] + snapshots.filter { $0.position < new.position }).prefix(2))
                spoilt.remove(new.position)
            }
            return .ok
        }
    }

    /// A byte of the snapshot turns over, as on a cheap card that loses its power. Where lines in front of it are gone or
    /// damaged, one snapshot that can be read is left: what a station does that has none recovery plays.
    mutating func spoilSnapshot(_ byte: Int) {
        guard let newest = snapshots.first, !newest.bytes.isEmpty, rot.isEmpty else { return }
        if pruned.sequence > 0, snapshots.dropFirst().first.map({ spoilt.contains($0.position) }) ?? true { return }
        spoilt.insert(newest.position)
        snapshots[0].bytes[byte % newest.bytes.count] ^= 1
    }

    /// The journal cannot be read any more: it is moved aside whole, what was not sent is lost, and a new one begins.
    mutating func lose(next incarnation: String) {
        powerCut()
        snapshots = []
        base = lines.count
        acknowledged = Position(generation: incarnations.count + 1, sequence: 0)
        begin(incarnation)
    }

    /// An older copy takes its place; how the card fares does not change.
    mutating func turnBack(to copy: Disk) {
        let mood = mood
        self = copy
        self.mood = mood
    }

    /// The newest snapshot that can be read.
    var soundSnapshot: Position? { snapshots.map(\.position).first { !spoilt.contains($0) } }

    /// A bit of the cursor turns over, to where a line stands; `nil` moves it to the end. Within the present incarnation
    /// alone: of an older one that was left in the midst nobody would ask any more.
    mutating func moveCursor(bit: Int?) {
        guard acknowledged.generation == starts.count else { return }
        let last = last(of: acknowledged.generation)
        let moved = bit.map { acknowledged.sequence ^ (1 << $0) } ?? last
        guard moved <= last, Position(generation: acknowledged.generation, sequence: moved) > pruned else { return }
        acknowledged.sequence = moved
    }

    /// A row of the journal turns bad. The bit is one of the bytes that are meant, counted round and round.
    mutating func damage(_ position: Position, _ damage: Damage, bit: Int) {
        guard let index = index(of: position) else { return }
        var row = lines[index].kept
        switch damage {
        case .bytes: row.bytes[bit / 8 % row.bytes.count] ^= 1 << (bit % 8)
        case .hash: row.hash[bit / 8 % row.hash.count] ^= 1 << (bit % 8)
        case .before: row.before[bit / 8 % row.before.count] ^= 1 << (bit % 8)
        case .gone: break
        }
        rot[position] = Rot(row: damage == .gone ? nil : row)
    }

    mutating func begin(_ incarnation: String) {
        incarnations.append(incarnation)
        starts.append(lines.count)
    }

    /// Takes back an incarnation whose first lines the disk did not take.
    mutating func takeBack() {
        incarnations.removeLast()
        starts.removeLast()
    }

    /// Index of the line at a position; `nil` before the first of an incarnation or beyond its end.
    func index(of position: Position) -> Int? {
        guard position.sequence > 0, position.generation <= starts.count, position.generation > 0 else { return nil }
        let index = starts[position.generation - 1] + position.sequence - 1
        guard index < lines.count, lines[index].position == position else { return nil }
        return index
    }

    /// Number of the last line of an incarnation that there is.
    func last(of generation: Int) -> Int {
        let end = generation < starts.count ? starts[generation] : lines.count
        return end - starts[generation - 1]
    }

    /// Whether a line of `lines` is still on the disk; what is removed stays there for the invariants.
    func isKept(_ line: Line) -> Bool {
        line.position > pruned || line.position.sequence == last(of: line.position.generation)
    }

    /// The row of a line as it stands on the card; `nil` when it is gone.
    func row(_ line: Line) -> JournalLine? {
        guard isKept(line) else { return nil }
        guard !rot.isEmpty, let bad = rot[line.position] else { return line.kept }
        return bad.row
    }

    /// Removes the front of the journal.
    mutating func prune(through position: Position) throws(Fault) {
        guard mood == .well else { throw .broken }
        pruned = max(pruned, position)
    }

    /// Lines that the county has not acknowledged, as far as the cursor tells.
    var waiting: Int {
        guard starts.indices.contains(acknowledged.generation - 1) else { return 0 }
        return max(0, lines.count - (starts[acknowledged.generation - 1] + acknowledged.sequence))
    }
}
