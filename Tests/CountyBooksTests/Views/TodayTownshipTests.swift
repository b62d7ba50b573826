import CountyBooks
import LockerDomain
import StationBooks
import Testing

@Suite("Today by township")
struct TodayTownshipTests {
    private typealias World = ViewWorld

    /// Two stations of one township that were heard of this morning, one of the other that is silent for two days.
    private func today(_ visibility: Visibility = .county) -> TodayView {
        let (began, silent) = (World.at(8, daysBefore: 3), World.at(12, daysBefore: 2))
        let extract = BooksExtract(
            period: CountyPeriod(day: World.today),
            stations: [
                StationStanding(station: "yc-01", reaches: World.at(6, 50), began: began),
                StationStanding(station: "yc-02", reaches: World.at(6, 40), began: began),
                StationStanding(station: "rc-01", reaches: silent, began: began),
            ],
            days: [
                "yc-01": [World.day(1, runs: 1), World.day(2, runs: 0)],
                "yc-02": [World.day(1, runs: 0), World.day(2, runs: 0), World.day(0, runs: 1)],
            ],
            pieces: [
                // The same waybill in two villages of the township.
                World.counted("SF1", at: "yc-01", village: "大桥村"), World.counted("SF1", at: "yc-02"),
                World.counted("SF2", at: "yc-02"), World.counted("YT9", at: "yc-02", brand: "YT", .accepted),
                World.counted("SF0", at: "yc-01", daysBefore: 1),
            ]
        )
        var first = StationHoldings(station: "yc-01")
        (first.waiting, first.overdue) = (3, 1)
        var second = StationHoldings(station: "yc-02")
        second.waiting = 2
        let sights = [
            World.sight("yc-01", lastContact: World.at(6, 55)), World.sight("yc-02", lastContact: World.at(6, 41)),
            World.sight("rc-01", lastContact: silent),
        ]
        let holdings = [first, second, StationHoldings(station: "rc-01")]
        return TodayView(extract, holdings, sights, World.context(visibility))
    }

    private static let heard: [Table.Cell] = [
        .text("北留镇"), .text("140522102"), .number(3), .number(1), .number(1), .number(0), .number(2), .number(0),
        .number(0), .number(2), .number(1), .number(5), .number(1), .number(0),
    ]
    private static let silent: [Table.Cell] = [
        .text("润城镇"), .text("140522103"), .number(2), .number(0), .number(0), .number(1), .number(0), .number(0),
        .number(1), .unknown, .unknown, .unknown, .unknown, .number(1),
    ]

    @Test("each township has a row, by code: its villages by verdict, its pieces once, and unknown where it is silent")
    func rows() throws {
        let view = today().view
        let table = try view.table("townships")
        #expect(
            table.columns.map(\.id) == [
                "township", "code", "villages", "visited", "notYet", "unknown", "visitedBefore", "missedBefore",
                "unknownBefore", "received", "accepted", "waiting", "overdue", "silent",
            ]
        )
        #expect(table.rows == [Self.heard, Self.silent])
        // Each of the villages has the waybill.
        let villages = try view.table("villages")
        #expect(try villages.row("village", "章训村")["received"] == .number(2))
        #expect(try villages.row("village", "大桥村")["received"] == .number(1))
        #expect(view.scopes.prefix(2) == ["townships", "villages"])
    }

    @Test("a reader of one township sees its row alone")
    func township() throws {
        #expect(try today(World.township("140522103")).view.table("townships").rows == [Self.silent])
        #expect(try today(World.township("140522102")).view.table("townships").rows == [Self.heard])
    }

    @Test("a firm sees what it handles, and nothing of the stations of others")
    func firm() throws {
        let table = try today(World.firm("邮政")).view.table("townships")
        let own = try table.row("township", "北留镇")
        #expect(own["received"] == .number(2))
        #expect(own["accepted"] == .number(1))
        #expect(own["waiting"] == .number(0))
        #expect(own["silent"] == .number(0))
        let other = try table.row("township", "润城镇")
        #expect(other["received"] == .unknown)
        #expect(other["waiting"] == .unknown)
        #expect(other["silent"] == Table.Cell.none)
    }

    @Test("0 is written only where each village has a station and all of them were heard of")
    func zero() throws {
        var view = today()
        view.extract.pieces = []
        view.holdings = ["yc-01", "yc-02", "rc-01"].map { StationHoldings(station: $0) }
        func figures() throws -> [Table.Cell?] {
            let row = try view.view.table("townships").row("township", "北留镇")
            return ["received", "accepted", "waiting", "overdue", "silent"].map { row[$0] }
        }
        // A village without a site may have had some.
        #expect(try figures() == [.unknown, .unknown, .number(0), .number(0), .number(0)])
        let rows = World.rows.filter { $0.kind != .village || $0.key != World.withoutSite }
        view.context.registers = Registers(rows.map { DatedRow($0) })
        #expect(try figures() == [.number(0), .number(0), .number(0), .number(0), .number(0)])
        view.sights.removeAll { $0.station == "yc-02" }
        #expect(try figures() == [.unknown, .unknown, .unknown, .unknown, .number(1)])
    }
}
