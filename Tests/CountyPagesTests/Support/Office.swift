import CountyBooks
import CountyPages
import LockerDomain
import Logging
import Synchronization
import Testing

/// A county's office: pages over ports in memory, with a clock that the test moves.
final class Office: Sendable {
    static let start: Int64 = 1_795_998_600_000
    static let password = "four words in a row"
    static let cost = PasswordVerifier.Cost(rounds: 2, blockSize: 1, parallelism: 1)
    static let township = "140525100"
    static let village = "140525100201"

    let accounts = MemoryAccounts()
    let registers: MemoryRegisters
    let books = EmptyBooks()
    let disk = MemoryDisk()
    private let time = Mutex(Office.start)
    private let chance = Mutex<UInt64>(7)
    private let trouble = Mutex<Words?>(nil)
    private let keeping = Mutex<CountyFault?>(nil)

    init() { registers = MemoryRegisters(accounts) }

    var now: Int64 {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    /// Why the store takes no change.
    var storeTrouble: Words? {
        get { trouble.withLock { $0 } }
        set { trouble.withLock { $0 = newValue } }
    }

    /// Why the books are not kept up.
    var keepingTrouble: CountyFault? {
        get { keeping.withLock { $0 } }
        set { keeping.withLock { $0 = newValue } }
    }

    /// Not random: the same in each run.
    func bytes(_ count: Int) -> [UInt8] {
        chance.withLock { state in
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
        }
    }

    func desk(_ settings: PageSettings = PageSettings(county: "阳城县", isTLS: true), views: PageViews = .plain)
        -> CountyDesk
    {
        var quiet = Logger(label: "county-pages")
        quiet.logLevel = .critical
        let desk = OneNumber()
        return CountyDesk(
            DeskPorts(
                books: books,
                registers: registers,
                periods: NoPeriods(),
                stations: TwoStations(),
                accounts: accounts,
                enrolments: desk,
                manifests: desk,
                phones: desk,
                storage: disk
            ),
            views: views,
            settings: settings,
            clock: { self.now },
            uptime: { self.now },
            entropy: { self.bytes($0) },
            storeTrouble: { self.storeTrouble },
            keepingTrouble: { self.keepingTrouble },
            logger: quiet,
            passwordCost: Self.cost
        )
    }

    // MARK: Setting the scene

    /// An account with `Office.password`, or with the one-time password of its sheet.
    @discardableResult
    func add(_ name: String, _ rights: AccountRights, hasOwnPassword: Bool = true) throws -> AccountSheet {
        let stamp = AuditStamp(by: .commandLine("test"), time: now)
        let made = try AccountBook(accounts.accounts(), cost: Self.cost)
            .add(name, rights: rights, stamp: stamp, entropy: bytes)
        try accounts.save(made)
        let sheet = try #require(made.sheet)
        guard hasOwnPassword else { return sheet }
        let book = AccountBook(accounts.accounts(), cost: Self.cost)
        let change = try book.changeOwnPassword(
            from: sheet.password.text,
            to: Self.password,
            version: made.account.version,
            stamp: AuditStamp(by: .account(name), time: now),
            entropy: bytes
        )
        try accounts.save(change)
        return sheet
    }

    /// One account for each role, named like it.
    func addOfEachRole() throws {
        for role in AccountRole.allCases { try add(role.rawValue, Self.rights(role)) }
    }

    static func rights(_ role: AccountRole, _ scope: AccountScope = .county) throws -> AccountRights {
        try AccountRights(
            role: role,
            scope: scope,
            firm: role == .operatorFirm ? "县供销社" : nil,
            brands: role == .carrier ? ["中通"] : []
        )
    }

    /// A township with a village, and the site of the known station in it.
    func fillRegisters() {
        let rows: [RegisterRow] = [
            .township(Township(code: Self.township, name: "北留镇")),
            .village(Village(code: Self.village, name: "皇城村", township: Self.township)),
            .site(
                Site(
                    number: "W001",
                    name: "皇城村便民服务点",
                    type: .villagePoint,
                    address: "皇城村委会",
                    operatorName: "县供销社",
                    village: Self.village,
                    stations: [TwoStations.known]
                )
            ),
        ]
        registers.keep(rows.map { RegisterChange(DatedRow($0)) }, by: "test", at: now)
    }
}

extension PageViews {
    /// Views that show who asks and what for.
    static let plain = PageViews(
        today: { _, request in
            let rows = (1...250).map { [Table.Cell.text("村 \($0)"), .number($0 % 7), .unknown] }
            let columns = [
                Table.Column("village", "村", "Village"), Table.Column("pieces", "件数", "Pieces", .number),
                Table.Column("visited", "到村", "Visited", .state),
            ]
            return View(
                Words("今日", "Today"),
                [
                    .heading(Words("到村情况", "Visits")), .text(Words("第一行\n第二行", "One\nTwo")),
                    .notice(Words("一个站点静默", "One station is silent"), .bad),
                    .facts([View.Fact(Words("看的人", "Reader"), .text(request.account.name), note: Words("现在", "now"))]),
                    .table(Table(Words("行政村", "Villages"), columns: columns, rows: rows), scope: ""),
                    .table(Table(Words("空表", "Nothing"), columns: columns), scope: "other"),
                    .plot(
                        Words("每日到村", "Visits by day"),
                        svg: BarPlot.visits([("01", 3, 1, 0)]).svg(id: "visits", in: request.language)
                    ),
                ]
            )
        },
        station: { desk, request in
            let known = try desk.stations.sights().contains { $0.station == request.parameter("station") }
            return known ? View(Words("站点", "Station"), [.text(Words(request.parameter("station"), "s"))]) : nil
        },
        village: { _, request in
            guard request.registers.village(request.parameter("village")) != nil,
                request.visibility.allows(village: request.parameter("village"))
            else { return nil }
            return View(Words("村", "Village"))
        },
        parcels: { _, request in View(Words("运单查询", "Parcels"), [.text(Words(request.query.text("waybill") ?? "", ""))])
        },
        parcel: { _, request in
            let isShown = request.visibility.allows(township: nil, firm: nil, brand: "圆通")
            return isShown ? View(Words("运单 \(request.parameter("waybill"))", "Parcel")) : nil
        },
        runs: { _, _ in View(Words("班次", "Runs")) },
        people: { _, request in Self.period("人员作业量", "Work", request) },
        fees: { _, request in Self.period("保管费", "Fees", request) },
        voices: { _, request in Self.period("群众评价", "Voices", request) },
        troubles: { _, request in Self.period("设备故障", "Troubles", request) },
        quarantine: { _, _ in View(Words("待识别事件", "Not understood")) }
    )

    private static func period(_ chinese: String, _ english: String, _ request: ViewRequest) -> View {
        let period = request.period(ReportCalendar())
        return View(Words("\(chinese) \(period)", "\(english) \(period)"))
    }
}
