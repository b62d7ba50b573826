import LockerDomain
import Testing

@Suite("Words for faults of the link")
struct LinkFaultTests {
    private static let autumn = CivilDay(year: 2026, month: 10, day: 5).number * 86_400_000

    static let all: [LinkFault] = [
        .nameNotFound, .nameServerSilent, .refused, .noRoute, .noConnection(seconds: 10), .noAnswer(seconds: 30), .cut,
        .wrongName, .expired(end: autumn, clock: autumn + 86_400_000), .notYetValid(begin: autumn, clock: 0),
        .unknownIssuer, .noAuthorities("/etc/lockerd/county-ca.pem"), .noTLS, .needsTLS, .tlsRefused, .notHTTP,
        .answerTooLarge, .notTheCounty,
        .stationRefused("not enrolled here"), .countyBusy("HTTP 503"), .eventTooLarge,
        .eventRefused(sequence: 7, "not a batch"), .askedAgain(sequence: 5),
        .replayed(highest: "9.1"), .twoBoards, .keysUnusable("no space left"), .other("errno 5"),
    ]

    @Test("each fault has Chinese and English words, short and on one line, and a code of its own")
    func words() {
        for fault in Self.all {
            let (chinese, english) = fault.words
            #expect(chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(fault)")
            #expect(english.allSatisfy { $0.isASCII && !$0.isNewline }, "\(fault)")
            #expect((5...120).contains(english.count) && (4...60).contains(chinese.count), "\(fault)")
            #expect(fault.description == english)
        }
        #expect(Set(Self.all.map(\.code)).count == Self.all.count)
    }

    @Test("a clock that says 1970 is named")
    func clock() {
        let words = LinkFault.notYetValid(begin: Self.autumn, clock: 0).words
        #expect(words.english == "certificate not valid before 2026-10-05, this clock says 1970-01-01: set the clock")
        #expect(words.chinese.contains("1970-01-01"))
    }

    @Test("what nobody foresaw is one short line without the paths of a build")
    func other() {
        struct Dump: Error, CustomStringConvertible { var description: String }
        let dump =
            "handshakeFailed(NIOSSL.BoringSSLError.sslError([Error: 268435581 error:1000007d:SSL "
            + "routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED at /src/boringssl/ssl/handshake.cc:298]))\nmore"
        let fault = LinkFault(Dump(description: dump))
        #expect(!fault.description.contains("handshake.cc") && !fault.description.contains("more"))
        #expect(fault.description.count <= 120)
        let kept = LinkFault(Dump(description: "/var/lib/lockerd/keys/start-number: No space left"))
        #expect(kept == .other("/var/lib/lockerd/keys/start-number: No space left"))
        #expect(LinkFault(LinkFault.cut) == .cut)
    }

    @Test("a smaller body is tried only where the connection stood")
    func sizes() {
        #expect(Self.all.filter { $0.maySizeMatter } == [.noAnswer(seconds: 30), .cut])
    }

    @Test("a fault tells where it is certain that no connection was taken, and where the county asks for patience")
    func connections() {
        #expect(
            Self.all.filter { $0.tookNoConnection } == [.nameNotFound, .nameServerSilent, .refused, .noRoute]
        )
        #expect(
            Self.all.filter { $0.isWishOfTheCounty }.map(\.code) == [
                "countyBusy", "eventTooLarge", "eventRefused", "askedAgain", "twoBoards",
            ]
        )
    }
}
