import FoundationEssentials
import LockerDomain
import LockerTestKit
import SyncWire
import Testing

@Suite("The worked examples of the wire's page")
struct WorkedExampleTests {
    private let station = "/v1/stations/yc-beiliu-0231"
    private let incarnation = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

    private var page: String {
        String(decoding: TestFiles.bytes("../Sources/SyncWire/Documentation.docc/SyncWire.md") ?? [], as: UTF8.self)
    }

    private func key(from first: UInt8) throws -> SigningKey {
        try #require(SigningKey(bytes: Array(first..<first + 32)))
    }

    /// The line of the page, whose folds stand behind commas.
    private func line() throws -> [UInt8] {
        let text = try #require(page.split(separator: "```\n").first { $0.hasPrefix("{\"bootid\"") })
        return Array(text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined().utf8)
    }

    /// The signature in backticks behind the n-th occurrence of a text.
    private func shown(behind text: String, _ number: Int = 0) throws -> [UInt8] {
        let parts = page.split(separator: text, omittingEmptySubsequences: false).dropFirst(number + 1)
        let shown = try #require(parts.first?.split(separator: "`", omittingEmptySubsequences: false).first)
        return Array(try #require(Data(base64Encoded: String(shown))))
    }

    private func isValid(_ signature: [UInt8], of message: MessageSignature, by key: SigningKey) -> Bool {
        CountyKey(bytes: key.publicBytes)?.isValid(signature: signature, of: message.base) == true
    }

    @Test("the line and its hash")
    func chain() throws {
        let line = try line()
        #expect(page.contains("One line of \(line.count) bytes"))
        #expect(page.contains(Hex.encode(Chain.next(after: Chain.start, bytes: line))))
    }

    @Test("a question for commands, and the answer that is bound to it")
    func question() throws {
        let (ours, county) = (try key(from: 0), try key(from: 0x20))
        let message = MessageSignature.request(
            method: "GET",
            path: "\(station)/commands",
            query: CommandQuery(wait: 55, after: 7, highest: 9, end: .init(incarnation: incarnation, last: 41)).text,
            headers: [("locker-counter", "3.17")],
            keyID: ours.id
        )
        #expect(page.contains(String(decoding: message.base, as: UTF8.self)))
        let asked = try shown(behind: "\ngives `")
        #expect(isValid(asked, of: message, by: ours))
        let answer = MessageSignature.answer(
            status: 200,
            contentDigest: ContentDigest.text(of: Array(#"{"commands":[],"time":"2026-05-12T00:31:07.250Z"}"#.utf8)),
            requestSignature: asked,
            keyID: county.id
        )
        #expect(page.contains(String(decoding: answer.base, as: UTF8.self)))
        #expect(isValid(try shown(behind: "\ngives `", 1), of: answer, by: county))
    }

    @Test("a batch of that line")
    func batch() throws {
        let (ours, line) = (try key(from: 0), try line())
        let chain = ChainHeader(
            incarnation: incarnation,
            first: 1,
            last: 1,
            before: Chain.start,
            after: Chain.next(after: Chain.start, bytes: line)
        )
        let message = MessageSignature.request(
            method: "POST",
            path: "\(station)/events",
            query: "",
            headers: [
                ("locker-counter", "3.18"), ("content-digest", ContentDigest.text(of: Batch.join([line]))),
                ("content-type", Batch.contentType), ("locker-chain", chain.text),
            ],
            keyID: ours.id
        )
        #expect(isValid(try shown(behind: "the signature\n`"), of: message, by: ours))
        #expect(page.contains(chain.text))
        #expect(page.contains(ContentDigest.text(of: Batch.join([line]))))
    }
}
