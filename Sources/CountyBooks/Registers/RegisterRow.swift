public import LockerDomain

/// The kinds of registers (台账).
public enum RegisterKind: String, Sendable, Codable, CaseIterable {
    case township, village, operatorFirm, site, staff, operatorReport

    /// As pages and sheets name it.
    public var chinese: String {
        switch self {
        case .township: "乡镇"
        case .village: "行政村"
        case .operatorFirm: "经营企业"
        case .site: "网点"
        case .staff: "从业人员"
        case .operatorReport: "企业填报"
        }
    }
}

/// One row of a register.
public enum RegisterRow: Sendable, Hashable, Codable {
    case township(Township)
    case village(Village)
    case operatorFirm(OperatorFirm)
    case site(Site)
    case staff(StaffMember)
    case operatorReport(OperatorReport)

    /// Which register it belongs to.
    public var kind: RegisterKind {
        switch self {
        case .township: .township
        case .village: .village
        case .operatorFirm: .operatorFirm
        case .site: .site
        case .staff: .staff
        case .operatorReport: .operatorReport
        }
    }

    /// What names the row within its register; two rows of one key are one thing at two times.
    public var key: String {
        switch self {
        case .township(let row): row.code
        case .village(let row): row.code
        case .operatorFirm(let row): row.name
        case .site(let row): row.number
        case .staff(let row): row.number
        case .operatorReport(let row): "\(row.period) \(row.village) \(row.brand) \(row.by)"
        }
    }

    /// What people call it.
    public var name: String {
        switch self {
        case .township(let row): row.name
        case .village(let row): row.name
        case .operatorFirm(let row): row.name
        case .site(let row): row.name
        case .staff(let row): row.name
        case .operatorReport(let row): row.by
        }
    }
}

/// A row of a register and the day from which it is valid.
public struct DatedRow: Sendable, Hashable {
    public var row: RegisterRow
    /// The first day on which it holds (生效日期); `nil` for one that held ever since, such as a station's first event.
    public var validFrom: CivilDay?

    public init(_ row: RegisterRow, validFrom: CivilDay? = nil) { (self.row, self.validFrom) = (row, validFrom) }
}
