import CountyBooks
import Testing

@Suite("Markup")
struct MarkupTests {
    @Test("what would be markup is text, inside quotes of either kind too")
    func escape() {
        #expect(Markup.escape("<a href='x'>\"&\"</a>") == "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;")
        #expect(Markup.escape("北留村\t一\r\n") == "北留村\t一\r\n")
    }

    @Test(
        "a character that no document can hold is replaced, also behind a combining one",
        arguments: [0x0, 0x1, 0xB, 0x1F, 0xFFFE, 0xFFFF] as [UInt32]
    )
    func refused(_ code: UInt32) throws {
        let scalar = Character(try #require(Unicode.Scalar(code)))
        #expect(Markup.escape("a\u{301}\(scalar)b") == "a\u{301}\u{FFFD}b")
        #expect(Markup.characters("<\(scalar)>") == "<\u{FFFD}>")
    }

    @Test("others stay, whatever plane they are of")
    func kept() {
        #expect(Markup.escape("𠮷😀\u{7F}\u{85}") == "𠮷😀\u{7F}\u{85}")
    }
}
