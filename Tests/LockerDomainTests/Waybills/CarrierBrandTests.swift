import Foundation
import LockerDomain
import Testing

@Suite("A carrier by all its names")
struct CarrierBrandTests {
    @Test(
        "the names that manifests give a carrier become one",
        arguments: [
            ("SF", "SF"), ("sf", "SF"), (" ＳＦ ", "SF"), ("顺丰", "SF"), ("顺丰速运", "SF"), ("顺丰 快递", "SF"),
            ("SF Express", "SF"), ("圆通速递", "YTO"), ("中通快递", "ZTO"), ("申通", "STO"), ("韵达快递", "YUNDA"),
            ("极兔速递", "JT"), ("J&T Express", "JT"), ("京东物流", "JD"), ("京东快递", "JD"), ("德邦快递", "DBL"),
            ("YTO Express", "YTO"),
            ("邮政", "POST"), ("中国邮政", "POST"), ("EMS", "POST"), ("ems", "POST"), ("丹鸟", "CAINIAO"),
        ]
    )
    func oneName(written: String, code: String) { #expect(CarrierBrand.code(of: written) == code) }

    @Test(
        "another firm keeps its name as it is written: freight of a carrier, a village's own brand, nothing at all",
        arguments: ["中通快运", "顺丰快运", "（示例）甲快递", "快递", "unknown", "others", "", "Sf 2", "百世"]
    )
    func otherFirms(written: String) { #expect(CarrierBrand.code(of: written) == written) }

    @Test("people read the Chinese name of a code, and anything else as it is")
    func shown() {
        #expect(CarrierBrand.chinese(of: "DBL") == "德邦")
        #expect(CarrierBrand.chinese(of: "百世") == "百世")
        for code in ["SF", "ZTO", "YTO", "STO", "YUNDA", "JT", "JD", "DBL", "POST", "CAINIAO"] {
            #expect(CarrierBrand.chinese(of: code) != code)
            #expect(CarrierBrand.code(of: CarrierBrand.chinese(of: code)) == code)
        }
    }

    @Test(
        "every carrier that a number may hint at has its Chinese name",
        arguments: [
            "SF7444404156506", "YT8962646785389", "JT5261988016578", "JDX024407261700", "DPK202252612836",
            "73610555582883", "773277027280336", "463431409940372", "621123456789012", "1207119765021",
        ]
    )
    func hinted(number: String) throws {
        let brand = try #require(try WaybillReading(number).likelyBrand)
        #expect(CarrierBrand.chinese(of: brand) != brand)
    }

    @Test("the parties of a parcel have the one name, from a manifest as from an event")
    func parties() throws {
        let made = Parties(brand: "顺丰速运", operatorName: "共配", agent: "小卖部", cooperationMode: .shared)
        #expect(made.brand == "SF")
        let written = #"{"brand":"圆通","operator":"共配","agent":"小卖部","cooperationMode":"shared"}"#
        let read = try JSONDecoder().decode(Parties.self, from: Data(written.utf8))
        #expect(read.brand == "YTO")
    }
}
