import Foundation
import StationConfiguration
import Testing

@Suite("What is wrong with a configuration")
struct FaultTests {
    /// One change of the example, the text whose line must be named, and words of cause and mend.
    struct Case: Sendable, CustomTestStringConvertible {
        var old: String
        var new: String
        /// A piece of the line that must be named.
        var at: String
        var cause: String
        var mend: String

        init(_ old: String, _ new: String, at: String, _ cause: String, _ mend: String) {
            (self.old, self.new, self.at, self.cause, self.mend) = (old, new, at, cause, mend)
        }

        var testDescription: String { cause }
    }

    static let cases = [
        Case(
            "id = \"yc-beiliu-0231\"",
            "id = yc beiliu",
            at: "id = yc beiliu",
            "Error while parsing",
            "correct this line"
        ),
        Case("[county]", "[county", at: "[county", "Error while parsing", "correct this line"),
        Case("village", "id = \"twice\"\nvillage", at: "id = \"twice\"", "cannot redefine", "correct this line"),
        Case("[county]", "[county]\n[county]", at: "[county]", "cannot redefine", "correct this line"),
        Case("\"yc-beiliu-0231\"", "\"YC 0231\"", at: "YC 0231", "id holds other than", "yc-beiliu-0231"),
        Case("\"yc-beiliu-0231\"", "231", at: "id = 231", "id is a whole number", "a text in quotes"),
        Case("\"locker\"  ", "\"box\"", at: "box", "kind = \"box\" is not known", "\"locker\", \"terminal\", \"both\""),
        Case("\"Asia/Shanghai\"", "\"UTC\"", at: "UTC", "days are Asia/Shanghai days", "timezone ="),
        Case(
            "\"https://county.example.cn/locker\"",
            "\"ftp://x\"",
            at: "ftp",
            "no http:// or https://",
            "write https://"
        ),
        Case("\"gpiod\"  ", "\"gpio\"", at: "\"gpio\"", "driver = \"gpio\" is not known", "\"gpiod\", \"simulated\""),
        Case("village =", "vilage =", at: "vilage", "unknown key vilage", "village"),
        Case("url = \"https", "uri = \"https", at: "uri =", "unknown key uri", "known here: ca, url"),
        Case("driver =", "drivers =", at: "drivers", "unknown key drivers", "driver"),
        Case("reach =", "height =", at: "height", "unknown key height", "reach"),
        Case("places = 40", "places = 40\ndepth = 3", at: "depth", "unknown key depth", "places"),
        Case("role = \"scanner\"", "rule = \"scanner\"", at: "rule", "unknown key rule", "role"),
        Case("buzzer =", "bell =", at: "bell", "unknown key bell", "buzzer"),
        Case("covers =", "covering =", at: "covering", "unknown key covering", "covers"),
        Case("hold_hours", "hold_days", at: "hold_days", "unknown key hold_days", "hold_hours"),
        Case("[policy]", "[policies]", at: "[policies]", "unknown key policies", "policy"),
        Case("active_low = false", "inverted = false", at: "inverted", "unknown key inverted", "active_low"),
        Case("bias = \"pull-up\"", "pull = \"up\"", at: "pull = \"up\"", "unknown key pull", "bias"),
        Case("usb = \"05f9:2214\"", "usb = \"05f9:2214\", vid = 3", at: "vid", "unknown key vid", "serial"),
        Case("size = \"M\"  ", "size = \"HUGE\"", at: "HUGE", "size = \"HUGE\" is not known", "\"XL\""),
        Case("size = \"M\"  ", "# ", at: "[[door]]", "has no size", "add size"),
        Case("name = \"A01\"", "# ", at: "[[door]]", "has no name", "add name"),
        Case("chilled = false", "chilled = \"no\"", at: "chilled = \"no\"", "chilled is a text", "true or false"),
        Case("line = 3,", "line = \"3\",", at: "line = \"3\"", "line is not a whole number from 0", "correct it"),
        Case("line = 3,", "line = 3000,", at: "line = 3000", "from 0 to 1023", "correct it"),
        Case(
            "line = 3,",
            "line = 3, name = \"X\",",
            at: "name = \"X\"",
            "chip and line, or a name, not both",
            "{ chip"
        ),
        Case("line = 3, ", "", at: "lock = { chip", "chip and line, or a name", "{ chip"),
        Case("closed = \"high\"", "closed = \"up\"", at: "closed = \"up\"", "closed = \"up\" is not known", "\"low\""),
        Case("bias = \"pull-up\"", "bias = \"up\"", at: "bias = \"up\"", "bias = \"up\" is not known", "\"pull-down\""),
        Case("lock = {", "lock = 7 # {", at: "lock = 7", "lock is a whole number", "lock = {"),
        Case("lock = {", "# lock = {", at: "[[door]]", "door A01 has no lock", "add lock ="),
        Case("line = 19", "line = 3", at: "sensor = {", "also used by door A01 lock", "correct one"),
        Case("line = 30 }", "line = 19 }", at: "green =", "also used by door A01 sensor", "correct one"),
        Case("line = 31 }", "line = 30 }", at: "red =", "also used by signals green", "correct one"),
        Case("[[shelf]]", Self.secondDoor + "[[shelf]]", at: "second", "door A01 stands twice", "its own name"),
        Case(
            "hold_hours = 72",
            "real_name_issuers = [\"sm\"]",
            at: "real_name_issuers",
            "names of 2 to 12 capitals and digits",
            "[\"SM\"]"
        ),
        Case(
            "hold_hours = 72",
            "real_name_characters = 4",
            at: "real_name",
            "a whole number from 6 to 52",
            "correct it"
        ),
        Case("places = 40", "places = 0", at: "places = 0", "from 1 to 500", "correct it"),
        Case(
            "places = 40",
            "places = 4\n[[shelf]]\nname = \"S1\" # again\nplaces = 2",
            at: "again",
            "shelf S1 stands twice",
            "own name"
        ),
        Case(
            "[policy]",
            "[[camera]]\nname = \"front\" # again\nurl = \"rtsp://x\"\n[policy]",
            at: "again",
            "camera front stands twice",
            "own name"
        ),
        Case("\"rtsp://192", "\"http://192", at: "http://192", "no rtsp:// address", "write rtsp://"),
        Case("\"rtsp://192", "\"rtsp://test/@:abc@192", at: "test/@", "where its password ends", "%2F"),
        Case("\"rtsp://192", "\"rtsp://test:a?bc@192", at: "a?bc", "where its password ends", "%3F"),
        Case("\"rtsp://192", "\"rtsp://test:a#bc@192", at: "a#bc", "where its password ends", "%23"),
        Case("\"rtsp://192", "\"rtsp://test:100%@192", at: "100%", "a % without two hex digits", "%25"),
        Case("https://county", "https://user:secret@county", at: "secret@", "holds a user or password", "take it out"),
        Case("cn/locker", "cn/locker?key=secret", at: "?key", "url holds a ?", "without a query"),
        Case("[\"deposit\", \"pickup\", \"outbound\"]", "\"all\"", at: "covers = \"all\"", "covers is no list", "[\""),
        Case("role = \"scanner\"  ", "role = \"reader\"", at: "reader", "role = \"reader\" is not known", "\"keypad\""),
        Case(
            "usb = \"05f9:2214\"",
            "usb = \"05f9:2214\", port = \"1\"",
            at: "match",
            "exactly one of usb, port, serial",
            "keep one"
        ),
        Case("role = \"scanner\"  ", "prefix = \"\" #", at: "prefix", "prefix is not 1 to 16 characters", "\"~\""),
        Case("role = \"scanner\"  ", "prefix = \"笔\" #", at: "prefix", "that a keyboard types", "the scanner sends"),
        Case("role = \"scanner\"  ", "suffix = \"~\\n\" #", at: "suffix", "which end a scan by themselves", "leave"),
        Case(
            "role = \"scanner\"  ",
            "role = \"keypad\"\nsuffix = \"#\" #",
            at: "suffix",
            "people type no suffix",
            "role = \"scanner\""
        ),
        Case("match = { usb = \"05f9:2214\" }", "", at: "[[scanner]]", "has no match", "add match"),
        Case("hold_hours = 72", "hold_hours = 72.5", at: "72.5", "hold_hours is not a whole number", "correct it"),
        Case("hold_hours = 72", "hold_hours = 0", at: "hold_hours = 0", "from 1 to 720", "correct it"),
        Case("[\"deposit\", ", "[\"inside\", ", at: "inside", "covers = \"inside\" is not known", "\"outbound\""),
        Case("\"140522102206\"", "\"北留村\"", at: "北留村", "区划代码 of twelve digits", "county's list"),
        Case("[[door]]", "[door]", at: "[door]", "[door] stands once", "write [[door]]"),
        Case("[board]", "[[board]]", at: "[[board]]", "board is a list", "board"),
        Case("name = \"A01\"", "name = \"A\\n01\"", at: "name = \"A\\n01\"", "name", "letters"),
        Case(
            "[[shelf]]",
            Self.secondDoor.replacing("A01", "a01") + "[[shelf]]",
            at: "second",
            "door a01 stands twice",
            "its own name"
        ),
        Case("[[door]]", "[[[door]]]", at: "[[[door]]]", "a [ without the name", "[[name]]"),
        Case("\"pickup\", ", "}", at: "covers", "a } where ] must come first", "add the ]"),
        Case("[policy]", "[=policy]", at: "[=policy]", "a [ without the name", "[name]"),
        Case("name = \"front\"", "name = \"\"", at: "name = \"\"", "name", "letters"),
    ]

