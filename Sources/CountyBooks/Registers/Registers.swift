import LockerDomain

/// All registers of the county, as they were valid on each day. A value: read once, asked often.
public struct Registers: Sendable {
    /// One thing of a register at its times, the earliest first.
    private struct Versions<Row: Sendable>: Sendable {
        var all: [(from: Int64, row: Row)] = []

        /// The row on a day; `nil` before the first.
        func on(_ day: Int64) -> Row? { all.last { $0.from <= day }?.row }
        var newest: Row? { all.last?.row }
    }

    private var townshipsByCode: [String: Versions<Township>] = [:]
    private var villagesByCode: [String: Versions<Village>] = [:]
    private var firmsByName: [String: Versions<OperatorFirm>] = [:]
    private var sitesByNumber: [String: Versions<Site>] = [:]
    private var staffByNumber: [String: Versions<StaffMember>] = [:]
    /// Numbers of the sites that ever had a station.
    private var sitesOfStation: [String: Set<String>] = [:]
    private var codesByName: [String: Set<String>] = [:]
    /// What firms report themselves.
    public private(set) var operatorReports: [OperatorReport] = []

    /// The rows that hold, in any order; several of one key are one thing at several times.
    public init(_ rows: [DatedRow] = []) {
        for dated in rows.sorted(by: { Self.from($0) < Self.from($1) }) { add(dated) }
    }

    /// The first day of a row that held ever since.
    private static func from(_ row: DatedRow) -> Int64 { row.validFrom?.number ?? .min }

    private mutating func add(_ dated: DatedRow) {
        let from = Self.from(dated)
        switch dated.row {
        case .township(let row): townshipsByCode[row.code, default: Versions()].all.append((from, row))
        case .village(let row):
            villagesByCode[row.code, default: Versions()].all.append((from, row))
            codesByName[row.name, default: []].insert(row.code)
        case .operatorFirm(let row): firmsByName[row.name, default: Versions()].all.append((from, row))
        case .site(let row):
            sitesByNumber[row.number, default: Versions()].all.append((from, row))
            for station in row.stations { sitesOfStation[station, default: []].insert(row.number) }
        case .staff(let row): staffByNumber[row.number, default: Versions()].all.append((from, row))
        case .operatorReport(let row): operatorReports.append(row)
        }
    }

    // MARK: What is valid now

    /// By code.
    public var townships: [Township] { townshipsByCode.values.compactMap(\.newest).sorted { $0.code < $1.code } }
    /// By code.
    public var villages: [Village] { villagesByCode.values.compactMap(\.newest).sorted { $0.code < $1.code } }
    /// By name.
    public var firms: [OperatorFirm] { firmsByName.values.compactMap(\.newest).sorted { $0.name < $1.name } }
    /// By number.
    public var sites: [Site] { sitesByNumber.values.compactMap(\.newest).sorted { $0.number < $1.number } }
    /// By number.
    public var staff: [StaffMember] { staffByNumber.values.compactMap(\.newest).sorted { $0.number < $1.number } }

    public func township(_ code: String) -> Township? { townshipsByCode[code]?.newest }
    public func village(_ code: String) -> Village? { villagesByCode[code]?.newest }
    public func site(_ number: String) -> Site? { sitesByNumber[number]?.newest }

    /// Name of a person by the 16 hex digits of the wire; the decimal number where the register has none.
    public func person(_ wire: String) -> String {
        let number = PersonNumber.shown(wire)
        return staffByNumber[number]?.newest.map { "\($0.name) (\(number))" } ?? number
    }

    // MARK: What was valid then

    /// The site of a station on a day, counted from 1970-01-01; `nil` where none had it.
    public func site(ofStation id: String, on day: Int64) -> Site? {
        let sites = (sitesOfStation[id] ?? []).compactMap { sitesByNumber[$0]?.on(day) }
        return sites.filter { $0.stations.contains(id) }.min { $0.number < $1.number }
    }

    /// Sites as they were on a day, by number.
    public func sites(on day: Int64) -> [Site] {
        sitesByNumber.values.compactMap { $0.on(day) }.sorted { $0.number < $1.number }
    }

    /// The 区划代码 of a village by its code, or by the name that a manifest had before the village was registered; `nil` for
    /// one that is unknown, or a name of several.
    public func villageCode(_ written: String) -> String? {
        if villagesByCode[written] != nil { return written }
        guard let codes = codesByName[written], codes.count == 1 else { return nil }
        return codes.first
    }
}

extension Site {
    /// Every village that it serves, its own first, each once.
    public var villagesServed: [ServedVillage] {
        [ServedVillage(village: village, mode: .site)] + serves.filter { $0.village != village }
    }
}
