import CountyBooks
import LockerDomain
import StationBooks
import Testing

@Suite("What a correction says")
struct ReportCorrectionTests {
    private static let north = ReportSheet.Key(code: SmallCounty.north, brand: "")

    /// A closed month, and what came of it.
    private struct Closed {
        var county: SmallCounty
        var frozen: [FrozenReport] = []

        init(_ county: SmallCounty) throws {
            self.county = county
            frozen = [try PeriodBook(county.report, frozen: []).close(by: "wang", at: 5, isDoubtful: false)]
        }

        var book: PeriodBook { PeriodBook(county.report, frozen: frozen) }

        /// Issues the open differences, and reads them back.
        mutating func correct() throws -> ReportCorrection {
            frozen.append(try book.correct(by: "wang", at: 6, isDoubtful: false))
            return try #require(ReportCorrection(csv: frozen[frozen.count - 1].csv))
        }
    }

    private func closed() throws -> Closed {
        var county = try SmallCounty()
        county.count("SF1", on: .day(county.day(1)))
        return try Closed(county)
    }

    @Test(
        "a figure has a difference where both values are known, else both values; one that stays has none",
        arguments: [
            (10, 13, "3"), (13, 10, "-3"), (0, 5, "5"), (nil, 5, "未知→5"), (nil, 0, "未知→0"), (5, nil, "5→未知"),
            (0, nil, "0→未知"), (nil, nil, nil), (0, 0, nil), (7, 7, nil),
        ] as [(Int?, Int?, String?)]
    )
    func cells(_ before: Int?, _ after: Int?, _ cell: String?) throws {
        #expect(ReportCorrection.Change(from: before, to: after)?.description == cell)
        let key = ReportSheet.Key(code: "140522100201", brand: "")
        func sheet(_ figure: Int?) -> ReportSheet {
            ReportSheet([key: ReportSheet.Row(name: "村", mode: "", figures: figure.map { [.visited: $0] } ?? [:])])
        }
        let correction = sheet(before).differences(to: sheet(after))
        #expect(correction.rows.isEmpty == (cell == nil))
        #expect(ReportCorrection(csv: correction.csv) == correction)
        #expect(sheet(before).corrected(by: correction) == sheet(after))
    }

    @Test("a text of other cells, and that of a report, is no correction")
    func foreign() throws {
        let key = ReportSheet.Key(code: "1", brand: "")
        let changes: [ReportSheet.Column: ReportCorrection.Change] = [.received: .add(3)]
        let correction = ReportCorrection([key: ReportCorrection.Row(name: "村", mode: "", changes: changes)])
        let text = String(decoding: correction.csv, as: UTF8.self)
        #expect(text.hasPrefix("区划代码,品牌,名称,服务方式,下行件数差异,上行件数差异,"))
        for cell in ["0", "三", "3→5", "→", "未知", "未知→未知", "未知→5→6"] {
            let other = text.replacing("村,,3,", with: "村,,\(cell),")
            #expect(other != text)
            #expect(ReportCorrection(csv: Array(other.utf8)) == nil, "\(cell)")
        }
        #expect(ReportSheet(csv: correction.csv) == nil)
        #expect(ReportCorrection(csv: ReportSheet([:]).csv) == nil)
    }

    @Test("a figure that nobody knows any more is unknown, not 0, until a further correction knows it again")
    func lostAndFound() throws {
        var month = try closed()
        // A second station at the site, of which nothing came.
        var site = SmallCounty.site("N1", SmallCounty.north, "yc-n")
        site.stations.append("yc-x")
        month.county.rows.append(DatedRow(.site(site), validFrom: CivilDay(number: month.county.day(1))))
        let first = try month.correct()
        #expect(first.rows[Self.north]?.changes[.accepted] == .lost(0))
        #expect(first.rows[Self.north]?.changes[.received] == nil)
        #expect(String(decoding: month.frozen[1].csv, as: UTF8.self).contains(",0→未知,"))
        #expect(try month.book.standing() == ReportSheet(month.county.report))
        #expect(try month.book.standing()?.rows[Self.north]?.figures[.accepted] == nil)

        month.county.stations.append(StationStanding(station: "yc-x", reaches: month.county.now, began: 0))
        month.county.count("SF7", .accepted, at: "yc-x", on: .day(month.county.day(3)))
        let second = try month.correct()
        #expect(second.rows[Self.north]?.changes[.accepted] == .found(1))
        #expect(second.rows[Self.north]?.changes[.rejected] == .found(0))
        #expect(try month.book.standing() == ReportSheet(month.county.report))
        #expect(try month.book.openDifferences()?.rows.isEmpty == true)
    }

