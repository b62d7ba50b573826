import LockerDomain
import SyncWire
import Testing

@Suite("Enrolment")
struct EnrolmentTests {
    private let county = SigningKey()
    private var token: EnrolmentToken {
        EnrolmentToken(
            station: "yc-beiliu-0231",
            secret: "00112233445566778899aabbccddeeff",
            countyKey: county.publicBytes
        )
    }

    @Test("a token is typed as it was printed")
    func roundTrip() {
        #expect(token.description.hasPrefix("VLE1.yc-beiliu-0231.00112233445566778899aabbccddeeff."))
        #expect(EnrolmentToken(token.description) == token)
    }

    @Test("it promises the county's key and no other")
    func promise() {
        #expect(token.promises(county.publicBytes))
        #expect(!token.promises(SigningKey().publicBytes))
        #expect(!token.promises([]))
    }

    @Test("hexadecimal typed in capitals is the same token")
    func capitals() throws {
        let typed = "VLE1.yc-beiliu-0231.00112233445566778899AABBCCDDEEFF.\(token.countyKeyDigest.uppercased())"
        #expect(EnrolmentToken(typed) == token)
    }

    @Test(
        "other texts are no token",
        arguments: [
            ("VLE1", "VLE2"), (".yc-beiliu-0231.", ".."), ("00112233", "0011223"), ("00112233", "0011223g"),
            ("0231.", "0231"),
            ("VLE1.", ""),
        ]
    )
    func refused(old: String, new: String) {
        #expect(token.description.contains(old))
        #expect(EnrolmentToken(token.description.replacing(old, with: new, maxReplacements: 1)) == nil)
        for text in ["", "...", "VLE1...", token.description + ".", token.description + "0"] {
            #expect(EnrolmentToken(text) == nil)
        }
    }

    @Test("a request carries both public keys, of 32 bytes each")
    func request() throws {
        let (signing, exchange) = (SigningKey(), ExchangeKey())
        let request = EnrolmentRequest(token: token, signingKey: signing.publicBytes, exchangeKey: exchange.publicBytes)
        let read = try CanonicalJSON.decode(EnrolmentRequest.self, from: try CanonicalJSON.encode(request))
        #expect(read == request)
        #expect(read.keys?.signing == signing.publicBytes)
        #expect(read.keys?.exchange == exchange.publicBytes)
        var short = request
        short.exchangeKey = "AAAA"
        #expect(short.keys == nil)
        short.exchangeKey = "%"
        #expect(short.keys == nil)
    }

    @Test("the answer's code key opens at the station that it is for, and nowhere else")
    func answer() throws {
        let (station, exchange) = (ExchangeKey(), ExchangeKey())
        let sealed = try ExchangeKey.seal(Array(0..<32), to: station.publicBytes, context: "yc-beiliu-0231")
        let answer = EnrolmentAnswer(
            station: "yc-beiliu-0231",
            countySigningKey: county.publicBytes,
            countyExchangeKey: exchange.publicBytes,
            codeKeyID: "630dcd2966c43366",
            codeKey: sealed,
            pins: [],
            time: "2026-05-12T00:00:00.000Z"
        )
        let read = try CanonicalJSON.decode(EnrolmentAnswer.self, from: try CanonicalJSON.encode(answer))
        #expect(read == answer)
        #expect(read.signingKeyBytes == county.publicBytes)
        #expect(read.exchangeKeyBytes == exchange.publicBytes)
        #expect(CodeKey(bytes: try station.open(read.codeKey, context: read.station))?.id == read.codeKeyID)
        #expect(throws: (any Error).self) { try station.open(read.codeKey, context: "yc-beiliu-0232") }
    }
}
