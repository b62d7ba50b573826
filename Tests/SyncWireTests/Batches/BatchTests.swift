import LockerDomain
import LockerTestKit
import StationBooks
import SyncWire
import Testing

@Suite("Batches")
struct BatchTests {
    private func split(_ body: String, limit: Int = 10) throws(Batch.Fault) -> [String] {
        try Batch.split(Array(body.utf8), limit: limit).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("lines come back as the very bytes that went in", arguments: [1, 2, 10])
    func roundTrip(count: Int) throws {
        let lines = (0..<count).map { Array(#"{"n":\#($0),"text":"],\\n[{}"}"#.utf8) }
        let body = Batch.join(lines)
        #expect(try Batch.split(body, limit: count) == lines)
    }

    @Test("the layout is fixed")
    func layout() {
        let body = Batch.join([Array("{}".utf8), Array(#"{"a":1}"#.utf8)])
        #expect(String(decoding: body, as: UTF8.self) == "[\n{},\n{\"a\":1}\n]")
    }

    @Test("a batch is JSON")
    func isJSON() throws {
        let body = Batch.join([Array("{}".utf8), Array(#"{"a":1}"#.utf8)])
        #expect(
            try CanonicalJSON.decode(JSONValue.self, from: body) == .array([.object([:]), .object(["a": .integer(1)])])
        )
    }

    @Test(
        "any other layout is refused",
        arguments: [
            "", "[", "[]", "[\n]", "[\n\n]", "{}", "[\n{}]", "[{}\n]", "[\n{}\n", "\n{}\n]", "[\n{}\n]\n", " [\n{}\n]",
            "[\r\n{}\r\n]", "[\n{},{}\n]x", "[\n{}\n{}\n]", "[\n{},\n]", "[\n{},\n\n]", "[\n,{}\n]", "[\n{},\n\n{}\n]",
            "[\n{} ,\n{}\n]", "[\n{}, \n{}\n]", "[\n {},\n{}\n]", "[\n[],\n{}\n]", "[\n1\n]", "[\n{\n]", "[\n}\n]",
            "[\n{},\n",
            "[\n\"{}\"\n]", "[\n{},\r\n{}\n]", "\u{FEFF}[\n{}\n]",
        ]
    )
    func refused(body: String) {
        #expect(throws: Batch.Fault.self) { try split(body) }
    }

    @Test("more lines than the limit are refused with the limit in the text")
    func limit() throws {
        let body = "[\n" + Array(repeating: "{}", count: 11).joined(separator: ",\n") + "\n]"
        let fault = #expect(throws: Batch.Fault.self) { try split(body) }
        #expect(fault?.description == "more than 10 events: send fewer")
        #expect(try split(body, limit: 11).count == 11)
    }

    @Test(
        "whatever is changed in a body, splitting gives lines that join to it again, or refuses",
        arguments: Seeds.all(fixed: 3)
    )
    func mutations(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let body = Batch.join((0..<5).map { Array(#"{"n":\#($0)}"#.utf8) })
        for _ in 0..<5_000 {
            var changed = body
            let index = Int.random(in: changed.indices, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: changed[index] = [0x0A, 0x2C, 0x5B, 0x5D, 0x7B, 0x7D, 0x20].randomElement(using: &random) ?? 0
            case 1: changed.remove(at: index)
            default: changed.insert([0x0A, 0x2C, 0x7B, 0x7D].randomElement(using: &random) ?? 0, at: index)
            }
            guard let lines = try? Batch.split(changed, limit: 10) else { continue }
            #expect(Batch.join(lines) == changed, "seed \(seed)")
        }
    }
}
