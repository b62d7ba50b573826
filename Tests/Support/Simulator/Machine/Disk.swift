import LockerDomain
import SyncWire

/// Where a line stands.
struct Position: Hashable, Comparable {
    var generation: Int
    var sequence: Int

    static func < (left: Position, right: Position) -> Bool {
        (left.generation, left.sequence) < (right.generation, right.sequence)
    }
}

/// The station's disk: journal, snapshot, cursor of the uplink, and what ails it. It outlives every crash; a power cut
/// takes what was written and not synced.
struct Disk {
    struct Line {
        var position: Position
        /// Canonical bytes, as they are sent.
        var bytes: [UInt8]
        /// Hash of the chain behind the line.
        var hash: [UInt8]
        /// What the bytes say, read back from them once: a world is read again at every crash.
        var read: EventLine?
    }

    struct Snapshot {
        /// Lines that it holds.
        var lines: Int
        var bytes: [UInt8]
    }

    enum Fault: Error, Equatable {
        case full, broken
        /// A number that is taken already.
        case taken
    }

    enum Mood: Equatable {
        case well, full, broken
    }

    var mood = Mood.well
    /// Names of the incarnations, the first has generation 1.
    var incarnations: [String] = []
    /// Index of the first line of each incarnation.
    var starts: [Int] = []
    private(set) var lines: [Line] = []
    /// Lines that survive a power cut.
    private(set) var durable = 0
    private(set) var snapshot: Snapshot?
    /// Index of the first line that is still read: what stood before it was damaged and is moved aside.
    private(set) var base = 0
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
        case .broken: throw .broken
        case .full:
            guard reserveLines >= new.count else { throw .full }
            reserveLines -= new.count
        }
        if let first = new.first, let last = lines.last, first.position <= last.position { throw .taken }
        lines += new
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
    mutating func rest(keeping new: [UInt8]?) -> Storage {
        switch mood {
        case .broken: return .failed
        case .full: return isReserveHeld || reserveLines > 0 ? .reserve : .failed
        case .well:
            isReserveHeld = true
            reserveLines = 0
            if let new { snapshot = Snapshot(lines: lines.count, bytes: new) }
            return .ok
        }
    }

    /// The journal cannot be read any more: it is moved aside whole, what was not sent is lost, and a new one begins.
    mutating func lose(next incarnation: String) {
        powerCut()
        snapshot = nil
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

    mutating func begin(_ incarnation: String) {
        incarnations.append(incarnation)
        starts.append(lines.count)
    }

    /// Index of the line at a position; `nil` before the first of an incarnation or beyond its end.
    func index(of position: Position) -> Int? {
        guard position.sequence > 0, position.generation <= starts.count, position.generation > 0 else { return nil }
        let index = starts[position.generation - 1] + position.sequence - 1
        guard index < lines.count, lines[index].position == position else { return nil }
        return index
    }

    /// Number of the last line of an incarnation.
    func last(of generation: Int) -> Int {
        let end = generation < starts.count ? starts[generation] : lines.count
        return end - starts[generation - 1]
    }

    /// Lines that the county has not acknowledged.
    var waiting: Int {
        guard !starts.isEmpty else { return 0 }
        return lines.count - (starts[acknowledged.generation - 1] + acknowledged.sequence)
    }
}