    private static let secondDoor =
        "[[door]]\nlock = { name = \"L9\" }\nname = \"A01\" # second\nchilled = false\nsize = \"S\"\n"

    @Test("each fault names the file, the right line, the cause and the mend", arguments: cases)
    func fault(_ row: Case) throws {
        let text = Example.replacing(row.old, row.new)
        let root = try Root(text)
        let fault = try #require(root.fault())
        #expect(fault.file == root.places.station)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let named = fault.line.map { $0 <= lines.count ? String(lines[$0 - 1]) : "no such line" } ?? "no line"
        #expect(named.contains(row.at), "line \(fault.line ?? 0) is: \(named)")
        #expect(fault.cause.contains(row.cause), "\(fault)")
        #expect((fault.mend + fault.cause).contains(row.mend), "\(fault)")
        #expect(fault.description.hasPrefix("\(fault.file):\(fault.line ?? 0): "))
        #expect(!fault.description.contains("\n"))
    }

    @Test("what the file as a whole lacks is named with the file")
    func lacking() throws {
        let rows: [(old: String, cause: String, mend: String)] = [
            ("id = \"yc-beiliu-0231\"", "[station] has no id", "add id"),
            ("url = \"https://county.example.cn/locker\"", "[county] has no url", "add url"),
            ("driver = \"gpiod\"", "[board] has no driver", "add driver"),
        ]
        for row in rows {
            let root = try Root(Example.replacing(row.old, "#"))
            #expect(root.fault()?.file == root.places.station)
            #expect(root.fault()?.cause == row.cause)
            #expect(root.fault()?.mend.contains(row.mend) == true)
        }
    }

