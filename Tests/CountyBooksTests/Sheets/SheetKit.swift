import CountyBooks
import LockerDomain
import OfficeSheets

/// A small county for sheets: two townships with a village of one name each, an operator, a site, two stations.
enum SheetKit {
    static let county = "140522"

    static let rows: [DatedRow] = [
        DatedRow(.township(Township(code: "140522102", name: "北留镇"))),
        DatedRow(.township(Township(code: "140522103", name: "润城镇"))),
        DatedRow(.village(Village(code: "140522102201", name: "北留村", township: "140522102"))),
        DatedRow(.village(Village(code: "140522102202", name: "东沟村", township: "140522102"))),
        DatedRow(.village(Village(code: "140522103201", name: "东沟村", township: "140522103"))),
        DatedRow(.village(Village(code: "140522103202", name: "上庄村民委员会", township: "140522103"))),
        DatedRow(.operatorFirm(OperatorFirm(name: "县共配中心"))),
        DatedRow(.site(site("W1", stations: ["yc-beiliu-0231"]))),
    ]

    static let names = RegisterNames(
        county: county,
        stations: ["yc-beiliu-0231", "yc-runcheng-0007"],
        rows: rows
    )

    static func site(_ number: String, stations: [String]) -> Site {
        Site(
            number: number,
            name: "北留村便民服务点",
            type: .villagePoint,
            address: "北留村东街",
            operatorName: "县共配中心",
            village: "140522102201",
            stations: stations
        )
    }

    /// A sheet as a file of the county holds it.
    static func text(_ header: [String], _ rows: [[String]]) -> String {
        String(decoding: Table.canonicalCSV(header: header, rows: rows), as: UTF8.self)
    }

    /// A sheet of rows of a register.
    static func text(_ rows: [DatedRow], _ kind: RegisterKind) -> String {
        text(RegisterSheet.header(kind), rows.map(RegisterSheet.cells))
    }

    /// The lines of all faults, of reading and of checking.
    static func words(_ kind: RegisterKind, _ text: String, _ names: RegisterNames = names) throws -> [String] {
        SheetFault.lines(try RegisterSheet(kind, text: text).checked(against: names).faults)
    }
}
