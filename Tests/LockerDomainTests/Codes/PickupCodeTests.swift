import LockerDomain
import Testing

@Suite("Pickup codes")
struct PickupCodeTests {
    @Test(
        "the published vectors",
        arguments: [
            ("SF7444404156506", 0, "18081673"), ("SF7444404156506", 1, "06605203"), ("YT8962646785389", 0, "97213481"),
        ] as [(Waybill, UInt32, String)]
    )
    func vectors(waybill: Waybill, n: UInt32, code: String) throws {
        let key = try #require(CodeKey(bytes: Array(0..<32)))
        #expect(PickupCode(waybill, n: n, key: key).description == code)
        #expect(PickupCode(typed: code) == PickupCode(waybill, n: n, key: key))
    }

    @Test(
        "only eight ASCII digits are a typed code",
        arguments: ["", "1234567", "123456789", "1234567a", "+1234567", "１２３４５６７８", " 1234567"]
    )
    func typed(text: String) {
        #expect(PickupCode(typed: text) == nil)
    }

    @Test("a key has 32 bytes and is named by its hash")
    func key() throws {
        #expect(CodeKey(bytes: []) == nil)
        #expect(CodeKey(bytes: [UInt8](repeating: 0, count: 31)) == nil)
        let key = try #require(CodeKey(bytes: Array(0..<32)))
        #expect(key.id == "630dcd2966c43366")
        #expect(key.tokenKeyID == [0x63, 0x0d, 0xcd, 0x29])
    }

    @Test("codes of many parcels and of every n differ, but for chance")
    func spread() throws {
        let key = try #require(CodeKey(bytes: [UInt8](repeating: 7, count: 32)))
        var codes: Set<PickupCode> = []
        for index in 0..<1_000 {
            let waybill = Waybill(rawValue: "YT\(1_000_000_000_000 + index)")
            for n: UInt32 in [0, 1, 128] { codes.insert(PickupCode(waybill, n: n, key: key)) }
        }
        #expect(codes.count >= 2_998)
    }
}
