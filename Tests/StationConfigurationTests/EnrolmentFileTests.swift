import Foundation
import LockerDomain
import StationBooks
import StationConfiguration
import Testing

@Suite("An enrolment file")
struct EnrolmentFileTests {
    private let root: Root

    init() throws { root = try Root() }

    private var path: String { root.path + "/enrol.toml" }

    private func read(_ text: String) throws -> EnrolmentFile {
        try root.write(text, path)
        return try EnrolmentFile(path: path)
    }

    @Test("becomes a file of station.d that loads, with its values as they stood")
    func overlay() throws {
        let file = try read(
            """
            token = "VLE1.yc-beiliu-0231.a.b"
            county = "https://other.example.cn/locker"
            ca = "/etc/lockerd/a \\"b\\" \\\\ c.pem"
            village = "140522102999"
            """
        )
        let overlay = file.overlay(station: "yc-beiliu-0231", over: nil)
        try root.write(overlay.text, root.places.enrolment)
        let configuration = try root.load()
        #expect(configuration.settings.village == "140522102999")
        #expect(configuration.county == "https://other.example.cn/locker")
        #expect(configuration.countyAuthorities == "/etc/lockerd/a \"b\" \\ c.pem")
        #expect(EnrolmentOverlay(path: root.places.enrolment) == overlay)
    }

    @Test("is tried before it is written: in its place among the overlays, and over the one that is there")
    func trial() throws {
        try root.write("[station]\nvillage = \"140522102001\"\n", "\(root.places.overlays)/05-first.toml")
        try root.write("[station]\noperator = \"last\"\n", "\(root.places.overlays)/90-last.toml")
        let overlay = EnrolmentOverlay(
            station: "yc-beiliu-0232",
            county: nil,
            authorities: nil,
            village: "140522102999",
            board: nil
        )
        let tried = try ConfigurationLoader.load(root.places, trying: overlay)
        #expect((tried.settings.id, tried.settings.village) == ("yc-beiliu-0232", "140522102999"))
        #expect(tried.settings.operatorName == "last")
        #expect(try root.load().settings.id == "yc-beiliu-0231")
        #expect(ConfigurationLoader.overlays(root.places) == ["05-first.toml", "90-last.toml"])

        try root.write(overlay.text, root.places.enrolment)
        var bad = overlay
        bad.village = "14"
        #expect(throws: ConfigurationFault.self) { try ConfigurationLoader.load(root.places, trying: bad) }
        #expect(EnrolmentOverlay(path: root.places.enrolment) == overlay)
    }

    @Test("keeps what an earlier one set")
    func keeps() throws {
        let first = try read("token = \"a\"\ncounty = \"https://a.example.cn\"\nboard = \"bench-12\"\n")
        let second = try read("token = \"b\"\nvillage = \"140522102999\"\n")
        let overlay = second.overlay(station: "s", over: first.overlay(station: "s", over: nil))
        #expect(overlay.county == "https://a.example.cn")
        #expect(overlay.board == "bench-12")
        #expect(overlay.village == "140522102999")
    }

    @Test(
        "a board with simulated doors says so, any other is driven",
        arguments: [("simulated-12", "simulated"), ("bench-12", "gpiod")]
    )
    func driver(_ board: String, _ driver: String) throws {
        let text = try read("token = \"a\"\nboard = \"\(board)\"\n").overlay(station: "s", over: nil).text
        #expect(text.contains("driver = \"\(driver)\"\nprofile = \"\(board)\""))
    }

    @Test(
        "with a typing error names the line and the fix",
        arguments: [
            ("county = \"https://a.example.cn\"\n", "token"),
            ("token = \"a\"\nconty = \"https://a.example.cn\"\n", "enrol.toml:2: unknown key conty"),
            ("token = \"a\"\ncounty = \"a.example.cn\"\n", "enrol.toml:2: county is no http"),
            ("token = \"a\nboard = \"b\"\n", "enrol.toml:1"),
            ("token = 5\n", "enrol.toml:1: token"),
            ("token = \"a\"\nboard = \"\"\n", "enrol.toml:2: board is not chosen"),
        ]
    )
    func typingError(_ text: String, _ words: String) throws {
        let fault = #expect(throws: ConfigurationFault.self) { try read(text) }
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
        #expect(fault?.cause.contains(/\p{Script=Han}/) == true && fault?.mend.contains(/\p{Script=Han}/) == true)
    }

    @Test(
        "whose value does not fit the station is named with its own line, not the overlay that is made of it",
        arguments: [
            ("token = \"a\"\nvillage = \"14\"\n", "enrol.toml:2: village is not"),
            ("# laptop\ntoken = \"a\"\n\nboard = \"raspbery\"\n", "enrol.toml:4: a board profile and"),
            ("ca = \"county.pem\"\ntoken = \"a\"\n", "enrol.toml:1: ca is no absolute path"),
        ]
    )
    func traced(_ text: String, _ words: String) throws {
        let file = try read(text)
        let overlay = file.overlay(station: "yc-beiliu-0231", over: nil)
        let fault = #expect(throws: ConfigurationFault.self) {
            try ConfigurationLoader.load(root.places, trying: overlay)
        }
        let traced = fault.map { file.traced($0, in: overlay, at: root.places.enrolment).description } ?? ""
        #expect(traced.contains(words) && !traced.contains("10-enrolment"), "\(traced)")
    }

    @Test("is not blamed for what an earlier one set, nor for another file")
    func notTraced() throws {
        let older = EnrolmentOverlay(
            station: "yc-beiliu-0231",
            county: nil,
            authorities: nil,
            village: nil,
            board: "gone"
        )
        let file = try read("token = \"a\"\nvillage = \"140522102999\"\n")
        let overlay = file.overlay(station: older.station, over: older)
        let fault = try #require(throws: ConfigurationFault.self) {
            try ConfigurationLoader.load(root.places, trying: overlay)
        }
        let traced = file.traced(fault, in: overlay, at: root.places.enrolment)
        #expect((traced.file, traced.line) == (root.places.enrolment, nil))
        let other = ConfigurationFault(root.places.station, 3, "cause", "mend")
        #expect(file.traced(other, in: overlay, at: root.places.enrolment) == other)
    }
}
