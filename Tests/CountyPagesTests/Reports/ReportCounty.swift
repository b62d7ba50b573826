import CountyBooks
import CountyPages
import LockerDomain
import Logging
import StationBooks
import Synchronization
import Testing

/// A county on the third of December with the books of November: a village with a station, one that the station reaches, whose
/// name is HTML, and one without a site.
final class ReportCounty: Sendable {
    static let station = "yc-001"
    /// It never sent anything.
    static let silent = "yc-009"
    /// Brands as the books have them, and as pages show them.
    static let (brand, brandName) = ("ZTO", "中通")
    static let (otherBrand, otherName) = ("YTO", "圆通")
    static let firm = "县供销社"
    static let village = "140525100201"
    static let reached = "140525100202"
    static let apart = "140525100203"

    let office = Office()
    let books = WrittenBooks()
    let periods: PeriodShelf
    private let doubt = Mutex<String?>(nil)
    private let count = Mutex(0)

    /// Why the county's clock is in doubt.
    var clockDoubt: String? {
        get { doubt.withLock { $0 } }
        set { doubt.withLock { $0 = newValue } }
    }

    /// - Parameter isWhole: whether the whole of November is known of each village.
    init(isWhole: Bool = false) throws {
        periods = PeriodShelf(office.accounts)
        office.now = try Self.moment("2026-12-03")
        try office.addOfEachRole()
        let first = try #require(PageTime.day("2026-11-01"))
        books.add(Self.station, reaches: try Self.moment("2026-12-01"), visited: first..<first + 30)
        register(isWhole ? Self.wholeRows : Self.rows)
        for number in 1...3 { try receive(Self.brand, "2026-11-0\(number)") }
        try receive(Self.otherBrand, "2026-11-21")
    }

    static func moment(_ day: String) throws -> Int64 { PageTime.start(ofDay: try #require(PageTime.day(day))) }

    func desk(ends: Int64 = 31, code: String = "140525") -> CountyDesk {
        let nothing = OneNumber()
        var settings = PageSettings(county: "阳城县", countyCode: code, isTLS: true)
        settings.periodEnds = ends
        var quiet = Logger(label: "county-pages")
        quiet.logLevel = .critical
        return CountyDesk(
            DeskPorts(
                books: books,
                registers: office.registers,
                periods: periods,
                stations: SaidClock(now: { self.office.now }, doubt: { self.clockDoubt }),
                accounts: office.accounts,
                enrolments: nothing,
                manifests: nothing,
                phones: nothing,
                storage: office.disk
            ),
            views: .plain,
            settings: settings,
            clock: { self.office.now },
            uptime: { self.office.now },
            entropy: { self.office.bytes($0) },
            storeTrouble: { self.office.storeTrouble },
            keepingTrouble: { self.office.keepingTrouble },
            logger: quiet,
            passwordCost: Office.cost
        )
    }

    // MARK: What happens

    /// A parcel comes to the station, as a late event or not.
    ///
    /// - Parameter isFolded: whether the books have it at once.
    func receive(_ brand: String, _ day: String, isFolded: Bool = true) throws {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let piece = StationPiece(
            station: Self.station,
            waybill: Waybill(rawValue: "SF\(1_000 + number)"),
            mark: .day(try #require(PageTime.day(day))),
            brand: brand,
            figure: .received,
            count: 1
        )
        if isFolded { books.add(piece) } else { books.store(piece) }
    }

    func register(_ rows: [RegisterRow]) {
        office.registers.keep(rows.map { RegisterChange(DatedRow($0)) }, by: "test", at: office.now)
    }

    /// The site gets a second station, of which nothing came.
    func addSilentStation() {
        let site = DatedRow(.site(Self.site([Self.station, Self.silent])), validFrom: CivilDay("2026-11-01"))
        office.registers.keep([RegisterChange(site)], by: "test", at: office.now)
    }

    /// The report as it would be frozen now.
    func report(_ period: CountyPeriod) -> MonthReport {
        let registers = Registers(office.registers.rows().map(\.dated))
        var builder = ReportBuilder(
            books.extract(period),
            registers,
            county: ("140525", "阳城县"),
            now: office.now
        )
        return builder.report()
    }

    /// What is frozen of November.
    var november: [FrozenReport] { periods.all.filter { "\($0.period)" == "2026-11" } }

    /// Entries of the audit log about closing and correcting, the oldest first.
    var acts: [AuditEntry] { office.accounts.log.filter { [.periodClosed, .correctionIssued].contains($0.action) } }

    // MARK: Registers

    private static let wholeRows: [RegisterRow] = [
        .township(Township(code: "140525100", name: "北留镇")),
        .village(Village(code: village, name: "皇城村", township: "140525100")),
        .site(site([station])),
    ]

    private static let rows: [RegisterRow] = [
        .township(Township(code: "140525100", name: "北留镇")),
        .village(Village(code: village, name: "皇城村", township: "140525100")),
        .village(Village(code: reached, name: "<b>史山</b>村", township: "140525100")),
        .village(Village(code: apart, name: "郭峪村", township: "140525100")),
        .site(site([station, silent], serves: [ServedVillage(village: reached, mode: .reach)])),
        .operatorReport(
            OperatorReport(period: "2026-11", village: apart, brand: otherBrand, received: 12, by: "县邮政公司")
        ),
    ]

    private static func site(_ stations: [String], serves: [ServedVillage] = []) -> Site {
        Site(
            number: "W001",
            name: "皇城村便民服务点",
            type: .villagePoint,
            address: "皇城村委会",
            phone: "0356-4851234",
            operatorName: firm,
            village: village,
            serves: serves,
            stations: stations
        )
    }
}
