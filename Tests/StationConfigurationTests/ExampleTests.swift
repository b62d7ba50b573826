import LockerDomain
import StationBooks
import StationConfiguration
import StationPorts
import Testing

@Suite("A whole configuration")
struct ExampleTests {
    @Test("the example of the design loads with everything in it")
    func example() throws {
        let configuration = try Root().load()
        let settings = configuration.settings
        #expect(settings.id == "yc-beiliu-0231")
        #expect(configuration.kind == .locker)
        #expect(settings.village == "140522102206")
        #expect(configuration.county == "https://county.example.cn/locker")
        #expect(configuration.driver == .gpiod)
        #expect(settings.doors == [DoorSettings(name: "A01", size: .medium)])
        let door = try #require(configuration.doors.first)
        #expect(door.lock?.text == "gpio-sim.0-node0 line 3")
        #expect(door.lock?.activeLow == false)
        #expect(door.sensor?.line.line == 19)
        #expect(door.sensor?.closedIsHigh == true)
        #expect(door.sensor?.bias == .pullUp)
        #expect(settings.shelfPlaces.count == 40)
        #expect(settings.shelfPlaces.first == "S1-01")
        #expect(settings.shelfPlaces.last == "S1-40")
        #expect(configuration.scanners.map(\.usb) == ["05f9:2214"])
        #expect(configuration.scanners.map(\.role) == [.scanner])
        #expect(configuration.signals.green?.line == 30)
        #expect(configuration.signals.red?.line == 31)
        #expect(configuration.signals.buzzer?.name == "BUZZER")
        #expect(
            configuration.cameras == [
                CameraSettings(
                    name: "front",
                    url: try NetworkURL(camera: "rtsp://192.168.1.64:554/Streaming/Channels/101")
                )
            ]
        )
        #expect(settings.cameras == ["front"])
        #expect(settings.coverage == ["front": [.deposit, .pickup, .outbound]])
        #expect(settings.policy.holdHours == 72)
        #expect(settings.promise == PublicPromise())
        #expect(configuration.warnings.count == 1, "the example has no keypad")
    }

    @Test("a locker without a keypad warns, with one it does not, a terminal needs none")
    func keypad() throws {
        let warning = try #require(try Root().load().warnings.first)
        #expect(warning.contains("a locker without a keypad"))
        #expect(warning.contains("role = \"keypad\""))
        #expect(warning.contains("station.toml"))
        let keypad = Example.text + "[[scanner]]\nmatch = { port = \"1-1.3\" }\nrole = \"keypad\"\n"
        #expect(try Root(keypad).load().warnings.isEmpty)
        #expect(try Root(Example.replacing("\"locker\"  ", "\"terminal\"")).load().warnings.isEmpty)
    }

    @Test("what the set-up codes of a scanner add is its own, and warned of when it may be part of a number")
    func affixes() throws {
        let role = "role = \"scanner\"  "
        let plain = try Root(Example.replacing(role, "prefix = \"\\u0002\"\nsuffix = \"~#\" #")).load()
        #expect(plain.scanners.map(\.prefix) == ["\u{2}"] && plain.scanners.map(\.suffix) == ["~#"])
        #expect(plain.warnings.count == 1)
        let doubtful = try Root(Example.replacing(role, "prefix = \"S-1\" #")).load()
        let warning = try #require(doubtful.warnings.first)
        #expect(warning.contains("prefix = \"S-1\" may be part of a number") && warning.contains("station.toml:"))
    }

    @Test("a terminal needs no doors, a locker does")
    func doors() throws {
        let bare =
            "[station]\nid = \"yc-1\"\nkind = \"terminal\"\n[county]\nurl = \"http://a/\"\n[board]\ndriver = \"gpiod\"\n"
        let terminal = try Root(bare).load()
        #expect(terminal.doors.isEmpty)
        #expect(terminal.county == "http://a")
        let fault = try Root(bare.replacing("terminal", "both")).fault()
        #expect(fault?.cause == "a locker without doors")
        #expect(fault?.mend.contains("[[door]]") == true)
    }

    @Test("later files win: overlays in the order of their names, then the county's policy")
    func overlays() throws {
        let root = try Root()
        try root.write("[policy]\nhold_hours = 10\n", root.places.overlays + "/20-b.toml")
        let overlay = "[policy]\nhold_hours = 9\n[promise]\nhotline = \"12345\"\n"
        try root.write(overlay, root.places.overlays + "/10-a.toml")
        try root.write("[policy]\nhold_hours = 8\n", root.places.overlays + "/30-c.toml.bak")
        #expect(try root.load().settings.policy.holdHours == 10)
        #expect(try root.load().settings.promise.hotline == "12345")
        try root.write("[policy]\nhold_hours = 24\n", root.places.county)
        #expect(try root.load().settings.policy.holdHours == 24)
        #expect(try root.load().settings.promise.hotline == "12345")
    }

    @Test("a bad file of the county is left out as a whole, and said; what the technician wrote counts")
    func badCounty() throws {
        let root = try Root()
        try root.write("[policy]\nhold_hours = 24\nhold_days = 1\n", root.places.county)
        let configuration = try root.load()
        #expect(configuration.policyFault?.file == root.places.county)
        #expect(configuration.policyFault?.line == 3)
        #expect(configuration.settings.policy.holdHours == 72)
        try root.write("[policy]\nhold_hours = 24\n", root.places.county)
        #expect(try root.load().policyFault == nil)
        #expect(try root.load().settings.policy.holdHours == 24)
    }

    @Test("the county's own authorities are named by an absolute path")
    func authorities() throws {
        #expect(try Root().load().countyAuthorities == nil)
        let own = try Root(Example.replacing("[county]", "[county]\nca = \"/etc/lockerd/county-ca.pem\""))
        #expect(try own.load().countyAuthorities == "/etc/lockerd/county-ca.pem")
        let text = Example.replacing("[county]", "[county]\nca = \"county-ca.pem\"")
        let fault = try #require(try Root(text).fault())
        #expect(fault.cause == "ca is no absolute path (不是绝对路径)")
        #expect(fault.line == Example.line(of: "county-ca.pem", in: text))
    }

    @Test("an overlay's list replaces the list before it, as learn writes it")
    func learned() throws {
        let root = try Root()
        let learned =
            "[[scanner]]\nmatch = { port = \"1-1.2\" }\nrole = \"keypad\"\n[[scanner]]\nmatch = { serial = \"SN1\" }\n"
        try root.write(learned, root.places.overlays + "/50-scanners.toml")
        let scanners = try root.load().scanners
        #expect(scanners.map(\.port) == ["1-1.2", nil])
        #expect(scanners.map(\.serial) == [nil, "SN1"])
        #expect(scanners.map(\.role) == [.keypad, .scanner])
    }

    @Test("a simulated board may be told in a later file, and its doors have sensors all the same")
    func simulatedLater() throws {
        let doors = "[station]\nid = \"yc-1\"\n[county]\nurl = \"http://a\"\n[[door]]\nname = \"A01\"\nsize = \"S\"\n"
        let root = try Root(doors)
        try root.write("[board]\ndriver = \"simulated\"\n", root.places.overlays + "/10-board.toml")
        #expect(try root.load().settings.doors.map(\.hasSensor) == [true])
    }

    @Test("a board profile brings the doors and their wires")
    func profile() throws {
        let root = try Root(Profile.station)
        try root.write(Profile.text, root.path + "/usr/share/villagelocker/boards/test-12.toml")
        let configuration = try root.load()
        #expect(configuration.doors.map(\.settings.name) == ["B01", "B02"])
        #expect(configuration.doors[1].settings.hasSensor == false)
        #expect(configuration.signals.green?.name == "GREEN")
    }

    @Test("texts with quotes, brackets and comment signs in them, and lists over many lines, are no fault")
    func oddTexts() throws {
        let list = #"""
            [ # a [ in a comment
              "deposit", # }
              'pickup' ,
              """outbound""",
            ]
            """#
        let tail = #"""
            [ "simulation" ] # [
            "script" = '''12'
            }[='''
            speed = 2

            """#
        let text = Example.replacing("[\"deposit\", \"pickup\", \"outbound\"]", list) + tail
        let configuration = try Root(text).load()
        #expect(configuration.settings.coverage["front"]?.count == 3)
        #expect(configuration.simulation.script == "12'\n}[=")
        #expect(configuration.simulation.speed == 2)
    }

    @Test("a list of odd texts reaches its reader, which does not know them")
    func oddList() throws {
        let list = #"""
            [ # a [ in a comment
              "dep}osit", # }
              'pick]up\',
              """out"b}ound
            [=]""""", "\"}",
            ]
            """#
        let fault = try Root(Example.replacing("[\"deposit\", \"pickup\", \"outbound\"]", list)).fault()
        #expect(fault?.cause == "covers = \"dep}osit\" is not known")
        #expect(fault?.line == Example.line(of: "covers"))
    }

    @Test("a simulation has its own table")
    func simulation() throws {
        let text =
            Example.replacing("\"gpiod\"  ", "\"simulated\"")
            + "[simulation]\nstart = \"2026-05-12 07:55\"\nspeed = 60\nscript = \"day.txt\"\nshut_seconds = 3\nclock = \"rtc\"\n"
        let simulation = try Root(text).load().simulation
        #expect(simulation.start == 1_778_543_700_000)
        #expect(simulation.speed == 60)
        #expect(simulation.script == "day.txt")
        #expect(simulation.shutSeconds == 3)
        #expect(simulation.clock == .rtc)
    }
}

enum Profile {
    static let station = """
        [station]
        id = "yc-1"
        [county]
        url = "https://county.example.cn"
        [board]
        driver = "gpiod"
        profile = "test-12"

        """
    static let text = """
        [[door]]
        name = "B01"
        size = "S"
        lock = { name = "L1" }
        sensor = { name = "S1", closed = "low", bias = "pull-down" }
        [[door]]
        name = "B02"
        size = "XL"
        lock = { name = "L2" }
        [signals]
        green = { name = "GREEN" }

        """
}

extension String {
    func replacing(_ old: String, _ new: String) -> String {
        split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
}
