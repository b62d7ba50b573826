import CountyReceiver
import Hummingbird
import HummingbirdTesting
import LockerDomain
import SyncWire
import Testing

@Suite("Manifest files")
struct ManifestFileTests {
    @Test("A sheet from a Chinese office is read: BOM, CRLF, Chinese headers, quoted cells")
    func chineseSheet() async throws {
        let sheet =
            "\u{FEFF}品牌,运单号,经营企业,手机号,规格,冷藏\r\n顺丰,SF7444404156506,\"统仓, 共配 \"\"阳城\"\"\",13812345678,L,是\r\n\r\n"
        let entry = try #require(try await loaded(sheet).first)
        #expect(entry.waybill.rawValue == "SF7444404156506")
        #expect(entry.brand == "顺丰")
        #expect(entry.operatorName == #"统仓, 共配 "阳城""#)
        #expect(entry.size == .large)
        #expect(entry.chilled)
    }

    @Test("A whole phone in a JSON manifest is masked and hashed as one in a sheet is")
    func jsonPhones() async throws {
        let json = #"""
            {"id":"m-1","entries":[{"waybill":"SF7444404156506","brand":"SF","operator":"SF","n":3,"size":"M",
            "chilled":false,"consent":"unknown","senderAgreement":false,"phoneMasked":"13812345678"}]}
            """#
        let entry = try #require(try await loaded(json).first)
        #expect(entry.phoneMasked == "1******5678")
        #expect(entry.recipientKey?.utf8.count == 32)
        #expect(entry.n == 3)
    }

    @Test(
        "What is no manifest is refused with its place and the mend",
        arguments: [
            ("", "empty"), ("waybill\nSF7444404156506\n", "brand"), ("waybill,brand,colour\n", "colour"),
            ("waybill,brand,brand\n", "twice"), ("waybill,brand\nSF7444404156506,SF,x\n", "line 2"),
            ("waybill,brand\nSF7444404156506,SF\nsf7444404156506,SF\n", "line 3"),
            ("waybill,brand,phone\nSF7444404156506,SF,call me\n", "phone"), ("waybill,brand\n", "0 parcels"),
            (#"{"id":"m"}"#, "JSON"),
        ]
    )
    func refused(sheet: String, names: String) throws {
        let county = try TestCounty()
        defer { county.remove() }
        _ = try county.county.makeEnrolmentToken(station: "yc-1")
        let fault = #expect(throws: CountyFault.self) {
            try county.county.loadManifest(Array(sheet.utf8), station: "yc-1")
        }
        #expect(fault?.description.contains(names) == true, "\(fault?.description ?? "")")
    }

    /// The entries as the station gets them.
    private func loaded(_ file: String) async throws -> [ManifestEntry] {
        let county = try TestCounty()
        defer { county.remove() }
        return try await county.serving { client in
            let station = try await county.enrolledStation("yc-1", client)
            let loaded = try county.county.loadManifest(Array(file.utf8), station: station.id)
            let answer = try await station.send(.get, "/v1/stations/yc-1/manifests/\(loaded.manifest)", client)
            return try answer.decoded(ManifestMessage.self).entries
        }
    }
}
