import LockerDomain
import OfficeSheets

/// Columns of the register of staff (从业人员).
enum StaffColumn: String, RegisterColumn {
    case number, name, role, site
    case validFrom = "valid_from"

    static let needed = [number, name, role]
    static let headers = HeaderNames<Self>()
    static var dayColumn: Self? { .validFrom }

    var chinese: String {
        switch self {
        case .number: "工号"
        case .name: "姓名"
        case .role: "岗位"
        case .site: "网点编号"
        case .validFrom: "生效日期"
        }
    }

    var others: [String] {
        switch self {
        case .number: ["人员编号", "员工编号", "工牌号"]
        case .name: ["人员姓名", "员工姓名"]
        case .role: ["岗位名称", "职务", "角色"]
        case .site: ["所在网点", "所在网点编号", "网点"]
        case .validFrom: RegisterSheet.dayHeaders
        }
    }

    static let examples = [
        StaffMember(number: "1001", name: "（示例）某甲", role: Role.courier.rawValue),
        StaffMember(number: "1002", name: "（示例）某乙", role: Role.keeper.rawValue, site: "SL-001"),
    ]

    static func wrap(_ row: StaffMember) -> RegisterRow { .staff(row) }

    static func unwrap(_ row: RegisterRow) -> StaffMember? {
        if case .staff(let row) = row { row } else { nil }
    }

    static func read(_ cells: SheetCells<Self>) throws(SheetFault) -> StaffMember {
        let form = ("the decimal number on the badge", "工牌上的数字编号")
        guard let text = try cells.code(.number, charactersMax: RegisterLimits.siteNumberCharactersMax),
            let number = PersonNumber(decimal: text)
        else { throw cells.wrong(.number, form.0, form.1) }
        let role = try cells.listed(.role, Role.self)
        return StaffMember(
            number: number.decimal,
            name: try cells.needText(.name, charactersMax: RegisterLimits.nameCharactersMax),
            role: try cells.need(role, .role, "one of \(Role.known)", "其中之一").rawValue,
            site: try cells.code(.site, charactersMax: RegisterLimits.siteNumberCharactersMax)
        )
    }

    static func check(
        _ row: StaffMember,
        against known: RegisterNames,
        _ faults: inout [CellFault<Self>]
    ) -> StaffMember {
        if let site = row.site, known.sites[site] == nil {
            faults.append(
                CellFault(
                    .site,
                    "is no site of the register 台账中没有此网点",
                    mend: "load the sites first, or correct the number 请先导入网点台账，或更正编号"
                )
            )
        }
        return row
    }

    func text(_ row: StaffMember) -> String {
        switch self {
        case .number: row.number
        case .name: row.name
        case .role: Role(rawValue: row.role)?.chinese ?? row.role
        case .site: row.site ?? ""
        case .validFrom: ""
        }
    }
}
