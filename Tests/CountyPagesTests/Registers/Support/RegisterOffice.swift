import CountyBooks
import CountyPages
import Hummingbird
import HummingbirdTesting
import LockerDomain
import Logging

/// A county's office over registers that keep their history, stations and manifests in memory.
final class RegisterOffice: Sendable {
    static let county = "140525"
    static let township = "140525100"
    static let village = "140525100201"
    static let other = "140525100202"

    let office = Office()
    let registers: KeepingRegisters
    let manifests: MemoryManifests
    let stations: MemoryStations

    init() throws {
        let office = office
        registers = KeepingRegisters(office.accounts)
        manifests = MemoryManifests(office.accounts)
        stations = MemoryStations(office.accounts) { office.now }
        try office.addOfEachRole()
        let narrow = try Office.rights(.clerk, .township(Self.township))
        try office.add("narrow", narrow)
    }

    var log: [AuditEntry] { office.accounts.log.filter { ![.login, .accountAdded].contains($0.action) } }

    /// A township, two villages, an operator and a site.
    func fill() throws {
        try registers.fill(
            [
                .township(Township(code: Self.township, name: "北留镇")),
                .village(Village(code: Self.village, name: "皇城村", township: Self.township)),
                .village(Village(code: Self.other, name: "郭峪村", township: Self.township)),
                .operatorFirm(OperatorFirm(name: "县供销社")), .operatorFirm(OperatorFirm(name: "县邮政公司")),
                Self.site(stations: ["yc-001"]),
            ].map { DatedRow($0) }
        )
    }

    /// A township that no account of `township` may see, with a village, a firm and a site.
    func fillElsewhere() throws {
        try registers.fill(
            [
                .township(Township(code: "140525101", name: "润城镇")),
                .village(Village(code: "140525101201", name: "上庄村", township: "140525101")),
                .operatorFirm(OperatorFirm(name: "润城快运")),
                .site(
                    Site(
                        number: "W900",
                        name: "上庄村便民服务点",
                        type: .villagePoint,
                        address: "上庄村口",
                        operatorName: "润城快运",
                        village: "140525101201",
                        stations: ["yc-900"]
                    )
                ),
            ].map { DatedRow($0) }
        )
    }

    static func site(
        _ number: String = "W001",
        stations: [String] = [],
        serves: [ServedVillage] = [ServedVillage(village: other, mode: .reach)]
    ) -> RegisterRow {
        .site(
            Site(
                number: number,
                name: "皇城村便民服务点",
                type: .villagePoint,
                address: "皇城村委会",
                phone: "0356-4221234",
                operatorName: "县供销社",
                village: village,
                serves: serves,
                stations: stations
            )
        )
    }

    /// Lets somebody work at a browser.
    func visit(_ name: String = "clerk", _ work: @Sendable (Browser) async throws -> Void) async throws {
        try await visit([name]) { try await work($0[0]) }
    }

    /// Lets several people work.
    func visit(_ names: [String], _ work: @Sendable ([Browser]) async throws -> Void) async throws {
        let app = Application(router: try PageServer(desk).makeRouter(), logger: Self.quiet)
        try await app.test(.router) { client in
            let people = names.map { _ in Browser(client) }
            for (name, browser) in zip(names, people) { try await browser.logIn(name) }
            try await work(people)
        }
    }
}

extension RegisterOffice {
    static let quiet = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()

    private var desk: CountyDesk {
        let office = office
        return CountyDesk(
            DeskPorts(
                books: office.books,
                registers: registers,
                periods: NoPeriods(),
                stations: stations,
                accounts: office.accounts,
                enrolments: stations,
                manifests: manifests,
                phones: OneNumber(),
                storage: office.disk
            ),
            views: .plain,
            settings: PageSettings(
                county: "阳城县",
                countyCode: Self.county,
                stationAddress: "https://county.example/locker",
                isTLS: true
            ),
            clock: { office.now },
            uptime: { office.now },
            entropy: { office.bytes($0) },
            storeTrouble: { office.storeTrouble },
            logger: Self.quiet,
            passwordCost: Office.cost
        )
    }
}
