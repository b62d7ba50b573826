import CountyBooks
import LockerDomain

/// The registers as one reader sees them: an account of one township sees the rows that belong to it.
struct VisibleRegisters {
    let registers: Registers
    /// Every row that holds and may be seen, by kind and key.
    let rows: [KeptRow]
    /// Every row that holds; to check against, never to show.
    let all: [KeptRow]
    private let visibility: Visibility
    /// Operators of the sites that may be seen.
    private let firms: Set<String>

    init(_ desk: CountyDesk, _ request: PageRequest) throws {
        let kept = try desk.registerStore.rows()
        let (registers, visibility) = (Registers(kept.map(\.dated)), try request.visibility())
        let sites = registers.sites.filter { visibility.allows(village: $0.village) }
        let firms = Set(sites.map(\.operatorName))
        (self.registers, self.visibility, self.firms, all) = (registers, visibility, firms, kept)
        rows = kept.filter { Self.allows($0.dated.row, registers, visibility, firms) }
    }

    /// Whether a row may be seen.
    func allows(_ row: RegisterRow) -> Bool { Self.allows(row, registers, visibility, firms) }

    /// Whether a station may be named, by the site to which it belongs.
    func allows(stationOf site: Site?) -> Bool {
        visibility.allows(township: site.map { Self.township($0.village) })
            && visibility.allows(firm: site?.operatorName)
    }

    /// The rows of one register.
    func rows(of kind: RegisterKind) -> [KeptRow] { rows.filter { $0.dated.row.kind == kind } }

    /// One thing at its times, the earliest first.
    func versions(_ kind: RegisterKind, _ key: String) -> [KeptRow] {
        rows.filter { $0.dated.row.kind == kind && $0.dated.row.key == key }.sorted { $0.firstDay < $1.firstDay }
    }

    private static func township(_ village: String) -> String { String(village.prefix(RegisterCodes.townshipDigits)) }

    private static func allows(
        _ row: RegisterRow,
        _ registers: Registers,
        _ visibility: Visibility,
        _ firms: Set<String>
    ) -> Bool {
        switch row {
        case .township(let row): visibility.allows(township: row.code)
        case .village(let row): visibility.allows(village: row.code)
        case .operatorFirm(let row):
            visibility.allows(firm: row.name) && (visibility.township == nil || firms.contains(row.name))
        case .site(let row): visibility.allows(village: row.village) && visibility.allows(firm: row.operatorName)
        case .staff(let row):
            visibility.allows(township: row.site.flatMap(registers.site).map { township($0.village) })
        case .operatorReport(let row):
            visibility.allows(township: township(row.village), firm: row.by, brand: row.brand)
        }
    }
}

extension KeptRow {
    /// Number of the first day on which it holds; the least one for a row that held ever since.
    var firstDay: Int64 { dated.validFrom?.number ?? .min }
}
