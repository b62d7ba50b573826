import LockerDomain
import StationBooks
import StationConfiguration
import Testing

@Suite("Policy, tariff and promise")
struct PolicyTests {
    private static let tariff = """
        [[policy.tariff]]
        name = "超期保管"
        period_hours = 24
        fen = 50
        fen_max = 300

        """

    @Test("every key of the policy arrives")
    func whole() throws {
        let text = """
            chilled_hold_hours = 12
            reminder_hours = [8, 24, 60]
            without_consent = "flag"
            asks_last_four = true
            checklist_needs_card = true
            camera_gate = false
            public_welfare = false
            filed_area = ["140522", "140524102"]
            drop_off = false
            default_size = "L"
            real_name_issuers = ["AYD", "1405"]
            real_name_characters = 12

            """
        let settings = try Root(Example.text + text + Self.tariff).load().settings
        var wanted = Policy()
        wanted.holdHours = 72
        wanted.chilledHoldHours = 12
        wanted.reminderHours = [8, 24, 60]
        wanted.withoutConsent = .flag
        wanted.asksLastFour = true
        wanted.checklistNeedsCard = true
        wanted.cameraGate = false
        wanted.publicWelfare = false
        wanted.filedArea = ["140522", "140524102"]
        wanted.dropOff = false
        wanted.realName.issuers = ["AYD", "1405"]
        wanted.realName.charactersMin = 12
        wanted.tariff = TariffLine(name: "超期保管", periodHours: 24, fen: 50, fenMax: 300)
        #expect(settings.policy == wanted)
        #expect(settings.defaultSize == .large)
    }

    @Test("what is left out has the defaults of the domain")
    func defaults() throws {
        let settings = try Root(Example.replacing("[policy]\nhold_hours = 72\n", "")).load().settings
        #expect(settings.policy == Policy())
        #expect(settings.promise == PublicPromise())
    }

    @Test("[[tariff]] of the whole file is the same line, and a later one takes the place of an earlier one")
    func tariffPlaces() throws {
        let line = Self.tariff.replacing("policy.tariff", "tariff")
        let root = try Root(Example.text + "public_welfare = false\n" + line)
        #expect(try root.load().settings.policy.tariff?.name == "超期保管")
        try root.write(Self.tariff.replacing("超期保管", "冷藏"), root.places.overlays + "/10-a.toml")
        #expect(try root.load().settings.policy.tariff?.name == "冷藏")
        try root.write("[policy]\ntariff = []\npublic_welfare = true\n", root.places.county)
        #expect(try root.load().settings.policy.tariff == nil)
    }

    @Test(
        "a second line of the tariff is a fault at that line, since it would never count",
        arguments: ["policy.", ""]
    )
    func secondLine(table: String) throws {
        let lines = Self.tariff + Self.tariff.replacing("]]", "]] # two").replacing("超期保管", "大件")
        let text = Example.text + "public_welfare = false\n" + lines.replacing("policy.", table)
        let fault = try #require(try Root(text).fault())
        #expect(fault.line == Example.line(of: "# two", in: text), "\(fault)")
        #expect(fault.cause.contains("only one counts"))
        #expect(fault.mend == "keep one of them")
    }

    @Test("a tariff in public welfare is a fault at the tariff, whichever file said so")
    func publicWelfare() throws {
        let text = Example.text + Self.tariff
        let root = try Root(text)
        let fault = try #require(root.fault())
        #expect(fault.line == Example.line(of: "[[policy.tariff]]", in: text))
        #expect(fault.cause.contains("public_welfare = true"))
        #expect(fault.mend.contains("public_welfare = false"))
        let open = try Root(Example.text + "public_welfare = false\n")
        #expect(open.fault() == nil)
        try open.write("[policy]\npublic_welfare = true\n" + Self.tariff, open.places.county)
        #expect(open.fault()?.file == open.places.county)
        #expect(open.fault()?.line == 3)
    }

    @Test("the county may set the tariff inside [policy] only")
    func countyTariff() throws {
        let root = try Root(Example.text + "public_welfare = false\n")
        try root.write(Self.tariff, root.places.county)
        #expect(try root.load().settings.policy.tariff != nil)
        try root.write(Self.tariff.replacing("policy.", ""), root.places.county)
        #expect(root.fault()?.cause == "the county may set [policy] only, not tariff")
        try root.write("[policy]\nhold_hours = 9\n[promise]\nhotline = \"1\"\n", root.places.county)
        #expect(root.fault()?.cause == "the county may set [policy] only, not promise")
        #expect(root.fault()?.line == 3)
    }

