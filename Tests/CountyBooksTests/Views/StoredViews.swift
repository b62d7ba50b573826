import CountyBooks
import LockerDomain
import Synchronization

/// Books and stations in memory, which note what they were asked for.
final class StoredViews: BooksReading, StationDirectory, PeriodStore {
    let held: [PieceOfStation]
    let lines: [CustodyLine]
    let frozenPeriods: [String]
    private let asked = Mutex<(pieces: [PieceQuery], extracts: [String], days: [String])>(([], [], []))

    init(held: [PieceOfStation] = [], lines: [CustodyLine] = [], frozen: [String] = []) {
        (self.held, self.lines, frozenPeriods) = (held, lines, frozen)
    }

    var askedPieces: [PieceQuery] { asked.withLock { $0.pieces } }
    var askedExtracts: [String] { asked.withLock { $0.extracts } }
    var askedDays: [String] { asked.withLock { $0.days } }

    func state() -> BooksState { BooksState(through: 5, newest: 5, isRebuilding: false, quarantined: 0) }
    func extract(_ period: CountyPeriod) -> BooksExtract {
        asked.withLock { $0.extracts.append("\(period)") }
        return made(period)
    }
    func days(_ period: CountyPeriod) -> BooksExtract {
        asked.withLock { $0.days.append("\(period)") }
        var extract = made(period)
        extract.pieces = []
        return extract
    }
    private func made(_ period: CountyPeriod) -> BooksExtract {
        var days: [StationDay] = []
        for back in Int64(0)...40 where period.days.contains(ViewWorld.today - back) {
            days.append(ViewWorld.day(back, runs: 1))
        }
        return BooksExtract(
            period: period,
            stations: [
                StationStanding(
                    station: "yc-01",
                    reaches: ViewWorld.at(6),
                    began: ViewWorld.at(0, daysBefore: 40)
                )
            ],
            days: ["yc-01": days],
            pieces: [ViewWorld.counted("SF1", at: "yc-01")]
        )
    }
    func figures(of station: String?, _ period: CountyPeriod, named names: [String]) -> [StationFigures] {
        guard period.days.contains(ViewWorld.today) else { return [] }
        let words = ["complaints": "1", "handled.received": "0000000000000401"]
        return names.sorted().map { ViewWorld.figure($0, 5, brand: $0 == "complaints" ? nil : "SF", word: words[$0]) }
    }
    func holdings() -> [StationHoldings] { [StationHoldings(station: "yc-01")] }
    func pieces(_ query: PieceQuery) -> [PieceOfStation] {
        asked.withLock { $0.pieces.append(query) }
        return held
    }
    func custody(of waybill: Waybill) -> [CustodyLine] { lines }
    func visits(_ query: VisitQuery) -> [VisitOfStation] { [] }
    func troubles(_ query: TroubleQuery) -> [TroubleOfStation] { [] }
    func voices(of station: String?, _ days: ClosedRange<Int64>, limit: Int) -> [VoiceOfStation] { [] }
    func doors(of station: String) -> [DoorStanding] { [] }
    func quarantined(limit: Int) -> [QuarantinedLine] { [] }

    func sights() -> [StationSight] { [ViewWorld.sight("yc-01", lastContact: ViewWorld.at(6, 30))] }
    func countyClock() -> (now: Int64, doubt: String?) { (ViewWorld.now, "比站点慢") }

    func frozen(_ period: CountyPeriod) -> [FrozenReport] {
        guard frozenPeriods.contains("\(period)") else { return [] }
        return [
            FrozenReport(
                period: period,
                correction: 0,
                csv: [],
                sha256: "",
                through: 0,
                frozenAt: 0,
                by: "",
                unknown: []
            )
        ]
    }
    func closed() -> [FrozenReport] { [] }
    func freeze(_ report: FrozenReport, audit: AuditEntry) {}
}
