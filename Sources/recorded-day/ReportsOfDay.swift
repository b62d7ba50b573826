import ControlAPI
import Foundation
import LockerDomain

/// What the station's own report and the county's say of the day. Both are kept beside the day as they were printed, so
/// that they can be compared again when the programs have ended.
struct ReportsOfDay {
    /// Figures that both reports have.
    enum Figure: String, CaseIterable {
        case received, accepted, rejected

        /// Header in the county's report.
        var column: String {
            switch self {
            case .received: "下行件数"
            case .accepted: "上行件数"
            case .rejected: "未收寄件数"
            }
        }
    }

    /// A figure of a line; the brand is empty for all brands together.
    struct Key: Hashable {
        var code: String
        var brand: String
        var figure: Figure
    }

    private static let stationFile = "report-station.json"
    private static let countyFile = "report-county.csv"

    private let station: [Key: Int]
    private let county: [Key: Int]

    /// Asks both while they run, and keeps what they print.
    static func keep(_ programs: Programs) throws {
        let day = String(Day.start.prefix(10))
        let station = try programs.ask("lockerctl", ["report", "day", "--of", day, "--json"])
        try station.write(toFile: "\(programs.root)/\(stationFile)", atomically: true, encoding: .utf8)
        let county = try programs.ask("county-server", ["report", "day", day, "--csv"])
        try county.write(toFile: "\(programs.root)/\(countyFile)", atomically: true, encoding: .utf8)
    }

    /// Reads what was kept.
    init(root: String) throws {
        let reply = try Data(contentsOf: URL(filePath: "\(root)/\(Self.stationFile)"))
        station = Self.figures(of: try JSONDecoder().decode(ReportReply.self, from: reply))
        county = try Self.figures(of: try String(contentsOfFile: "\(root)/\(Self.countyFile)", encoding: .utf8))
    }

    /// The one station of the county stands in one village: both lines have what it reports.
    private static let codes = [Day.countyCode, Day.villageCode]

    private static func figures(of reply: ReportReply) -> [Key: Int] {
        var figures: [Key: Int] = [:]
        for line in reply.figures.brands {
            for figure in Figure.allCases {
                guard let count = line.figures[figure.rawValue] else { continue }
                for code in codes {
                    for brand in [line.brand, ""] {
                        figures[Key(code: code, brand: brand, figure: figure), default: 0] += count
                    }
                }
            }
        }
        return figures
    }

    /// Names and figures of that sheet hold neither quotes nor commas.
    private static func figures(of csv: String) throws -> [Key: Int] {
        let rows = csv.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard let header = rows.first, let code = header.firstIndex(of: "区划代码"),
            let brand = header.firstIndex(of: "品牌"), rows.allSatisfy({ $0.count == header.count })
        else { throw Programs.Fault(description: "\(countyFile) is no report of the county") }
        var figures: [Key: Int] = [:]
        for figure in Figure.allCases {
            guard let column = header.firstIndex(of: figure.column) else {
                throw Programs.Fault(description: "\(countyFile) has no column \(figure.column)")
            }
            // The county's own clock may stand before the end of the day: where it counted nothing yet it leaves the
            // cell empty.
            for row in rows.dropFirst() where codes.contains(row[code]) && !row[column].isEmpty {
                guard let count = Int(row[column]) else {
                    throw Programs.Fault(description: "\(countyFile): \(row[column]) is no figure")
                }
                figures[Key(code: row[code], brand: row[brand], figure: figure)] = count
            }
        }
        return figures
    }

    // MARK: Compared

    /// One line for each figure in which they differ.
    var differences: [String] {
        let brands = Set(station.keys.map(\.brand)).union(county.keys.map(\.brand)).sorted()
        var differences: [String] = []
        for code in Self.codes {
            for brand in brands {
                for figure in Figure.allCases {
                    let key = Key(code: code, brand: brand, figure: figure)
                    let (own, other) = (station[key] ?? 0, county[key])
                    // What the county does not know yet is nothing at the station.
                    guard own != other ?? 0 else { continue }
                    let name = brand.isEmpty ? "全部品牌 all brands" : "\(CarrierBrand.chinese(of: brand)) \(brand)"
                    differences.append(
                        "\(code) \(name) \(figure.column) \(figure.rawValue): station 站点 \(own), county 县中心 \(other.map(String.init) ?? "未知 unknown")"
                    )
                }
            }
        }
        return differences
    }

    /// Two reports of nothing prove nothing.
    var isGood: Bool { all(.received) > 0 && differences.isEmpty }

    /// What the page of the day says of them.
    var lines: [String] {
        let found = differences
        guard !found.isEmpty else {
            return ["reports of station and county    equal: in \(all(.received)), out \(all(.accepted)) 一致"]
        }
        return ["reports of station and county    differ in \(found.count) figures 不一致"]
            + found.map { "  " + $0 }
    }

    private func all(_ figure: Figure) -> Int {
        station[Key(code: Day.countyCode, brand: "", figure: figure)] ?? 0
    }
}
