import CountyBooks
import LockerDomain
import LockerTestKit
import SyncWire
import Testing

@Suite("Phone numbers that events bring into pages")
struct PhoneMaskTests {
    private typealias World = ViewWorld
    private static let phone = "13812345678"
    private static let masked = "1******5678"
    private let waybill = Waybill(rawValue: phone)

    /// A piece with the number in every text that an event brings.
    private static func piece(_ waybill: String) -> Piece {
        let parties = Parties(brand: phone, operatorName: phone, agent: "\(phone) 代办", cooperationMode: .shared)
        var piece = Piece(waybill: Waybill(rawValue: waybill), direction: .outbound, state: .stored, parties: parties)
        (piece.village, piece.hamlet, piece.place, piece.size) = (phone, "三组 \(phone)", phone, phone)
        (piece.run, piece.bag, piece.formerly) = (phone, phone, Waybill(rawValue: phone))
        piece.subsidy = Piece.Subsidy(
            kind: "produce",
            category: phone,
            platform: phone,
            order: phone,
            weightGrams: 1,
            isOutsideCounty: true,
            isPackagingReused: false,
            isScreened: true,
            realName: phone,
            inspectedBy: "0000000000000401",
            seal: phone
        )
        return piece
    }

    @Test("a waybill's page and a search show none, and the link goes on by the whole number")
    func waybills() throws {
        let held = PieceOfStation(station: "yc-01", piece: Self.piece(Self.phone))
        let page = ParcelView(waybill, [held], [], World.context()).view
        #expect(!page.text.contains(Self.phone) && page.title.chinese == "运单 \(Self.masked)")
        let search = ParcelSearchView("5678", [held], World.context()).view
        #expect(!search.text.contains(Self.phone))
        let cell = try search.table("parcels").rows[0][0]
        #expect(cell == .link(Self.masked, path: "/parcels/\(Self.phone)"))
        #expect(!String(decoding: try search.table("parcels").csv(in: .chinese), as: UTF8.self).contains(Self.phone))
    }

    @Test("runs show none")
    func runs() throws {
        var visit = RunVisit(number: 1, run: Self.phone, person: "0000000000000401", arrivedAt: World.at(6))
        (visit.route, visit.vehicle, visit.day) = (Self.phone, Self.phone, World.today)
        (visit.bags, visit.seals) = ([Self.phone], [Self.phone])
        let view = RunsView(
            World.today...World.today,
            [VisitOfStation(station: "yc-01", visit: visit)],
            [],
            World.context()
        ).view
        #expect(!view.text.contains(Self.phone) && view.text.contains(Self.masked))
    }

    @Test("what is no mobile number stands as it is: waybills of many digits, numbers of a desk, codes")
    func others() {
        for text in ["773012345678901", "0356422123", "140522102206", "138123456789", "SF13812345678012", "13812"] {
            #expect(AuditText.maskingMobiles(text) == text)
            #expect(!AuditText.holdsMobile(text))
        }
        #expect(AuditText.maskingMobiles("王（138 1234 5678）") == "王（1******5678）")
        #expect(AuditText.holdsMobile("王 ＋８６１３８１２３４５６７８"))
    }
}
