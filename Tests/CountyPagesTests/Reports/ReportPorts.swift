import CountyBooks
import LockerDomain
import SyncWire
import Synchronization

/// Books of which a test writes what reports are made of.
final class WrittenBooks: BooksReading {
    private struct Kept {
        var pieces: [StationPiece] = []
        var days: [String: [StationDay]] = [:]
        var stations: [StationStanding] = []
        var state = BooksState(through: 100, newest: 100, isRebuilding: false, quarantined: 0)
        var reads: [CountyPeriod] = []
        /// Stored, and not in the books yet.
        var waiting: [StationPiece] = []
        /// Why they are not taken in.
        var fault: CountyFault?
    }

    private let kept = Mutex(Kept())

    /// Periods of which an extract was read, in order.
    var reads: [CountyPeriod] { kept.withLock { $0.reads } }

    func set(_ state: BooksState) { kept.withLock { $0.state = state } }

    /// A station whose chain is here up to a moment, with a run on each of some days.
    func add(_ station: String, reaches: Int64, visited: Range<Int64>) {
        kept.withLock { kept in
            let began = (visited.lowerBound * 24 - 8) * 3_600_000
            kept.stations.append(StationStanding(station: station, reaches: reaches, began: began))
            kept.days[station] = visited.map { number in
                var day = StationDay(day: number)
                day.runs = 1
                return day
            }
        }
    }

    /// Lets a station wait to be folded anew, whatever is caught up.
    func wait(_ station: String) {
        kept.withLock { kept in
            for index in kept.stations.indices where kept.stations[index].station == station {
                kept.stations[index].isWaiting = true
            }
            // What is made of the books is made anew.
            kept.state.through += 1
            kept.state.newest += 1
        }
    }

    /// One more piece, by one more event.
    func add(_ piece: StationPiece) {
        kept.withLock { kept in
            kept.pieces.append(piece)
            kept.state.through += 1
            kept.state.newest = kept.state.through
        }
    }

    /// One more piece, by an event that is stored and not in the books yet.
    func store(_ piece: StationPiece) {
        kept.withLock { kept in
            kept.waiting.append(piece)
            kept.state.newest += 1
        }
    }

    /// Lets the books take in nothing more, or again.
    func stop(_ fault: CountyFault?) { kept.withLock { $0.fault = fault } }

    func catchUp() throws {
        try kept.withLock { kept in
            if let fault = kept.fault { throw fault }
            kept.pieces += kept.waiting
            kept.waiting = []
            kept.state.through = kept.state.newest
        }
    }

    func state() -> BooksState { kept.withLock { $0.state } }

    func extract(_ period: CountyPeriod) -> BooksExtract {
        kept.withLock { kept in
            kept.reads.append(period)
            var extract = BooksExtract(period: period, stations: kept.stations, through: kept.state.through)
            extract.days = kept.days.mapValues { $0.filter { period.days.contains($0.day) } }
            extract.pieces = kept.pieces.filter { period.holds($0.mark, [:]) }
            return extract
        }
    }

    func figures(of station: String?, _ period: CountyPeriod, named names: [String]) -> [StationFigures] { [] }
    func holdings() -> [StationHoldings] { [] }
    func pieces(_ query: PieceQuery) -> [PieceOfStation] { [] }
    func custody(of waybill: Waybill) -> [CustodyLine] { [] }
    func visits(_ query: VisitQuery) -> [VisitOfStation] { [] }
    func troubles(_ query: TroubleQuery) -> [TroubleOfStation] { [] }
    func voices(of station: String?, _ days: ClosedRange<Int64>, limit: Int) -> [VoiceOfStation] { [] }
    func doors(of station: String) -> [DoorStanding] { [] }
    func quarantined(limit: Int) -> [QuarantinedLine] { [] }
}

/// Closed periods in memory, with the contract of the port: a number is given once, and the audit log has each of them.
final class PeriodShelf: PeriodStore {
    private struct Kept {
        var reports: [FrozenReport] = []
        /// What somebody else freezes between the next reading and writing.
        var other: FrozenReport?
    }

    private let kept = Mutex(Kept())
    private let log: MemoryAccounts

    /// - Parameter log: whose audit log tells of what is frozen.
    init(_ log: MemoryAccounts) { self.log = log }

    var all: [FrozenReport] { kept.withLock { $0.reports } }

    func frozen(_ period: CountyPeriod) -> [FrozenReport] { all.filter { "\($0.period)" == "\(period)" } }

    func closed() -> [FrozenReport] {
        all.filter { $0.correction == 0 }.sorted { $0.period.days.upperBound > $1.period.days.upperBound }
    }

    func freeze(_ report: FrozenReport, audit: AuditEntry) throws {
        try kept.withLock { kept in
            if let other = kept.other {
                kept.reports.append(other)
                kept.other = nil
            }
            let next = kept.reports.filter { "\($0.period)" == "\(report.period)" }.count
            guard report.correction == next else {
                throw CountyFault("period \(report.period)", "was closed meanwhile")
            }
            try report.check(against: kept.reports.filter { $0.correction == 0 }.map(\.period))
            _ = try log.append(audit)
            kept.reports.append(report)
        }
    }

    /// Lets somebody else be first at the next freezing.
    func letFirst(_ report: FrozenReport) { kept.withLock { $0.other = report } }

    /// Changes a frozen text as no page can.
    func damage(_ change: (inout FrozenReport) -> Void) {
        kept.withLock { kept in
            for index in kept.reports.indices { change(&kept.reports[index]) }
        }
    }
}

/// The county's clock as the test says it is.
struct SaidClock: StationDirectory {
    let now: @Sendable () -> Int64
    let doubt: @Sendable () -> String?

    func sights() -> [StationSight] { [] }
    func countyClock() -> (now: Int64, doubt: String?) { (now(), doubt()) }
}
