/// A county for trying things out. Every name says that it is made up (示例), and the codes lie under the county's own or under
/// 999900, which no county has.
public struct MadeUpCounty: Sendable {
    public private(set) var rows: [DatedRow] = []

    /// Villages at most: 999 of each of 99 townships fit the codes, a city has some 2,200.
    public static let villagesMax = 5_000
    /// Villages of one township.
    private static let villagesOfTownship = 20
    private static let noCounty = "999900"
    private static let firms = ["示例县邮政公司", "示例共配有限公司", "示例快运有限公司"]

    /// - Parameters:
    ///   - villages: how many, each with a site and a station `sim-0001` …
    ///   - county: first six digits of 区划代码; empty for none.
    public init(villages: Int, county: String) {
        let county = county.isEmpty ? Self.noCounty : county
        rows += Self.firms.map { DatedRow(.operatorFirm(OperatorFirm(name: $0))) }
        for index in 0..<max(0, villages) {
            let town = index / Self.villagesOfTownship
            let township = county + Self.padded(100 + town, 3)
            if index.isMultiple(of: Self.villagesOfTownship) {
                rows.append(DatedRow(.township(Township(code: township, name: "示例第\(town + 1)镇"))))
            }
            let code = township + Self.padded(200 + index % Self.villagesOfTownship, 3)
            let name = "示例\(index + 1)村"
            rows.append(
                DatedRow(
                    .village(
                        Village(
                            code: code,
                            name: name,
                            township: township,
                            population: 300 + index * 37 % 2_900,
                            townHectometres: 8 + index * 13 % 170
                        )
                    )
                )
            )
            // Every tenth village is reached from the one before it, and has no site.
            guard index % 10 != 9 || index == 0 else { continue }
            let reached = index % 10 == 8 && index + 1 < villages
            let next = township + Self.padded(200 + (index + 1) % Self.villagesOfTownship, 3)
            rows.append(
                DatedRow(
                    .site(
                        Site(
                            number: "SL\(Self.padded(index + 1, 4))",
                            name: "\(name)便民服务点",
                            type: index.isMultiple(of: 3) ? .locker : .villagePoint,
                            address: "\(name)示例路 1 号",
                            phone: "400\(Self.padded(index + 1, 7))",
                            equipment: ["智能快件箱 12 格"],
                            operatorName: Self.firms[index % Self.firms.count],
                            village: code,
                            serves: reached ? [ServedVillage(village: next, mode: .reach)] : [],
                            stations: ["sim-\(Self.padded(index + 1, 4))"]
                        )
                    )
                )
            )
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
