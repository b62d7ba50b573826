import LockerDomain
import Simulator
import StationRules
import SyncWire

/// A batch as it is sent to the county.
struct FleetBatch: Sendable {
    /// When it is sent in the time of the worlds, milliseconds since 1970: batches of all stations go in this order.
    var time: Int64
    var header: ChainHeader
    /// In clear.
    var body: [UInt8]

    var events: Int { header.last - header.first + 1 }
}

/// A simulated station and what it sends: the batches of the uplink that ships, also those that it sent twice or after its
/// chain forked. What it tries to send while the link is away for hours comes in one batch.
struct FleetStation: Sendable {
    let id: String
    private(set) var batches: [FleetBatch] = []

    /// Late batches come as if it were a year later.
    private static let lateMilliseconds: Int64 = 365 * 86_400_000

    /// Worlds that are tried for a station.
    private static let worldsMax = 3

    /// Lives through the days of the plan.
    ///
    /// - Parameter lastDay: the day that the last of them is moved to (`FleetPlan.lastDay`).
    init(simulating plan: FleetPlan.Station, days: Int, tailDays: Int, lastDay: Int64? = nil) throws {
        id = plan.id
        let world = try Self.world(plan, days: days)
        let tail = world.begin(ofDay: days - tailDays)
        var waiting: WaitingBatch?
        for var posted in world.posted {
            if posted.time >= tail, plan.tail == .never { continue }
            if posted.time >= tail, plan.tail == .late { posted.time += Self.lateMilliseconds }
            let rows = try Batch.split(posted.body, limit: .max)
            if let begin = waiting?.begin, posted.time - begin <= plan.holdMilliseconds,
                waiting?.join(posted, rows) == true
            {
                continue
            }
            if let waiting { batches.append(waiting.batch) }
            waiting = WaitingBatch(posted, rows)
        }
        if let waiting { batches.append(waiting.batch) }
        if let lastDay {
            var move = BatchMove(from: world.begin(ofDay: days), toEndOf: lastDay)
            batches = try batches.map { try move.moved($0) }
        }
    }

    /// A world that lived through the days. One in which the station breaks a rule is not this benchmark's matter, but is
    /// named, with what plays it again; then the next seed is tried.
    private static func world(_ plan: FleetPlan.Station, days: Int) throws -> World {
        for attempt in 0..<UInt64(worldsMax) {
            let world = World(seed: plan.seed &+ attempt, station: plan.id, villages: plan.villages)
            guard let failure = world.run(days: days) else { return world }
            print("fleet: NOTE a world broke \"\(failure.invariant)\", \(plan.id) takes another: \(failure.command)")
        }
        throw BenchFault("\(plan.id): \(worldsMax) worlds broke one after the other")
    }
}

/// A batch that waits for the link, and grows.
private struct WaitingBatch {
    let begin: Int64
    private var time: Int64
    private var header: ChainHeader
    private var rows: [[UInt8]]
    private var bytes: Int

    /// A comma and a line feed between two lines.
    private static let separatorBytes = 2

    init(_ posted: PostedBatch, _ rows: [[UInt8]]) {
        (begin, time, header, self.rows, bytes) = (posted.time, posted.time, posted.header, rows, posted.body.count)
    }

    var batch: FleetBatch { FleetBatch(time: time, header: header, body: Batch.join(rows)) }

    /// Takes in what follows on it, or repeats some of it; `false` for anything else, and for what makes it too large.
    mutating func join(_ posted: PostedBatch, _ others: [[UInt8]]) -> Bool {
        let next = posted.header
        guard next.incarnation == header.incarnation, next.lost == nil,
            (header.first...header.last + 1).contains(next.first)
        else { return false }
        let known = rows[(next.first - header.first)...]
        guard known.isEmpty ? next.before == header.after : zip(known, others).allSatisfy({ $0 == $1 }) else {
            return false
        }
        let fresh = others.dropFirst(known.count)
        let more = fresh.reduce(0) { $0 + $1.count + Self.separatorBytes }
        guard rows.count + fresh.count <= Limits.batchEventsMax, bytes + more <= Limits.batchBytesMax else {
            return false
        }
        time = posted.time
        guard !fresh.isEmpty else { return true }
        rows += fresh
        bytes += more
        (header.last, header.after) = (next.last, next.after)
        return true
    }
}
