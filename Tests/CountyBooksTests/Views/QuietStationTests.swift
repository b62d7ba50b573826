import CountyBooks
import LockerDomain
import Testing

/// At 07:00 a station is in contact that made its last event at 20:00 of yesterday.
@Suite("A quiet station that is in contact")
struct QuietStationTests {
    private typealias World = ViewWorld

    private static let last = World.at(20, daysBefore: 1)
    private static let status = LastStatus(
        station: "yc-01",
        received: World.at(6, 50) + 900,
        made: World.at(6, 50),
        clock: .county,
        eventsWaiting: 0,
        end: LastStatus.ChainEnd(number: 5, made: last)
    )

    /// Books of one quiet station; what they do not have of their own they have of `StoredViews`.
    private struct QuietBooks: BooksReading, StationDirectory, LastStatuses {
        let store = StoredViews()
        var statuses: [LastStatus]

        func lastStatuses() -> [LastStatus] { statuses }
        func sights() -> [StationSight] { [World.sight("yc-01", lastContact: World.at(6, 59))] }
        func countyClock() -> (now: Int64, doubt: String?) { (World.now, nil) }

        func extract(_ period: CountyPeriod) -> BooksExtract {
            var yesterday = StationDay(day: World.today - 1)
            yesterday.watchedMilliseconds = 20 * 3_600_000
            let days = [World.day(2, runs: 0), yesterday].filter { period.days.contains($0.day) }
            let began = World.at(0, daysBefore: 40)
            return BooksExtract(
                period: period,
                stations: [StationStanding(station: "yc-01", reaches: last, began: began)],
                days: ["yc-01": days],
                through: 5
            )
        }

        func state() -> BooksState { store.state() }
        func figures(of station: String?, _ period: CountyPeriod, named names: [String]) -> [StationFigures] { [] }
        func holdings() -> [StationHoldings] { store.holdings() }
        func pieces(_ query: PieceQuery) -> [PieceOfStation] { store.pieces(query) }
        func custody(of waybill: Waybill) -> [CustodyLine] { store.custody(of: waybill) }
        func visits(_ query: VisitQuery) -> [VisitOfStation] { store.visits(query) }
        func troubles(_ query: TroubleQuery) -> [TroubleOfStation] { store.troubles(query) }
        func voices(of station: String?, _ days: ClosedRange<Int64>, limit: Int) -> [VoiceOfStation] { [] }
        func doors(of station: String) -> [DoorStanding] { store.doors(of: station) }
        func quarantined(limit: Int) -> [QuarantinedLine] { store.quarantined(limit: limit) }
    }

    private func sources(_ statuses: [LastStatus]) -> (ViewSources, HeardBooks) {
        let books = QuietBooks(statuses: statuses)
        let heard = HeardBooks(books, books) { World.now }
        return (ViewSources(heard, books), heard)
    }

    @Test("its village was not visited yesterday, its figures of today are known, and it is not silent")
    func today() throws {
        let view = try sources([Self.status]).0.today(World.context(), periods: StoredViews(), closesOn: nil).view
        // One site alone serves it.
        let village = try view.table("villages").row("village", "大桥村")
        #expect(village["yesterday"]?.text() == "未到")
        #expect(village["today"]?.text() == "未完")
        #expect(village["received"] == .number(0))
        #expect(village["stations"] == .state("正常", .ok))
        #expect(try !view.table("silent").rows.contains { $0[0].text() == "yc-01" })
    }

    @Test("without that status, or while an event waits, yesterday is unknown and the station silent")
    func unheard() throws {
        var waits = Self.status
        waits.eventsWaiting = 1
        for statuses in [[], [waits]] {
            let view = try sources(statuses).0.today(World.context(), periods: StoredViews(), closesOn: nil).view
            let village = try view.table("villages").row("village", "大桥村")
            #expect(village["yesterday"] == .unknown)
            #expect(village["received"] == .unknown)
            let silent = try view.table("silent").row("station", "yc-01")
            #expect(silent["why"] == .state("记录只到 2026-11-20 20:00", .bad))
            let station = try sources(statuses).0.station("yc-01", lines: [], World.context()).view
            #expect(station.notices.contains { $0.hasPrefix("失联") })
        }
    }

    @Test("the pages of the station, the village, the runs, people and the report say the same")
    func otherPages() throws {
        let (sources, _) = sources([Self.status])
        let context = World.context()
        let station = try sources.station("yc-01", lines: [], context).view
        #expect(!station.notices.contains { $0.hasPrefix("失联") })
        #expect(try station.fact("记录到").value == .text("2026-11-21 06:50"))
        let month = try #require(CountyPeriod(.month, "2026-11"))
        let days = try sources.village(World.reached, month, context).view.table("days")
        #expect(try days.row("day", "2026-11-20")["verdict"]?.text() == "未到")
        #expect(try days.row("day", "2026-11-20")["runs"] == .number(0))
        #expect(try sources.people(month, context).silent.map(\.station) == ["rc-01", "yc-02"])
        let report = try sources.report(CountyPeriod(day: World.today - 1), county: World.county, context)
        #expect(report.report.silent.map(\.station) == ["rc-01", "yc-02"])
        let runs = try sources.runs((World.today - 1)...(World.today - 1), route: nil, context)
        #expect(runs.stations.first { $0.station == "yc-01" }?.reaches == World.at(6, 50))
    }

    @Test("what was computed is computed again when a status proves another day")
    func heardDays() throws {
        #expect(try sources([Self.status]).1.heardDays() == ["yc-01": World.today])
        var late = Self.status
        late.made = World.at(23, daysBefore: 1)
        #expect(try sources([late]).1.heardDays() == ["yc-01": World.today - 1])
        var undated = Self.status
        undated.clock = .fake
        #expect(try sources([undated]).1.heardDays() == [:])
        #expect(try QuietBooks(statuses: [Self.status]).heardDays() == [:])
    }
}
