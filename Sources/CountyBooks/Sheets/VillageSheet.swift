import OfficeSheets

/// Columns of the register of villages (行政村).
enum VillageColumn: String, RegisterColumn {
    case code, name, township
    case residents = "population"
    case townKilometres = "town_km"
    case validFrom = "valid_from"

    static let needed = [code, name]
    static let headers = HeaderNames<Self>()
    static var dayColumn: Self? { .validFrom }

    var chinese: String {
        switch self {
        case .code: "区划代码"
        case .name: "村名"
        case .township: "乡镇"
        case .residents: "人口"
        case .townKilometres: "距镇驻地公里"
        case .validFrom: "生效日期"
        }
    }

    var others: [String] {
        switch self {
        case .code: ["村代码", "行政村代码", "村级区划代码", "行政区划代码", "统计用区划代码", "代码"]
        case .name: ["行政村", "行政村名称", "村名称", "村", "名称"]
        case .township: ["乡镇名称", "所属乡镇", "所在乡镇", "乡镇街道", "街道"]
        case .residents: ["人口数", "人口数量", "常住人口"]
        case .townKilometres: ["距镇驻地公里数", "距镇驻地", "距镇驻地距离", "距乡镇驻地公里", "距乡镇驻地", "距镇公里"]
        case .validFrom: RegisterSheet.dayHeaders
        }
    }

    static let examples = [
        Village(code: "999999001001", name: "（示例）甲村", township: "999999001", population: 1_234, townHectometres: 35),
        Village(code: "999999001002", name: "（示例）乙村", township: "999999001"),
    ]

    static func wrap(_ row: Village) -> RegisterRow { .village(row) }

    static func unwrap(_ row: RegisterRow) -> Village? {
        if case .village(let row) = row { row } else { nil }
    }

    /// The township stays as it is written: a code, or a name that the check compares.
    static func read(_ cells: SheetCells<Self>) throws(SheetFault) -> Village {
        guard let code = try cells.number(.code), RegisterNames.isCode(code),
            code.utf8.count == RegisterCodes.villageDigits
        else {
            throw cells.wrong(
                .code,
                "the \(RegisterCodes.villageDigits) digits of the village",
                "\(RegisterCodes.villageDigits) 位村级区划代码"
            )
        }
        var township = township(of: code)
        if let written = try cells.village(.township) {
            if !RegisterNames.isCode(written) {
                township = written
            } else if TownshipColumn.plain(written) != township {
                throw cells.fault(.township, otherTownship.cause, mend: otherTownship.mend)
            }
        }
        return Village(
            code: code,
            name: try cells.needText(.name, charactersMax: RegisterLimits.nameCharactersMax),
            township: township,
            population: try cells.count(.residents, max: RegisterLimits.residentsMax),
            townHectometres: try cells.hectometres(.townKilometres)
        )
    }

    static func check(
        _ row: Village,
        against known: RegisterNames,
        _ faults: inout [CellFault<Self>]
    ) -> Village {
        var row = row
        let front = township(of: row.code)
        let before = faults.count
        known.check(ownCode: row.code, Self.code, &faults)
        if faults.count == before, !known.isTownship(front) {
            faults.append(
                CellFault(
                    .code,
                    "begins with no township of the register 前九位不是台账中的乡镇",
                    mend: "load the townships first, or correct the code 请先导入乡镇台账，或更正代码"
                )
            )
        } else if faults.count == before, row.township != front, !known.isTownship(front, named: row.township) {
            faults.append(otherTownship)
        }
        row.township = front
        return row
    }

    func text(_ row: Village) -> String {
        switch self {
        case .code: row.code
        case .name: row.name
        case .township: row.township
        case .residents: row.population.map { String($0) } ?? ""
        case .townKilometres: row.townHectometres.map(Self.kilometres) ?? ""
        case .validFrom: ""
        }
    }

    private static func township(of code: String) -> String { String(code.prefix(RegisterCodes.townshipDigits)) }

    private static func kilometres(_ hectometres: Int) -> String {
        hectometres.isMultiple(of: 10) ? "\(hectometres / 10)" : "\(hectometres / 10).\(hectometres % 10)"
    }

    private static var otherTownship: CellFault<Self> {
        CellFault(
            .township,
            "is not the township of the code 与区划代码前九位不符",
            mend: "correct one of the two, or leave the township empty 请更正其一，或将乡镇留空"
        )
    }
}
