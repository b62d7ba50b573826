import Crypto
import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Badges and pickup tokens")
struct TokenTests {
    let cabinet = Cabinet()

    private func read(_ text: String) throws(Token.Fault) -> Token {
        try Token.read(text, countyKey: TestKeys.countyKey, codeKey: TestKeys.codeKey)
    }

    @Test("a badge that the county signed reads back whole")
    func badge() throws {
        let text = TestKeys.badge(.keeper, expiry: 1_800_000_000)
        #expect(text.utf8.count == 225)
        #expect(Token.looksLikeToken(text))
        let token = try read(text)
        #expect(token.kind == .badge)
        #expect(token.expiry == 1_800_000_000)
        #expect(Role.granted(by: token.grants) == .keeper)
        #expect(token.idText == "0000000000000002")
    }

    @Test("a pickup token is short enough for a small QR code and names its parcel by a hash")
    func pickup() throws {
        let text = TestKeys.pickupToken("SF7444404156506")
        #expect(text.utf8.count == 108)
        let token = try read(text)
        #expect(token.kind == .pickup)
        #expect(token.subject == Token.subject(of: "SF7444404156506", n: 0))
        #expect(token.subject != Token.subject(of: "SF7444404156506", n: 1))
    }

    @Test("each changed byte of a badge or a token is noticed", arguments: [true, false])
    func forgery(badge: Bool) throws {
        let text = badge ? cabinet.badge(.courier) : TestKeys.pickupToken("SF7444404156506")
        let bytes = try #require(DecimalText.decode(text))
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            #expect(throws: Token.Fault.self, "byte \(index)") { try read(DecimalText.encode(changed)) }
        }
    }

    @Test("a badge signed by another key, or under a stolen key id, is refused")
    func otherCounty() throws {
        let stranger = Curve25519.Signing.PrivateKey()
        let genuine = try read(cabinet.badge(.courier))
        #expect(throws: Token.Fault.badAuthenticator) {
            try read(genuine.signed { Array(try stranger.signature(for: $0)) })
        }
        var renamed = genuine
        renamed.keyID = [1, 2, 3, 4]
        #expect(throws: Token.Fault.unknownKey) {
            try read(TestKeys.signed(renamed))
        }
    }

    @Test("the station's own key cannot make a badge")
    func stationMakesNoBadge() throws {
        var token = try read(TestKeys.pickupToken("SF7444404156506"))
        token.kind = .badge
        token.keyID = TestKeys.countyKey.tokenKeyID
        #expect(throws: Token.Fault.badAuthenticator) { try read(token.authenticated(with: TestKeys.codeKey)) }
    }

    @Test("a station without keys says that it is not enrolled")
    func noKeys() {
        for text in [cabinet.badge(.courier), TestKeys.pickupToken("SF7444404156506")] {
            #expect(throws: Token.Fault.notYetEnrolled) { try Token.read(text, countyKey: nil, codeKey: nil) }
        }
    }

    @Test("other texts are malformed", arguments: ["", "9", "9000", "VLK1:END", String(repeating: "9", count: 225)])
    func malformed(text: String) {
        #expect(throws: Token.Fault.malformed) { try read(text) }
    }

    @Test("only texts of the two lengths look like tokens")
    func looks() {
        let badge = cabinet.badge(.courier)
        #expect(!Token.looksLikeToken(String(badge.dropLast())))
        #expect(!Token.looksLikeToken("8" + badge.dropFirst()))
        #expect(!Token.looksLikeToken(badge.dropLast() + "A"))
    }
}