    @Test("a brand that comes late to a village where all was known counts from 0, and nothing else of it changes")
    func newBrand() throws {
        var county = try SmallCounty()
        county.serveAll()
        county.count("SF1", on: .day(county.day(1)))
        var month = try Closed(county)
        month.county.count("YT1", on: .day(month.county.day(3)), brand: "YTO")
        let correction = try month.correct()
        for code in [SmallCounty.north, SmallCounty.township, "140522"] {
            let row = correction.rows[ReportSheet.Key(code: code, brand: "YTO")]
            #expect(row?.changes == [.received: .add(1)], "\(code)")
        }
        #expect(correction.rows.count == 6)
        #expect(try month.book.openDifferences()?.rows.isEmpty == true)
    }

    @Test("a brand that comes late to a village where a station was silent was unknown before")
    func newBrandUnheard() throws {
        var county = try SmallCounty()
        county.stations[0].reaches = ReportPeriod.wall(ofDay: county.day(11))
        county.count("SF1", on: .day(county.day(1)))
        var month = try Closed(county)
        month.county.count("YT1", on: .day(month.county.day(3)), brand: "YTO")
        let correction = try month.correct()
        let key = ReportSheet.Key(code: SmallCounty.north, brand: "YTO")
        #expect(correction.rows[key]?.changes == [.received: .found(1)])
        #expect(correction.rows[Self.north]?.changes == [.received: .add(1)])
    }

    @Test("a brand of which everything is taken off again is 0, and stays so")
    func goneBrand() throws {
        var county = try SmallCounty()
        county.count("YT1", .accepted, on: .day(county.day(3)), brand: "YTO")
        var month = try Closed(county)
        let day = DayMark.day(county.day(3))
        month.county.count("YT1", .accepted, on: .day(county.day(4)), takesOff: day, brand: "YTO", -1)
        let correction = try month.correct()
        let key = ReportSheet.Key(code: SmallCounty.north, brand: "YTO")
        #expect(correction.rows[key]?.changes == [.accepted: .add(-1)])
        #expect(try month.book.standing()?.rows[key]?.figures[.accepted] == 0)
        #expect(try month.book.openDifferences()?.rows.isEmpty == true)
    }

    @Test("a correction that does not follow on what stands before it is refused")
    func outOfOrder() throws {
        var month = try closed()
        month.county.count("SF2", on: .day(month.county.day(2)))
        _ = try month.correct()
        month.county.count("SF3", on: .day(month.county.day(2)))
        _ = try month.correct()
        let report = month.county.report
        #expect(try PeriodBook(report, frozen: month.frozen).standing() == ReportSheet(report))
        for frozen in [[month.frozen[0], month.frozen[2]], [month.frozen[1]]] {
            #expect(throws: CountyFault.self) { try PeriodBook(report, frozen: frozen).standing() }
        }
        let key = Self.north
        let change = ReportCorrection([
            key: ReportCorrection.Row(name: "北村", mode: "设点", changes: [.received: .found(4)])
        ])
        var foreign = month.frozen[1]
        (foreign.csv, foreign.sha256) = (change.csv, ReportSheet.sha256(change.csv))
        #expect(throws: CountyFault.self) { try PeriodBook(report, frozen: [month.frozen[0], foreign]).standing() }
    }
}
