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

    @Test("a public key that is none seals nothing")
    func badPublicKey() {
        #expect(throws: (any Error).self) { try ExchangeKey.seal([1], to: [1, 2, 3], context: "x") }
    }
}