    @Test("a file that is missing, is not UTF-8, is too large or is a folder is named")
    func files() throws {
        let missing = try Root(nil)
        #expect(missing.fault()?.file == missing.places.station)
        #expect(missing.fault()?.cause == "the file is missing (没有这个文件)")
        #expect(missing.fault()?.mend.contains("example") == true)
        let binary = try Root()
        try binary.write(Data([0x5B, 0xFF, 0xFE, 0x5D]), binary.places.overlays + "/10-x.toml")
        #expect(binary.fault()?.file.hasSuffix("10-x.toml") == true)
        #expect(binary.fault()?.cause == "the file is not UTF-8 text (文件不是 UTF-8 编码)")
        let large = try Root(Example.text + String(repeating: "# padding\n", count: 220_000))
        #expect(large.fault()?.cause == "the file is larger than 1 MiB (文件太大)")
        let folder = try Root(nil)
        try folder.write("", folder.places.station + "/inside")
        #expect(folder.fault()?.cause == "the file cannot be read (不能读取)")
        #expect(folder.fault()?.mend.contains("is it a folder") == true)
    }

    @Test("a key or a section of a later version says so, in two languages", arguments: ["[backup2]", "later = 1"])
    func laterVersion(_ line: String) throws {
        let root = try Root(Example.text)
        try root.write("[station]\nkind = \"locker\"\n\(line)\n", root.places.overlays + "/90-later.toml")
        let fault = try #require(root.fault())
        #expect(fault.line == 3)
        #expect(fault.cause.hasPrefix("unknown key "))
        #expect(fault.mend.contains("install the later version that knows it"), "\(fault)")
        #expect(fault.mend.contains("更新的版本"), "\(fault)")
        #expect(fault.mend.contains("known here: "), "\(fault)")
    }

