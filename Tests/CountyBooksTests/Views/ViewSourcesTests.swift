import CountyBooks
import LockerDomain
import Testing

@Suite("What views are read from")
struct ViewSourcesTests {
    private typealias World = ViewWorld

    @Test(
        "today has the pieces of today, the days of a month across two reporting months, and the period that is due"
    )
    func today() throws {
        let store = StoredViews(held: [
            PieceOfStation(station: "yc-01", piece: World.piece("SF1", storedAt: World.at(6)))
        ])
        let sources = ViewSources(store, store)
        let context = try sources.context(World.registers, .county)
        #expect(context.now == World.now)
        let view = try sources.today(context, periods: store, closesOn: 3)
        // Pieces of a month are many: they are read of today alone.
        #expect(store.askedExtracts == ["2026-11-21"])
        #expect(store.askedDays == ["2026-10", "2026-11"])
        #expect(view.toClose.map { "\($0)" } == "2026-10")
        let page = view.view
        #expect(page.notices == ["县中心时钟存疑，今日的判断可能有误：比站点慢", "2026-10 月报到期未关账，请关账"])
        #expect(try page.fact("今日下行").value == .number(1))
        // Two villages were visited on every day of the last month, of a third nothing came.
        #expect(page.plots[0].contains("10-22 至 11-21：已到 62，未到 0，未知 31"))
        #expect(page.plots.count == 3)
        let closed = StoredViews(frozen: ["2026-10"])
        #expect(try ViewSources(closed, closed).today(context, periods: closed, closesOn: 3).toClose == nil)
        #expect(try sources.today(context, periods: store, closesOn: 22).toClose == nil)
    }

    @Test("a carrier's brands and a firm's name narrow what the store is asked for")
    func narrowed() throws {
        let store = StoredViews()
        let sources = ViewSources(store, store)
        _ = try sources.search(" sf12 ", World.context(try World.carrier("SF", "YT")))
        _ = try sources.parcel("SF1", World.context(try World.firm("邮政")))
        #expect(store.askedPieces.map(\.waybill) == ["SF12", "SF1"])
        #expect(store.askedPieces.map(\.brands) == [["SF", "YT"], nil])
        #expect(store.askedPieces.map(\.operatorName) == [nil, "邮政"])
        #expect(try sources.search("  ", World.context()).view.notices == [])
        #expect(store.askedPieces.count == 2)
    }

    @Test("a waybill is the number itself or the one that it had before, not another that ends with it")
    func parcel() throws {
        var joined = World.piece("YT9")
        joined.formerly = "SF1"
        let held = [joined, World.piece("XSF1"), World.piece("SF1")].map { PieceOfStation(station: "yc-01", piece: $0) }
        let store = StoredViews(held: held)
        let view = try ViewSources(store, store).parcel("SF1", World.context())
        #expect(view.pieces.map(\.piece.waybill) == ["YT9", "SF1"])
    }

    @Test("nothing more is read of a station that the reader may not see")
    func station() throws {
        let store = StoredViews(held: [PieceOfStation(station: "yc-01", piece: World.piece("SF1"))])
        let sources = ViewSources(store, store)
        let hidden = try sources.station("yc-01", lines: [], World.context(try World.firm("邮政")))
        #expect(!hidden.isFound)
        #expect(store.askedPieces.isEmpty)
        let shown = try sources.station("yc-01", lines: [], World.context())
        #expect(shown.isFound)
        #expect(shown.pieces.count == 1)
        #expect(store.askedPieces.map(\.station) == ["yc-01"])
    }

    @Test("people, fees and voices are read by the names of their figures")
    func figures() throws {
        let store = StoredViews()
        let (sources, context) = (ViewSources(store, store), World.context())
        let period = try #require(CountyPeriod(.month, "2026-11"))
        let people = try sources.people(period, context).view.table("people")
        #expect(try people.row("person", "李师傅 (1025)")["received"] == .number(5))
        #expect(try sources.fees(period, context).view.table("fees").rows.map(\.last) == [.hundredths(5)])
        let complaints = try sources.voices(period, context).view.table("complaints")
        #expect(complaints.rows[0] == [.text("违规收费"), .number(5)])
        #expect(complaints.rows[1][1] == .unknown)
        #expect(store.askedExtracts == [])
    }

    @Test("what a period lacks is said of people, fees and voices")
    func silent() throws {
        let store = StoredViews()
        let sources = ViewSources(store, store)
        let period = try #require(CountyPeriod(.month, "2026-11"))
        #expect(try sources.people(period, World.context()).silent.map(\.station) == ["rc-01", "yc-02"])
        #expect(try sources.fees(period, World.context()).silent.map(\.station) == ["rc-01", "yc-02"])
        let own = World.context(try World.firm("邮政"))
        #expect(try sources.voices(period, own).silent.map(\.station) == ["yc-02"])
    }
}
