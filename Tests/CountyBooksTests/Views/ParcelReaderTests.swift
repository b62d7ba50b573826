import CountyBooks
import LockerDomain
import StationBooks
import Testing

@Suite("Waybills: who sees what")
struct ParcelReaderTests {
    private typealias World = ViewWorld
    private let waybill = Waybill(rawValue: "SF7444404156506")

    private func held(_ piece: Piece, at station: String = "yc-01") -> PieceOfStation {
        PieceOfStation(station: station, piece: piece)
    }

    @Test("another brand's waybill looks to a carrier as one that is not there")
    func carrier() throws {
        let context = World.context(try World.carrier("YT"))
        let lines = [try World.line(.parcelReceived, number: 1), try World.line(.pickupAuthorised, number: 2)]
        let foreign = ParcelView(waybill, [held(World.piece(waybill.rawValue))], lines, context)
        let missing = ParcelView(waybill, [], [], context)
        #expect(!foreign.isFound)
        #expect(foreign.view == missing.view)
        #expect(foreign.view.notices == ["没有找到这个运单（已预报的件，在站点发来记录后才能查到）"])
        let found = ParcelSearchView("6506", [held(World.piece(waybill.rawValue))], context).view
        #expect(found == ParcelSearchView("6506", [], context).view)
    }

    @Test("a carrier sees its own waybill at one station, and nothing of the same number of another brand at another")
    func sameNumber() throws {
        let pieces = [
            held(World.piece(waybill.rawValue)), held(World.piece(waybill.rawValue, brand: "YT"), at: "rc-01"),
        ]
        let lines = [
            try World.line(.parcelReceived, number: 1), try World.line(.parcelReceived, number: 2, at: "rc-01"),
            try World.line(.parcelContactGiven, number: 3),
        ]
        let view = ParcelView(waybill, pieces, lines, World.context(try World.carrier("SF"))).view
        #expect(try view.table("custody").rows.map { $0[9] } == [.number(1), .number(3)])
        #expect(view.notices == [])
        #expect(!view.text.contains("rc-01"))
        // No page of a station, no name of a person.
        #expect(try view.fact("站点").value == .text("yc-01"))
        #expect(try view.table("custody").rows[0][4] == .text("1025"))
    }

    @Test("a firm sees what it handles of all brands, and nothing of what others handle")
    func firm() throws {
        let context = World.context(try World.firm("邮政"))
        let own = held(World.piece("EMS1", brand: "EMS", operatorName: "邮政"), at: "yc-02")
        let other = held(World.piece("SF1"), at: "yc-02")
        let view = ParcelSearchView("1", [own, other], context).view
        #expect(try view.table("parcels").rows.map { $0[0].text() } == ["EMS1"])
    }

    @Test("a township sees what lies at its sites, and what is for its villages")
    func township() throws {
        let context = World.context(try World.township("140522103"))
        var forIt = World.piece("SF2")
        forIt.village = "屯城村"
        let pieces = [
            held(World.piece("SF1")), held(forIt), held(World.piece("SF3"), at: "rc-01"),
            held(World.piece("SF4"), at: "nobody"),
        ]
        let view = ParcelSearchView("S", pieces, context).view
        #expect(try view.table("parcels").rows.map { $0[0].text() } == ["SF2", "SF3"])
    }

    @Test("who sees all finds a number of which there are lines and no piece")
    func linesAlone() throws {
        let lines = [try World.line(.parcelJoined, number: 4)]
        #expect(ParcelView(waybill, [], lines, World.context()).isFound)
        #expect(!ParcelView(waybill, [], lines, World.context(try World.carrier("SF"))).isFound)
        #expect(!ParcelView(waybill, [], [], World.context()).isFound)
    }

    @Test("a search shows how long a parcel waits, and that it is overdue")
    func search() throws {
        var overdue = World.piece("SF1", storedAt: World.at(7, daysBefore: 4))
        (overdue.overdueAt, overdue.place) = (World.at(7, daysBefore: 1), "A02")
        let undated = World.piece("SF2")
        var view = ParcelSearchView(
            "SF",
            [held(overdue), held(undated), held(World.piece("SF3", .outbound, .accepted))],
            World.context()
        )
        view.isCut = true
        #expect(view.view.notices == ["记录过多，只列出最近的 3 条"])
        let table = try view.view.table("parcels")
        #expect(
            table.rows[0] == [
                .link("SF1", path: "/parcels/SF1"), .text("下行"), .state("已入柜", .ok),
                .link("yc-01", path: "/stations/yc-01"), .text("章训便民站"), .link("章训村", path: "/villages/140522102206"),
                .text("顺丰"), .text("县共配中心"), .text("A02"), .none, .text("4 天"), .state("滞留", .bad),
            ]
        )
        #expect(try table.row("waybill", "SF2")["waits"] == .unknown)
        #expect(try table.row("waybill", "SF3")["waits"] == Table.Cell.none)
        #expect(
            ParcelSearchView("", [], World.context()).view.parts == [
                .text(Words("请输入运单号或其末几位", "type a waybill or its last digits"))
            ]
        )
    }
}
