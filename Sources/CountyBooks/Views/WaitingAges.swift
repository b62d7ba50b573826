import LockerDomain

/// How many parcels wait for how long (滞留时长).
public struct WaitingAges: Sendable, Hashable {
    /// Under 1 day, 1 … 3, 3 … 7, 7 … 14, and longer.
    public private(set) var counts: [Int]
    /// Those of which nobody knows since when.
    public private(set) var undated = 0

    /// - Parameter times: since when each waits; `nil` where nobody knows.
    public init(_ times: some Sequence<Int64?>, now: Int64) {
        counts = Array(repeating: 0, count: ViewLimits.waitingSpanDays.count + 1)
        for time in times {
            guard let since = time else {
                undated += 1
                continue
            }
            let age = now - since
            let span = ViewLimits.waitingSpanDays.firstIndex { age < $0 * ViewLimits.dayMilliseconds }
            counts[span ?? counts.count - 1] += 1
        }
    }

    /// What each count is of, in days: `0–1`, …, `>14`.
    static var labels: [Words] {
        let ends = ViewLimits.waitingSpanDays
        let spans = zip([0] + ends, ends).map { Words("\($0)–\($1) 天", "\($0)–\($1) d") }
        return spans + (ends.last.map { [Words(">\($0) 天", ">\($0) d")] } ?? [])
    }

    /// The picture of them; those without a time stand in a row of their own.
    var plot: BarPlot {
        var bars = zip(Self.labels, counts).map { (label: $0, pieces: Int?.some($1)) }
        if undated > 0 { bars.append((label: Words("时间未知", "time unknown"), pieces: undated)) }
        return BarPlot.waiting(bars)
    }
}

extension StationHoldings {
    /// What stations have at hand of some pieces alone, by station: for those who may see no others.
    static func of(_ pieces: some Sequence<PieceOfStation>) -> [StationHoldings] {
        var holdings: [String: StationHoldings] = [:]
        for held in pieces {
            var own = holdings[held.station] ?? StationHoldings(station: held.station)
            own.add(held.piece)
            holdings[held.station] = own
        }
        return holdings.values.sorted { $0.station < $1.station }
    }

    private mutating func add(_ piece: Piece) {
        if piece.isWaiting {
            waiting += 1
            if let since = piece.waitsSince { oldest = min(oldest ?? since, since) }
        }
        if piece.isOverdue { overdue += 1 }
        if piece.state == .accepted || piece.state == .waiting { outbound += 1 }
    }
}
