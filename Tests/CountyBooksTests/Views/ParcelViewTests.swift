import CountyBooks
import LockerDomain
import LockerTestKit
import StationBooks
import SyncWire
import Testing

@Suite("Waybills")
struct ParcelViewTests {
    private typealias World = ViewWorld
    private let waybill = Waybill(rawValue: "SF7444404156506")

    private func held(_ piece: Piece, at station: String = "yc-01") -> PieceOfStation {
        PieceOfStation(station: station, piece: piece)
    }

    private func collected() -> Piece {
        var piece = World.piece(waybill.rawValue, .inbound, .collected, storedAt: World.at(9, daysBefore: 1))
        (piece.village, piece.hamlet, piece.consent) = ("大桥村", "三组", "user_consent")
        (piece.broughtBy, piece.arrivedAt) = ("0000000000000401", World.at(8, 30, daysBefore: 1))
        (piece.endedAt, piece.endedBy) = (World.at(6, 30), "0000000000000402")
        (piece.collector, piece.means, piece.evidence) = ("keeper", "badge", "scanned")
        piece.doorOpenedAt = World.at(6, 29)
        piece.feeFen = 150
        return piece
    }

    @Test("a waybill shows where it is, whose it is, who had it, and the time of the door for the recording")
    func facts() throws {
        let view = ParcelView(waybill, [held(collected())], [], World.context()).view
        #expect(view.title.chinese == "运单 SF7444404156506")
        #expect(try view.fact("状态").value == .state("已收取", .ok))
        #expect(try view.fact("站点").value == .link("yc-01", path: "/stations/yc-01"))
        #expect(try view.fact("网点").value == .text("章训便民站"))
        #expect(try view.fact("行政村").value == .link("大桥村", path: "/villages/140522102207"))
        #expect(try view.fact("品牌").value == .text("顺丰"))
        #expect(try view.fact("合作模式").value == .text("统仓共配"))
        #expect(try view.fact("入柜同意").value == .text("收件人同意"))
        #expect(try view.fact("送达人").value == .text("李师傅 (1025)"))
        #expect(try view.fact("经手人").value == .text("王站长 (1026)"))
        #expect(try view.fact("收取人").value == .text("店主代交"))
        #expect(try view.fact("开门时间（查录像）").value == .text("2026-11-21 06:29:00"))
        #expect(try view.fact("保管费（元）").value == .hundredths(150))
        #expect(try view.fact("保管费（元）").value.text() == "1.50")
        #expect(view.facts.allSatisfy { $0.name.chinese != "清单上的村" })
    }

    @Test("a village that no register knows stands as the manifest has it, and counts for the site's own")
    func unknownVillage() throws {
        var piece = collected()
        (piece.village, piece.consent) = ("小桥村", nil)
        let view = ParcelView(waybill, [held(piece)], [], World.context()).view
        #expect(try view.fact("清单上的村").value == .text("小桥村"))
        #expect(try view.fact("行政村").value == .link("章训村", path: "/villages/140522102206"))
        #expect(try view.fact("入柜同意").value == .unknown)
    }

    @Test("two stations that have a waybill are both shown, with a word about it")
    func twoStations() throws {
        let pieces = [held(collected()), held(World.piece(waybill.rawValue), at: "rc-01")]
        let view = ParcelView(waybill, pieces, [], World.context()).view
        #expect(view.notices == ["有 2 个站点登记了此运单：yc-01，rc-01"])
        #expect(view.facts.filter { $0.name.chinese == "状态" }.map(\.value) == [.state("已收取", .ok), .state("已入柜", .ok)])
    }

