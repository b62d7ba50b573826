import LockerDomain
import OfficeSheets

/// Columns of the register of operators (经营企业).
enum OperatorColumn: String, RegisterColumn {
    case name = "operator"
    case creditCode = "credit_code"
    case phone
    case validFrom = "valid_from"

    static let needed = [name]
    static let headers = HeaderNames<Self>()
    static var dayColumn: Self? { .validFrom }

    var chinese: String {
        switch self {
        case .name: "经营企业"
        case .creditCode: "统一社会信用代码"
        case .phone: "公开电话"
        case .validFrom: "生效日期"
        }
    }

    var others: [String] {
        switch self {
        case .name: ["企业名称", "经营企业名称", "企业", "经营单位", "公司名称", "公司", "名称"]
        case .creditCode: ["社会信用代码", "信用代码"]
        case .phone: RegisterSheet.phoneHeaders
        case .validFrom: RegisterSheet.dayHeaders
        }
    }

    static let examples = [
        OperatorFirm(name: "（示例）甲快递有限公司", creditCode: "91999999MA0000000K", phone: "4000000000"),
        OperatorFirm(name: "（示例）乙合作社"),
    ]

    static func wrap(_ row: OperatorFirm) -> RegisterRow { .operatorFirm(row) }

    static func unwrap(_ row: RegisterRow) -> OperatorFirm? {
        if case .operatorFirm(let row) = row { row } else { nil }
    }

    static func read(_ cells: SheetCells<Self>) throws(SheetFault) -> OperatorFirm {
        var firm = OperatorFirm(name: try cells.needText(.name, charactersMax: Limits.noteCharactersMax))
        if let text = try cells.number(.creditCode)?.uppercased() {
            guard CreditCode.isValid(text), !IdentityNumber.isIn(text) else {
                throw cells.wrong(
                    .creditCode,
                    "the 18 characters of the licence, the last of which checks the others",
                    "营业执照上的 18 位统一社会信用代码"
                )
            }
            firm.creditCode = text
        }
        firm.phone = try cells.phone(.phone)
        return firm
    }

    static func check(
        _ row: OperatorFirm,
        against known: RegisterNames,
        _ faults: inout [CellFault<Self>]
    ) -> OperatorFirm {
        row
    }

    func text(_ row: OperatorFirm) -> String {
        switch self {
        case .name: row.name
        case .creditCode: row.creditCode ?? ""
        case .phone: row.phone ?? ""
        case .validFrom: ""
        }
    }
}