    /// Lines behind `[policy]`, a piece of the line that must be named, words of the cause.
    static let faults = [
        ("reminder_hours = [48, 24]", "reminder_hours", "does not rise"),
        ("reminder_hours = [24, 24]", "reminder_hours", "does not rise"),
        ("reminder_hours = 24", "reminder_hours", "is no list"),
        ("reminder_hours = [\"24\"]", "reminder_hours", "whole numbers from 1 to 720"),
        ("without_consent = \"ask\"", "without_consent", "is not known"),
        ("camera_gate = \"no\"", "camera_gate", "is a text"),
        ("filed_area = [\"阳城\"]", "filed_area", "holds \"阳城\""),
        ("filed_area = [\"1405221022060\"]", "filed_area", "holds \"1405221022060\""),
        ("filed_area = [140522]", "filed_area", "holds no text"),
        ("hotline = \"12305\"", "hotline", "hotline stands in [policy]"),
        ("chilled_hold_hours = 721", "chilled_hold_hours", "from 1 to 720"),
        ("[[policy.tariff]] # one\nname = \"a\"\nperiod_hours = 24\nfen = 50\n", "# one", "has no fen_max"),
        (Self.line("fen = 60", "fen = 0 # bad"), "# bad", "fen is not a whole number from 1"),
        (Self.line("fen_max = 90", "fen_max = 59 # bad"), "# bad", "fen_max is below fen"),
        (Self.line("fen = 60", "fen = 60\nyuan = 1 # bad"), "# bad", "unknown key yuan"),
        ("[promise]\nhours = \"all\\nday\"", "\"all", "hours is no line of 40"),
        ("[promise]\nphone = 13812345678", "phone", "phone is a whole number"),
        ("[promise]\nfiling = \"1\"", "filing", "unknown key filing"),
    ]

    /// A line of a tariff, changed.
    private static func line(_ old: String, _ new: String) -> String {
        "[[policy.tariff]]\nname = \"a\"\nperiod_hours = 24\nfen = 60\nfen_max = 90\n".replacing(old, new)
    }

    @Test("each fault names its line, the cause and the mend", arguments: faults)
    func fault(_ row: (text: String, at: String, cause: String)) throws {
        let text = Example.text + row.text + "\n"
        let fault = try #require(try Root(text).fault())
        #expect(fault.line == Example.line(of: row.at, in: text), "\(fault)")
        #expect(fault.cause.contains(row.cause), "\(fault)")
        #expect(!fault.mend.isEmpty)
    }

    @Test("both places of the tariff in one file are a fault")
    func bothTariffs() throws {
        let line = Self.tariff.replacing("policy.", "")
        let fault = try Root(Example.text + "public_welfare = false\n" + Self.tariff + line).fault()
        #expect(fault?.cause == "[[policy.tariff]] and [[tariff]] in one file")
    }

    @Test("the promise arrives, each text by itself")
    func promise() throws {
        let text = """
            [promise]
            hours = "08:00-20:00"
            phone = "0356-4220000"
            filing_number = "晋阳城末端备2026-0231"

            """
        let root = try Root(Example.text + text)
        try root.write("[promise]\nhotline = \"12345\"\n", root.places.overlays + "/10-a.toml")
        #expect(
            try root.load().settings.promise
                == PublicPromise(
                    hours: "08:00-20:00",
                    phone: "0356-4220000",
                    filingNumber: "晋阳城末端备2026-0231",
                    hotline: "12345"
                )
        )
    }

    @Test("a camera that covers nothing is told apart from one that says nothing")
    func coverage() throws {
        let second = "[[camera]]\nname = \"yard\"\nurl = \"rtsp://x/1\"\ncovers = []\n"
        let third = "[[camera]]\nname = \"back\"\nurl = \"rtsp://x/2\"\n"
        let settings = try Root(Example.text + second + third).load().settings
        #expect(settings.cameras == ["front", "yard", "back"])
        #expect(settings.coverage == ["front": [.deposit, .pickup, .outbound], "yard": []])
    }

    @Test("a village outside the filed area is warned of, with the line")
    func area() throws {
        let keypad = "[[scanner]]\nmatch = { port = \"1-1.3\" }\nrole = \"keypad\"\n"
        let inside = try Root(Example.text + "filed_area = [\"140522\"]\n" + keypad).load()
        #expect(inside.warnings.isEmpty)
        let text = Example.text + "filed_area = [\"140524\"]\n" + keypad
        let warning = try #require(try Root(text).load().warnings.first)
        #expect(warning.contains("village 140522102206 is outside filed_area"))
        #expect(warning.contains(":\(Example.line(of: "filed_area", in: text) ?? 0):"))
    }
}
