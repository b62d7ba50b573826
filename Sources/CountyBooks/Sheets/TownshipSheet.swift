import OfficeSheets

/// Columns of the register of townships (乡镇).
enum TownshipColumn: String, RegisterColumn {
    case code, name
    case validFrom = "valid_from"

    static let needed = [code, name]
    static let headers = HeaderNames<Self>()
    static var dayColumn: Self? { .validFrom }

    var chinese: String {
        switch self {
        case .code: "区划代码"
        case .name: "乡镇"
        case .validFrom: "生效日期"
        }
    }

    var others: [String] {
        switch self {
        case .code: ["乡镇代码", "乡镇区划代码", "行政区划代码", "统计用区划代码", "代码"]
        case .name: ["乡镇名称", "乡镇名", "乡镇街道", "街道", "名称"]
        case .validFrom: RegisterSheet.dayHeaders
        }
    }

    static let examples = [
        Township(code: "999999001", name: "（示例）甲镇"), Township(code: "999999002", name: "（示例）乙乡"),
    ]

    static func wrap(_ row: Township) -> RegisterRow { .township(row) }

    static func unwrap(_ row: RegisterRow) -> Township? {
        if case .township(let row) = row { row } else { nil }
    }

    static func read(_ cells: SheetCells<Self>) throws(SheetFault) -> Township {
        guard let code = try cells.number(.code).flatMap(plain) else {
            throw cells.wrong(
                .code,
                "the \(RegisterCodes.townshipDigits) digits of the township",
                "\(RegisterCodes.townshipDigits) 位乡镇区划代码"
            )
        }
        return Township(
            code: code,
            name: try cells.needText(.name, charactersMax: RegisterLimits.nameCharactersMax)
        )
    }

    static func check(
        _ row: Township,
        against known: RegisterNames,
        _ faults: inout [CellFault<Self>]
    ) -> Township {
        known.check(ownCode: row.code, Self.code, &faults)
        return row
    }

    func text(_ row: Township) -> String {
        switch self {
        case .code: row.code
        case .name: row.name
        case .validFrom: ""
        }
    }

    /// Nine digits; the state's own lists write three zeros behind them.
    static func plain(_ code: String) -> String? {
        let zeros = String(repeating: "0", count: RegisterCodes.villageDigits - RegisterCodes.townshipDigits)
        guard RegisterNames.isCode(code) else { return nil }
        switch code.utf8.count {
        case RegisterCodes.townshipDigits: return code
        case RegisterCodes.villageDigits where code.hasSuffix(zeros): return String(code.dropLast(zeros.count))
        default: return nil
        }
    }
}
