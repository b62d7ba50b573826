import CountyBooks
import LockerDomain
import StationBooks
import Testing

/// A county of one township with three villages, and a month of it.
struct SmallCounty {
    static let township = "140522100"
    static let north = "140522100201"
    static let south = "140522100202"
    static let far = "140522100203"
    static let county = (code: "140522", name: "阳城县")

    var period: CountyPeriod
    var rows: [DatedRow] = [
        DatedRow(.township(Township(code: township, name: "北留镇"))),
        DatedRow(.village(Village(code: north, name: "北村", township: township))),
        DatedRow(.village(Village(code: south, name: "南村", township: township))),
        DatedRow(.village(Village(code: far, name: "远村", township: township))),
    ]
    var stations: [StationStanding] = []
    var days: [String: [StationDay]] = [:]
    var drifts: [Int64: Drift] = [:]
    var pieces: [StationPiece] = []
    var now: Int64

    init() throws {
        period = try #require(CountyPeriod(.month, "2026-11"))
        now = ReportPeriod.wall(ofDay: period.days.upperBound + 3)
        for (station, site, village) in [("yc-n", "N1", Self.north), ("yc-s", "S1", Self.south)] {
            rows.append(DatedRow(.site(Self.site(site, village, station))))
            stations.append(StationStanding(station: station, reaches: now, began: 0))
        }
    }

    static func site(_ number: String, _ village: String, _ station: String, _ serves: [ServedVillage] = []) -> Site {
        Site(
            number: number,
            name: "\(number)网点",
            type: .villagePoint,
            address: "路 1 号",
            phone: "0356-4221234",
            operatorName: "共配",
            village: village,
            serves: serves,
            stations: [station]
        )
    }

    /// Gives the third village a site with a station that was heard of, so that nothing of the county is unknown.
    mutating func serveAll() {
        rows.append(DatedRow(.site(Self.site("F1", Self.far, "yc-f"))))
        stations.append(StationStanding(station: "yc-f", reaches: now, began: 0))
    }

    /// The nth day of the month.
    func day(_ number: Int64) -> Int64 { period.days.lowerBound + number - 1 }

    mutating func count(
        _ waybill: String,
        _ figure: ReportFigure = .received,
        at station: String = "yc-n",
        on mark: DayMark,
        takesOff: DayMark? = nil,
        brand: String = "SF",
        village: String? = nil,
        _ count: Int = 1
    ) {
        pieces.append(
            StationPiece(
                station: station,
                waybill: Waybill(rawValue: waybill),
                mark: mark,
                takesOff: takesOff,
                brand: brand,
                village: village,
                figure: figure,
                count: count
            )
        )
    }

    var extract: BooksExtract {
        BooksExtract(period: period, stations: stations, days: days, drifts: drifts, pieces: pieces, through: 99)
    }

    var report: MonthReport {
        var builder = ReportBuilder(extract, Registers(rows), county: Self.county, now: now)
        return builder.report()
    }

    /// A line of the report.
    func line(_ code: String, _ brand: String? = nil) throws -> ReportLine {
        try #require(report.lines.first { $0.code == code && $0.brand == brand })
    }
}