    @Test(
        "the county may set policy only, and policy is checked like any other",
        arguments: ["station", "board", "county"]
    )
    func county(_ table: String) throws {
        let root = try Root()
        try root.write("[policy]\nhold_hours = 24\n[\(table)]\nid = \"yc-evil\"\n", root.places.county)
        let fault = root.fault()
        #expect(fault?.file == root.places.county)
        #expect(fault?.line == 3)
        #expect(fault?.cause == "the county may set [policy] only, not \(table)")
        try root.write("[policy]\nhold_hours = 24\nhold_days = 1\n", root.places.county)
        #expect(root.fault()?.file == root.places.county)
        #expect(root.fault()?.line == 3)
    }

    @Test("a fault of an overlay names the overlay")
    func overlay() throws {
        let root = try Root()
        try root.write("# learnt\n\n[[scanner]]\nmatch = { usb = 5 }\n", root.places.overlays + "/50-x.toml")
        #expect(root.fault()?.file.hasSuffix("50-x.toml") == true)
        #expect(root.fault()?.line == 4)
    }

    @Test(
        "a profile beside doors, a profile that is not there and one outside its folder are faults at the profile's line"
    )
    func profile() throws {
        let doors = "[[door]]\nname = \"A01\"\nsize = \"S\"\nlock = { name = \"L\" }\n"
        let both = try Root(Profile.station + doors)
        #expect(both.fault()?.cause == "a board profile and [[door]] blocks (电路板配置与 [[door]] 不能并存)")
        #expect(both.fault()?.line == 7)
        for name in ["test-12", "../test-12", ""] {
            let root = try Root(Profile.station.replacing("test-12", name))
            #expect(root.fault()?.cause.hasPrefix("no board profile \(name)") == true)
            #expect(root.fault()?.line == 7)
        }
    }

    @Test("a profile named by an overlay is blamed there, a fault inside a profile in the profile")
    func profileElsewhere() throws {
        let root = try Root(Profile.station.replacing("profile = \"test-12\"", ""))
        let overlay = root.places.overlays + "/10-board.toml"
        try root.write("# board\n[board]\nprofile = \"missing\"\n", overlay)
        #expect(root.fault()?.file == overlay)
        #expect(root.fault()?.line == 3)
        let broken = try Root(Profile.station)
        let path = broken.path + "/usr/share/villagelocker/boards/test-12.toml"
        try broken.write(Profile.text.replacing("name = \"S1\"", "name = \"L1\""), path)
        #expect(broken.fault()?.file == path)
        #expect(broken.fault()?.line == 5)
        #expect(broken.fault()?.cause.contains("also used by door B01 lock") == true)
    }

    @Test("signals of a terminal without doors are checked too")
    func signals() throws {
        let text =
            "[station]\nid = \"yc-1\"\nkind = \"terminal\"\n[county]\nurl = \"http://a\"\n[board]\ndriver = \"gpiod\"\n"
            + "[signals]\ngreen = { name = \"X\" }\nred = { name = \"X\" }\n"
        #expect(try Root(text).fault()?.line == 10)
    }

    @Test("too many doors are told")
    func tooMany() throws {
        let doors = (0..<300).map { "[[door]]\nname = \"D\($0)\"\nsize = \"S\"\nlock = { name = \"L\($0)\" }\n" }
            .joined()
        #expect(try Root(Example.text + doors).fault()?.cause == "more than 256 doors")
    }
}
