import CountyBooks
import LockerDomain
import StationBooks
import SyncWire
import Testing

/// What happened is shown with the site and the village of its own day.
@Suite("Views of a station that moved to another site")
struct MovedStationViewTests {
    private typealias World = ViewWorld

    private static let before = World.at(9, daysBefore: 10)
    private static let after = World.at(9, daysBefore: 3)
    private static let old = Table.Cell.text("章训便民站")
    private static let new = Table.Cell.text("屯城站")

    /// The station of S1 stands at S3; the village in which it stood has another name since.
    private var context: ViewContext {
        let renamed = Village(code: World.twoSites, name: "章训社区", township: "140522102")
        let rows = World.movedRows + [DatedRow(.village(renamed), validFrom: World.moved)]
        return ViewContext(Registers(rows), now: World.now)
    }

    private func collected(_ waybill: String, arrivedAt: Int64, village: String? = nil) -> PieceOfStation {
        var piece = World.piece(waybill, .inbound, .collected)
        (piece.arrivedAt, piece.endedAt, piece.village) = (arrivedAt, World.at(6), village)
        return PieceOfStation(station: "yc-01", piece: piece)
    }

    @Test("a line has the site of the day on which it happened, and of its arrival where the clock knew no day")
    func custody() throws {
        let lines = [
            try World.line(.parcelReceived, number: 1, wall: Self.before),
            try World.line(.parcelReceived, number: 2, wall: Self.after),
            try World.line(.parcelReceived, number: 3, wall: Self.before, clock: .none),
        ]
        let held = collected("SF1", arrivedAt: Self.before)
        let table = try ParcelView(held.piece.waybill, [held], lines, context).view.table("custody")
        #expect(table.rows.map { $0[2] } == [Self.old, Self.new, Self.new])
    }

    @Test("a complaint has the site of its day")
    func voices() throws {
        let period = try #require(CountyPeriod(.month, "2026-11"))
        let voices = [Self.before, Self.after].map { at in
            VoiceOfStation(station: "yc-01", voice: Voice(number: at, at: at, waybill: nil, category: 1))
        }
        let table = try VoicesView(period, [], voices, context).view.table("voices")
        #expect(table.rows.map { $0[2] } == [Self.old, Self.new])
    }

    @Test("a trouble has the site of the day on which it began")
    func troubles() throws {
        let troubles = [Self.before, Self.after].map { from in
            let trouble = Trouble(number: from, kind: .outOfService, thing: "A01", from: from)
            return TroubleOfStation(station: "yc-01", trouble: trouble)
        }
        let table = try TroublesView(troubles, context).view.table("troubles")
        #expect(table.rows.map { $0[4] } == [Self.old, Self.new])
    }

    @Test("the page of a piece that has ended has the site and the village of the day on which it came")
    func piece() throws {
        let held = collected("SF1", arrivedAt: Self.before)
        let view = ParcelView(held.piece.waybill, [held], [], context).view
        #expect(try view.fact("网点").value == Self.old)
        #expect(try view.fact("行政村").value == .link("章训村", path: "/villages/140522102206"))
        let later = collected("SF2", arrivedAt: Self.after)
        let other = ParcelView(later.piece.waybill, [later], [], context).view
        #expect(try other.fact("网点").value == Self.new)
        #expect(try other.fact("行政村").value == .link("屯城村", path: "/villages/140522103201"))
    }

    @Test("so has its row in a list; one that is at the site or announced has those of today")
    func list() throws {
        var announced = World.piece("SF5", .inbound, .expected)
        announced.expectedAt = Self.before
        let pieces = [
            collected("SF1", arrivedAt: Self.before), collected("SF2", arrivedAt: Self.after),
            collected("SF3", arrivedAt: Self.before, village: "章训村"),
            collected("SF4", arrivedAt: Self.after, village: "章训村"),
            PieceOfStation(station: "yc-01", piece: announced),
            PieceOfStation(station: "yc-01", piece: World.piece("SF6", storedAt: Self.before)),
        ]
        let rows = try ParcelSearchView("SF", pieces, context).view.table("parcels").rows
        #expect(rows.map { $0[4].text() } == ["章训便民站", "屯城站", "章训便民站", "屯城站", "屯城站", "屯城站"])
        #expect(rows.map { $0[5].text() } == ["章训村", "屯城村", "章训村", "章训社区", "屯城村", "屯城村"])
    }

    @Test("a run has the name that the village had on its day")
    func runs() throws {
        let visits = [Self.before, Self.after].map { at in
            var visit = RunVisit(number: at, run: "R1", person: "0000000000000401", arrivedAt: at)
            visit.day = ReportPeriod.day(ofWall: at)
            return VisitOfStation(station: "yc-02", visit: visit)
        }
        let table = try RunsView(World.today - 20...World.today, visits, [], context).view.table("visits")
        #expect(table.rows.map { $0[6].text() } == ["章训村", "章训社区"])
    }
}
