import LockerDomain
import SyncWire
import Testing

@Suite("Keys and sealed secrets")
struct KeyTests {
    @Test("a signing key comes back from its bytes; other lengths are none")
    func signingKey() throws {
        let key = SigningKey()
        let again = try #require(SigningKey(bytes: key.privateBytes))
        #expect(again.publicBytes == key.publicBytes)
        #expect(key.id == CountyKey(bytes: key.publicBytes)?.id)
        #expect(key.id.utf8.count == 16)
        for count in [0, 31, 33] {
            #expect(SigningKey(bytes: [UInt8](repeating: 1, count: count)) == nil)
            #expect(ExchangeKey(bytes: [UInt8](repeating: 1, count: count)) == nil)
        }
    }

    @Test("a sealed secret opens with its key and context only")
    func sealed() throws {
        let station = try #require(ExchangeKey(bytes: ExchangeKey().privateBytes))
        let secret = [UInt8](0..<32)
        let sealed = try ExchangeKey.seal(secret, to: station.publicBytes, context: "yc-beiliu-0231")
        #expect(try station.open(sealed, context: "yc-beiliu-0231") == secret)
        #expect(throws: (any Error).self) { try station.open(sealed, context: "yc-beiliu-0232") }
        #expect(throws: (any Error).self) { try ExchangeKey().open(sealed, context: "yc-beiliu-0231") }
        #expect(try ExchangeKey.seal(secret, to: station.publicBytes, context: "yc-beiliu-0231") != sealed)
    }

    @Test("damage of a sealed secret is noticed")
    func damaged() throws {
        let station = ExchangeKey()
        let sealed = try ExchangeKey.seal([1, 2, 3], to: station.publicBytes, context: "x")
        var changes = [sealed, sealed, sealed, sealed]
        changes[0].ciphertext = "AAAA" + sealed.ciphertext.dropFirst(4)
        changes[1].encapsulatedKey = "AAAA" + sealed.encapsulatedKey.dropFirst(4)
        changes[2].ciphertext = "not base64"
        changes[3].encapsulatedKey = ""
        for changed in changes { #expect(throws: (any Error).self) { try station.open(changed, context: "x") } }
    }

    @Test("keys of a small order are none: one signature or secret would do for everybody")
    func smallOrder() {
        let ones = [UInt8](repeating: 0xFF, count: 30)
        let eight: [UInt8] = [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
        ]
        for first in [0, 1] as [UInt8] {
            let point = [first] + [UInt8](repeating: 0, count: 31)
            #expect(CountyKey(bytes: point) == nil)
            #expect(!ExchangeKey.isUsable(point))
            #expect(throws: (any Error).self) { try ExchangeKey.seal([1], to: point, context: "x") }
        }
        for first in [0xEC, 0xED, 0xEE] as [UInt8] {
            #expect(CountyKey(bytes: [first] + ones + [0x7F]) == nil)
            #expect(CountyKey(bytes: [first] + ones + [0xFF]) == nil)
            #expect(!ExchangeKey.isUsable([first] + ones + [0x7F]))
        }
        #expect(CountyKey(bytes: eight) == nil)
        for _ in 0..<20 {
            #expect(CountyKey(bytes: SigningKey().publicBytes) != nil)
            #expect(ExchangeKey.isUsable(ExchangeKey().publicBytes))
        }
    }

    @Test("a public key that is none seals nothing")
    func badPublicKey() {
        #expect(throws: (any Error).self) { try ExchangeKey.seal([1], to: [1, 2, 3], context: "x") }
    }
}
