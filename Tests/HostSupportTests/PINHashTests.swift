import HostSupport
import LockerDomain
import Testing

@Suite("PINs against their verifiers")
struct PINHashTests {
    /// scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1) of RFC 7914 section 12, its first 32 bytes.
    private let verifier = PINVerifier(
        badge: "0000000000000001",
        salt: Hex.encode(Array("SodiumChloride".utf8)),
        cost: 16_384,
        blockSize: 8,
        parallelism: 1,
        hash: "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
    )

    @Test("the vector of RFC 7914 fits, and nothing near it does")
    func vector() {
        #expect(PINHash.check("pleaseletmein", verifier))
        for pin in ["pleaseletmeim", "pleaseletmei", "pleaseletmein ", "Pleaseletmein", ""] {
            #expect(!PINHash.check(pin, verifier), "\(pin)")
        }
    }

    @Test("a changed salt, cost or hash does not fit")
    func changed() {
        let changes: [(inout PINVerifier) -> Void] = [
            { $0.salt = "00" + $0.salt }, { $0.cost = 8_192 }, { $0.blockSize = 4 }, { $0.parallelism = 2 },
            { $0.hash = "71" + $0.hash.dropFirst(2) }, { $0.hash = String($0.hash.dropLast(2)) + "f3" },
        ]
        for change in changes {
            var other = verifier
            change(&other)
            #expect(!PINHash.check("pleaseletmein", other))
        }
    }

    @Test("a verifier that asks for nonsense or for gigabytes is refused at once, not computed")
    func absurd() {
        let changes: [(inout PINVerifier) -> Void] = [
            { $0.cost = 0 }, { $0.cost = 1 }, { $0.cost = -16_384 }, { $0.cost = 16_383 }, { $0.cost = 1 << 40 },
            { $0.blockSize = 0 }, { $0.blockSize = -8 }, { $0.blockSize = 1 << 20 }, { $0.parallelism = 0 },
            { $0.parallelism = -1 }, { $0.parallelism = 1 << 20 },
            {
                $0.cost = 1 << 17
                $0.blockSize = 16
            },
            { $0.cost = .max }, { $0.blockSize = .max }, { $0.parallelism = .max },
            { $0.salt = "zz" }, { $0.hash = "" }, { $0.hash = "7023" }, { $0.hash = $0.hash + "00" },
            { $0.hash = "zz" },
        ]
        // What is computed takes as long as the right one, and most of these far longer. The shortest of some: what else
        // the machine does meanwhile falls on all.
        let clock = ContinuousClock()
        func shortest(_ verifier: PINVerifier, fits: Bool) -> Duration {
            let times = (0..<5).map { _ in
                clock.measure { #expect(PINHash.check("pleaseletmein", verifier) == fits, "\(verifier)") }
            }
            return times.min() ?? .seconds(3_600)
        }
        let reference = shortest(verifier, fits: true)
        for change in changes {
            var other = verifier
            change(&other)
            #expect(shortest(other, fits: false) < reference * 4, "\(other)")
        }
    }
}