    @Test("a shipment shows what the subsidy asks for; a weight that nobody took is unknown")
    func subsidy() throws {
        var piece = World.piece("JD8", .outbound, .handedOver, brand: "JD")
        piece.subsidy = Piece.Subsidy(
            kind: "produce",
            category: "apple",
            platform: "pdd",
            isOutsideCounty: true,
            isPackagingReused: false,
            isScreened: true,
            realName: "JD-8841",
            inspectedBy: "0000000000000402"
        )
        let view = ParcelView(Waybill(rawValue: "JD8"), [held(piece)], [], World.context()).view
        #expect(try view.fact("类别").value == .text("农副产品"))
        #expect(try view.fact("农产品品类").value == .text("apple"))
        #expect(try view.fact("重量（克）").value == .unknown)
        #expect(try view.fact("销往县外").value == .text("是"))
        #expect(try view.fact("循环包装").value == .text("否"))
        #expect(try view.fact("实名收寄凭据").value == .text("JD-8841"))
        #expect(try view.fact("收寄验视").value == .text("王站长 (1026)"))
        #expect(view.facts.allSatisfy { $0.name.chinese != "入柜同意" })
    }

    // MARK: The custody line

    @Test("a custody line says when, where, what, who, how surely and when the door was open")
    func custody() throws {
        let lines = [
            try World.line(.parcelReceived, number: 7), try World.line(.parcelStored, number: 9, clock: .none),
            try World.line(.parcelCollected, number: 21, clock: .rtc),
        ]
        let table = try ParcelView(waybill, [held(collected())], lines, World.context()).view.table("custody")
        let station = Table.Cell.link("yc-01", path: "/stations/yc-01")
        let site = Table.Cell.text("章训便民站")
        let came = Table.Cell.text("2026-11-21 06:45:00")
        let opened = Table.Cell.text("2026-05-12 08:31:01")
        #expect(
            table.rows[0] == [
                .text("2026-11-21 06:30:00"), station, site,
                .text("收到（整袋，生鲜，班次 2026-05-12-1，袋 B7）"), .text("李师傅 (1025)"), .none, .none, .none, came, .number(7),
            ]
        )
        #expect(
            table.rows[1] == [
                .state("2026-11-21 06:30:00 ?", .unknown), station, site, .text("入柜（按冷藏件）"),
                .text("王站长 (1026)"), .text("A01"), .state("门磁", .ok), opened, came, .number(9),
            ]
        )
        #expect(
            table.rows[2] == [
                .text("2026-11-21 06:30:00"), station, site,
                .text("收取（店主代交，工牌，亲属，收费 1.00 元）"),
                .text("王站长 (1026)"), .text("S1-07"), .state("扫码", .ok), opened, came, .number(21),
            ]
        )
    }

    @Test("every type of event has words of both languages in a line, and none holds a phone number")
    func words() throws {
        for (number, type) in EventType.allCases.enumerated() {
            let line = try World.line(type, number: Int64(number))
            let view = ParcelView(waybill, [held(collected())], [line], World.context()).view
            for language in Language.allCases {
                let table = try view.table("custody", in: language)
                let text = try #require(table.rows.first)[3].text()
                #expect(text != type.rawValue, "\(type)")
                // Why nobody could be reached is what people typed.
                let isChinese = text.unicodeScalars.contains { $0.properties.isIdeographic }
                #expect(isChinese == (language == .chinese || type == .parcelNoticeFailed), "\(text)")
                #expect(!table.rows.joined().contains { $0.text().contains("5678") }, "\(text)")
            }
        }
    }

    @Test("a phone number in a text that a station wrote is masked")
    func phones() throws {
        var line = try World.line(.parcelNoticeFailed, number: 1)
        guard case .parcelNoticeFailed(var fact) = line.line.event else { throw CountyFault("line", "is another") }
        fact.reason = "13812345678 停机"
        line.line.event = .parcelNoticeFailed(fact)
        let table = try ParcelView(waybill, [held(collected())], [line], World.context()).view.table("custody")
        #expect(
            table.rows[0][3] == .text("通知未成（1******5678 停机）")
        )
        #expect(table.rows[0][4] == .text("县中心"))
    }

    @Test("markup in a waybill, a brand and a place stays text, and its address is one segment")
    func markup() throws {
        let name = "<script>alert(1)</script>"
        var piece = World.piece(name, brand: name)
        piece.place = name
        let view = ParcelSearchView(name, [held(piece)], World.context()).view
        let row = try #require(try view.table("parcels").rows.first)
        #expect(row[0] == .link(name, path: "/parcels/%3Cscript%3Ealert%281%29%3C%2Fscript%3E"))
        #expect(row[6] == .text(name))
        #expect(row[8] == .text(name))
    }
}
