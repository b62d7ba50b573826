import StationConfiguration
import Testing

@Suite("What a fault says to write is taken")
struct HintTests {
    /// A change of the example that is refused, what the refusal says to write, and the change with that in it.
    typealias Row = (old: String, bad: String, hint: String, good: String)

    static let rows: [Row] = [
        ("[board]", "[[board]]", "write [board]", "[board]"),
        ("[[door]]", "[door]", "write [[door]]", "[[door]]"),
        ("[policy]", "[=policy]", "write [name]", "[policy]"),
        ("\"yc-beiliu-0231\"", "\"YC 1\"", "as in yc-beiliu-0231", "\"yc-beiliu-0231\""),
        ("\"140522102206\"", "\"140522\"", "write this village's code", "\"140522102206\""),
        ("\"Asia/Shanghai\"", "\"UTC\"", "timezone = \"Asia/Shanghai\"", "\"Asia/Shanghai\""),
        ("\"https://c", "\"ftp://c", "write https://host:port/path", "\"https://host:80/path\" # "),
        ("\"rtsp://1", "\"http://1", "write rtsp://host:port/path", "\"rtsp://host:80/path\" # "),
        ("\"rtsp://1", "\"rtsp://u:a/b@1", "write / as %2F", "\"rtsp://u:a%2Fb@1"),
        ("\"rtsp://1", "\"rtsp://u:a?b@1", "? as %3F", "\"rtsp://u:a%3Fb@1"),
        ("\"rtsp://1", "\"rtsp://u:a#b@1", "# as %23", "\"rtsp://u:a%23b@1"),
        ("Channels/101", "Channels@101", "@ as %40 in a path", "Channels%40101"),
        ("Channels/101", "Channels%/101", "write % itself as %25", "Channels%25/101"),
        ("Channels/101", "Channels 101", "a space as %20", "Channels%20101"),
        ("64:554/", "64:0/", "write :554", "64:554/"),
        ("lock = {", "lock = 7 # {", "write lock = { … }", "lock = {"),
        ("lock = {", "# lock = {", "add lock = { chip = \"…\", line = … }", "lock = {"),
        (
            "{ chip = \"gpio-sim.0-node0\", line = 30 }",
            "{ line = 30 }",
            "{ chip = \"…\", line = 3 }",
            "{ chip = \"x\", line = 3 }"
        ),
        ("role = \"scanner\"", "role = \"gun\"", "\"scanner\" or \"keypad\"", "role = \"keypad\""),
        ("role = \"scanner\"  ", "prefix = \"\" #", "as \"~\"", "prefix = \"~\" #"),
        ("role = \"scanner\"  ", "suffix = \"笔\" #", "or \"\\u0002\"", "suffix = \"\\u0002\" #"),
        ("hold_hours = 72", "real_name_issuers = [\"sm\"]", "write [\"SM\"]", "real_name_issuers = [\"SM\"]"),
        ("closed = \"high\"", "closed = \"up\"", "\"high\" or \"low\"", "closed = \"low\""),
        ("[policy]", "[policy]\nreminder_hours = [48, 24]", "write [24, 48]", "[policy]\nreminder_hours = [24, 48]"),
        ("[policy]", "[policy]\nhotline = \"1\"", "move it to [promise]", "[promise]\nhotline = \"1\"\n[policy]"),
        (
            "[policy]",
            "[simulation]\nstart = \"noon\"\n[policy]",
            "write start = \"2026-05-12 07:55\"",
            "[simulation]\nstart = \"2026-05-12 07:55\"\n[policy]"
        ),
        ("[policy]", "[policy]\nfiled_area = [\"x\"]", "2 to 12 digits of a 区划代码", "[policy]\nfiled_area = [\"14\"]"),
        ("name = \"A01\"", "name = \"A 1\"", "as A01", "name = \"A01\""),
        ("chilled = false", "chilled = \"no\"", "write true or false", "chilled = true"),
        ("[\"deposit\", \"pickup\", \"outbound\"]", "\"pickup\"", "write [\"…\", \"…\"]", "[\"pickup\", \"deposit\"]"),
    ]

    @Test("each in its place", arguments: rows)
    func snippets(_ row: Row) throws {
        let fault = try #require(try Root(Example.replacing(row.old, row.bad)).fault())
        #expect(fault.mend.contains(row.hint), "\(fault)")
        let left = try Root(Example.replacing(row.old, row.good)).fault()
        #expect(left == nil, "\(left?.description ?? "")")
    }

    @Test(
        "of a list of words, every one",
        arguments: [
            ("kind = \"locker\"", "kind"), ("driver = \"gpiod\"", "driver"), ("size = \"M\"", "size"),
            ("reach = \"mid\"", "reach"), ("bias = \"pull-up\"", "bias"), ("covers = [\"deposit\", ", "covers"),
            ("hold_hours = 72", "default_size"), ("hold_hours = 72", "without_consent"),
        ]
    )
    func words(_ row: (old: String, key: String)) throws {
        func text(_ word: String) -> String {
            Example.replacing(row.old, row.key == "covers" ? "covers = [\"\(word)\", " : "\(row.key) = \"\(word)\"")
        }
        let fault = try #require(try Root(text("nothing")).fault())
        let words = fault.mend.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
        #expect(words.count > 1)
        for word in words {
            let left = try Root(text(word)).fault()
            #expect(left == nil, "\(word): \(left?.description ?? "")")
        }
    }

    @Test("the scanner that the warning of a missing keypad describes ends it")
    func keypad() throws {
        let warning = try #require(try Root().load().warnings.first)
        #expect(warning.contains("[[scanner]]") && warning.contains("match = { usb = \"…\" }"))
        #expect(warning.hasSuffix("role = \"keypad\""))
        let keypad = "[[scanner]]\nmatch = { usb = \"062a:4101\" }\nrole = \"keypad\"\n[policy]"
        #expect(try Root(Example.replacing("[policy]", keypad)).load().warnings.isEmpty)
    }

    @Test("a wrong name of a profile is answered by the names that are there, and each is taken")
    func profiles() throws {
        let root = try Root(Profile.station.replacing("test-12", "orange"))
        try root.write(Profile.text, root.path + "/usr/share/villagelocker/boards/test-12.toml")
        try root.write(Profile.text, root.path + "/usr/share/villagelocker/boards/test-13.toml")
        let mend = root.fault()?.mend ?? ""
        #expect(mend.hasPrefix("write one of "))
        for name in ["test-12", "test-13"] {
            #expect(mend.contains("\"\(name)\""))
            try root.write(Profile.station.replacing("test-12", name), root.places.station)
            #expect(root.fault() == nil)
        }
        #expect(try Root(Profile.station.replacing("test-12", "orange")).fault()?.mend != "")
    }
}
