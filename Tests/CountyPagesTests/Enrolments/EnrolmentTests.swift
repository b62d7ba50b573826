import CountyBooks
import LockerDomain
import Testing

@Suite("Enrolment sheets")
struct EnrolmentTests {
    private static let path = "/enrolments"

    /// A site with a station that is enrolled and two that are not, and one in another township.
    private func filled() throws -> RegisterOffice {
        let office = try RegisterOffice()
        try office.fill()
        try office.fillElsewhere()
        try office.registers.fill(
            [DatedRow(RegisterOffice.site("W002", stations: ["yc-002", "yc-003"], serves: []))]
        )
        office.stations.add("yc-001", isEnrolled: true)
        office.stations.add("yc-002", isEnrolled: false)
        return office
    }

    private func open(_ office: RegisterOffice) -> [String] { office.stations.openTokens().map(\.station) }

    @Test("one sheet a station, shown once, with site, address, token and a code to scan; no token anywhere else")
    func sheets() async throws {
        let office = try filled()
        try await office.visit { clerk in
            let answer = try await clerk.fill(
                Self.path,
                nil,
                ["which": "township \(RegisterOffice.township)", "days": "3"]
            )
            #expect(answer.status == 303, "\(answer.notices)")
            let page = try await clerk.follow(answer)
            #expect(page.text.contains("class=\"paper sheets\""))
            for station in ["yc-002", "yc-003"] {
                #expect(page.text.contains(MemoryStations.token(station)))
            }
            #expect(!page.text.contains(MemoryStations.token("yc-001")))
            #expect(page.text.count(of: "<svg") == 2)
            #expect(page.text.count(of: "<h2>皇城村便民服务点（yc-00") == 2)
            #expect(page.text.contains("皇城村委会"))
            #expect(page.text.contains("在柜机主板上运行：sudo lockerctl enrol --scan，两分钟内"))
            #expect(page.text.contains("without a scanner: sudo lockerctl enrol and the token above."))
            #expect(page.text.contains("--county https://county.example/locker --village"))
            #expect(try await clerk.follow(answer).status == 404)
            let list = try await clerk.get(Self.path)
            #expect(list.text.contains("yc-003"))
            #expect(!list.text.contains(MemoryStations.secret))
        }
        #expect(open(office) == ["yc-002", "yc-003"])
        #expect(office.stations.openTokens().allSatisfy { $0.expires - $0.made == 3 * MemoryStations.day })
        let made = office.log.filter { $0.action == .enrolmentMade }
        #expect(made.map(\.object) == ["yc-002", "yc-003"])
        #expect(!office.log.contains { "\($0)".contains(MemoryStations.secret) })
    }

