import LockerDomain
import StationBooks
import SyncWire
import Testing

@Suite("The hash chain")
struct ChainTests {
    @Test("vectors, computed by sha256sum")
    func vectors() {
        let first = Chain.next(after: Chain.start, bytes: Array("{}".utf8))
        #expect(Hex.encode(first) == "fb1634c4e6cd4b1f1afe3ce2d6ef080f7ac5d1f357d723ad4dfca782733b62db")
        #expect(
            Hex.encode(Chain.next(after: first, bytes: Array(#"{"a":1}"#.utf8)))
                == "6b8882c8f1d94bb7545679bed986371a884d1382c93e4d8042a259a58276551d"
        )
        #expect(Digest.sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Chain.start == [UInt8](repeating: 0, count: 32))
    }

    @Test("every golden line depends on all before it")
    func order() throws {
        let lines = try EventType.allCases.map { try Samples.line($0).encoded() }
        let hash = lines.reduce(Chain.start) { Chain.next(after: $0, bytes: $1) }
        var swapped = lines
        swapped.swapAt(3, 4)
        #expect(swapped.reduce(Chain.start) { Chain.next(after: $0, bytes: $1) } != hash)
        for index in lines.indices {
            var changed = lines
            changed[index][changed[index].count / 2] ^= 1
            #expect(changed.reduce(Chain.start) { Chain.next(after: $0, bytes: $1) } != hash)
        }
    }
}
