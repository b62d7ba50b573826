import LockerTestKit
import SyncWire
import Testing

@Suite("gzip with a cap")
struct GzipTests {
    private let text = Array(String(repeating: #"{"type":"dev.villagelocker.door.opened.v1"},"#, count: 200).utf8)

    @Test("bytes come back, at every level", arguments: [1, 6, 9] as [Int32])
    func roundTrip(level: Int32) throws {
        for bytes in [[], [0], text] {
            #expect(try Gzip.inflate(Gzip.compress(bytes, level: level), limit: 100_000) == bytes)
        }
        #expect(Gzip.compress(text, level: level).count < text.count / 20)
    }

    @Test("random bytes that do not compress come back", arguments: Seeds.all(fixed: 2))
    func random(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for length in [1, 100, 65_536, 300_000] {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            #expect(try Gzip.inflate(Gzip.compress(bytes), limit: length) == bytes, "seed \(seed)")
        }
    }

    @Test("equal bytes give equal bytes: no time, no name in the header")
    func deterministic() {
        let once = Gzip.compress(text)
        #expect(once == Gzip.compress(text))
        #expect(Array(once.prefix(8)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    }

    @Test("a body that inflates to one byte more than the limit is refused")
    func cap() throws {
        let bytes = [UInt8](repeating: 0x41, count: 5_000)
        #expect(try Gzip.inflate(Gzip.compress(bytes), limit: 5_000) == bytes)
        #expect(throws: Gzip.Fault.tooLarge(limitBytes: 4_999)) { try Gzip.inflate(Gzip.compress(bytes), limit: 4_999) }
        #expect(throws: Gzip.Fault.tooLarge(limitBytes: 0)) { try Gzip.inflate(Gzip.compress(bytes), limit: 0) }
    }

    @Test("a bomb of 64 MiB stops at the limit")
    func bomb() {
        let bomb = Gzip.compress([UInt8](repeating: 0, count: 64 * 1_024 * 1_024))
        #expect(bomb.count < 80_000)
        #expect(throws: Gzip.Fault.tooLarge(limitBytes: 65_536)) { try Gzip.inflate(bomb, limit: 65_536) }
    }

    @Test("each cut and each changed byte behind the header is noticed")
    func damage() {
        let body = Gzip.compress(Array("village locker, village parcels".utf8))
        for length in 0..<body.count {
            #expect(throws: Gzip.Fault.damaged) { try Gzip.inflate(Array(body.prefix(length)), limit: 1_000) }
        }
        for index in 10..<body.count {
            var changed = body
            changed[index] ^= 0x10
            #expect(throws: Gzip.Fault.self, "byte \(index)") { try Gzip.inflate(changed, limit: 1_000) }
        }
        #expect(throws: Gzip.Fault.damaged) { try Gzip.inflate(body + [0], limit: 1_000) }
        #expect(throws: Gzip.Fault.damaged) { try Gzip.inflate(Array("plain text".utf8), limit: 1_000) }
    }
}