    @Test("all that are not enrolled: those with a sheet that nobody used keep it")
    func waiting() async throws {
        let office = try filled()
        _ = try office.stations.makeToken(station: "yc-003", days: 9)
        try await office.visit { clerk in
            let page = try await clerk.follow(try await clerk.fill(Self.path, nil, ["which": "waiting"]))
            for station in ["yc-002", "yc-900"] { #expect(page.text.contains(MemoryStations.token(station))) }
            #expect(!page.text.contains(MemoryStations.token("yc-003")))
            let again = try await clerk.fill(Self.path, nil, ["which": "waiting"])
            #expect(again.status == 422)
            #expect(again.notices.joined().contains("没有需要制作的站点"))
        }
        #expect(open(office) == ["yc-002", "yc-003", "yc-900"])
    }

    @Test(
        "a list takes new stations; one that is enrolled or has a sheet needs the box, and its old sheet is worthless"
    )
    func listed() async throws {
        let office = try filled()
        _ = try office.stations.makeToken(station: "yc-003", days: 9)
        try await office.visit { clerk in
            let refused = try await clerk.fill(Self.path, nil, ["which": "listed", "list": "yc-010\r\nyc-001"])
            #expect(refused.status == 422)
            #expect(refused.notices.joined().contains("yc-001 已入网"))
            #expect(try refused.form(Self.path)["list"] == "yc-010\r\nyc-001" || refused.text.contains("yc-010"))
            #expect(open(office) == ["yc-003"])
            let typed = ["which": "listed", "list": "yc-010、yc-001 yc-003 yc-010", "again": "on"]
            let page = try await clerk.follow(try await clerk.fill(Self.path, nil, typed))
            #expect(page.text.count(of: "<svg") == 3)
        }
        #expect(open(office) == ["yc-001", "yc-003", "yc-010"])
    }

    @Test(
        "what is no id, no number of days or no choice is refused, and no token is made",
        arguments: [
            ["which": "listed", "list": "YC 1"], ["which": "listed", "list": ""], ["which": "listed", "list": "<b>"],
            ["which": "waiting", "days": "0"], ["which": "waiting", "days": "31"], ["which": "waiting", "days": "x"],
            ["which": "waiting", "days": "+7"], ["which": "everything"],
        ]
    )
    func refused(typed: [String: String]) async throws {
        let office = try filled()
        try await office.visit { clerk in
            let answer = try await clerk.fill(Self.path, nil, typed)
            #expect(answer.status == 422)
            #expect(!answer.text.contains("<b>"))
        }
        #expect(open(office).isEmpty)
    }

    @Test("a store that fails in the middle leaves no token behind")
    func failing() async throws {
        let office = try filled()
        office.stations.fail(fromToken: 3)
        try await office.visit { clerk in
            let answer = try await clerk.fill(Self.path, nil, ["which": "waiting"])
            #expect(answer.status == 422)
            #expect(answer.notices.joined().contains("takes no write"))
        }
        #expect(open(office).isEmpty)
    }

    @Test("open sheets are listed with until when, and revoked one by one or all")
    func revoked() async throws {
        let office = try filled()
        for station in ["yc-002", "yc-003", "yc-900"] { _ = try office.stations.makeToken(station: station, days: 9) }
        try await office.visit { clerk in
            let revoke = "\(Self.path)/revoke"
            let answer = try await clerk.fill(Self.path, revoke, ["station": "yc-003"])
            #expect(answer.location == Self.path)
            #expect(open(office) == ["yc-002", "yc-900"])
            #expect(try await clerk.fill(Self.path, revoke, ["station": "yc-003"]).status == 422)
            #expect(try await clerk.fill(Self.path, revoke, ["station": "*"]).status == 303)
        }
        #expect(open(office).isEmpty)
        #expect(office.log.filter { $0.action == .enrolmentRevoked }.map(\.object) == ["yc-003", "yc-002", "yc-900"])
    }

    @Test("an account of one township sees, makes and revokes those of it alone")
    func township() async throws {
        let office = try filled()
        _ = try office.stations.makeToken(station: "yc-900", days: 9)
        _ = try office.stations.makeToken(station: "yc-002", days: 9)
        try await office.visit("narrow") { clerk in
            let page = try await clerk.get(Self.path)
            #expect(page.text.contains("yc-002"))
            #expect(!page.text.contains("yc-900") && !page.text.contains("润城"))
            for id in ["yc-900", "yc-new"] {
                let answer = try await clerk.fill(Self.path, nil, ["which": "listed", "list": id, "again": "on"])
                #expect(answer.status == 422, "\(id)")
            }
            let own = try await clerk.fill(Self.path, nil, ["which": "township 140525101"])
            #expect(own.status == 422)
            #expect(try await clerk.fill(Self.path, "\(Self.path)/revoke", ["station": "*"]).status == 303)
        }
        #expect(open(office) == ["yc-900"])
    }

    @Test("who reads makes none, and who may not read sees none")
    func permissions() async throws {
        let office = try filled()
        _ = try office.stations.makeToken(station: "yc-002", days: 9)
        try await office.visit("inspector") { reader in
            let page = try await reader.get(Self.path)
            #expect(page.text.contains("yc-002"))
            #expect(!page.text.contains("<form class=\"form\""))
        }
        for role in ["dispatcher", "carrier", "operatorFirm"] {
            try await office.visit(role) { reader in
                let page = try await reader.get(Self.path)
                #expect(page.status == 403)
            }
        }
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
