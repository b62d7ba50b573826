import LockerDomain
import StationBooks
import StationPorts
import SyncWire

/// The journal read by somebody who does not trust the engine.
struct Books {
    private(set) var state = StationState()
    private(set) var events: [Event] = []
    private(set) var faults: [String] = []
    private var taken = 0
    private var generation = 0
    private var hash = Chain.start
    private var incarnation = ""

    init() {}

    init(_ lines: [JournalLine]) {
        take(lines)
    }

    /// Takes what is new: numbers without gaps, hashes that follow, one incarnation name in each generation, and
    /// `journalReplaced` first in each but the first.
    mutating func take(_ lines: [JournalLine]) {
        for line in lines.dropFirst(taken) {
            taken += 1
            guard let item = try? EventLine(decoding: line.bytes) else {
                faults.append("line \(line.position) cannot be read")
                continue
            }
            if line.position.generation != generation {
                if line.position.generation > 1, item.event.type != .stationJournalReplaced {
                    faults.append("generation \(line.position.generation) begins with \(item.event.type.rawValue)")
                }
                if line.position.sequence != 1 { faults.append("generation begins at \(line.position.sequence)") }
                (generation, hash, incarnation) = (line.position.generation, Chain.start, item.incarnation)
            }
            hash = Chain.next(after: hash, bytes: line.bytes)
            if line.hash != hash { faults.append("hash of \(line.position)") }
            if item.sequence != line.position.sequence { faults.append("number of \(line.position)") }
            if item.incarnation != incarnation { faults.append("incarnation of \(line.position)") }
            state.apply(item.event, at: item.time)
            events.append(item.event)
        }
    }

    var types: [EventType] { events.map(\.type) }
}
