import LockerDomain

/// All registers of the county, as they were valid on each day. A value: read once, asked often.
public struct Registers: Sendable {
    /// One thing of a register at its times, the earliest first.
    private struct Versions<Row: Sendable>: Sendable {
        var all: [(from: Int64, row: Row)] = []

        /// The row on a day; `nil` before the first.
        func on(_ day: Int64) -> Row? { all.last { $0.from <= day }?.row }
        var newest: Row? { all.last?.row }

        /// The row on a day; before the first, that one: a name is wanted for what an event says of it.
        func called(on day: Int64) -> Row? { on(day) ?? all.first?.row }

        /// The rows of a range of days, each with the days on which it holds.
        func within(_ days: ClosedRange<Int64>) -> [(row: Row, days: ClosedRange<Int64>)] {
            all.indices.compactMap { index in
                let next = index + 1 < all.endIndex ? all[index + 1].from : .max
                let first = max(all[index].from, days.lowerBound)
                guard next > first, first <= days.upperBound else { return nil }
                return (all[index].row, first...min(next - 1, days.upperBound))
            }
        }
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
    /// The first day from which a row holds that does not hold ever since; `nil` where there is none.
    public private(set) var firstDay: Int64?

    /// The rows that hold, in any order; several of one key are one thing at several times.
    public init(_ rows: [DatedRow] = []) {
        for dated in rows.sorted(by: { Self.from($0) < Self.from($1) }) { add(dated) }
    }

    /// The first day of a row that held ever since.
    private static func from(_ row: DatedRow) -> Int64 { row.validFrom?.number ?? .min }

    private mutating func add(_ dated: DatedRow) {
        let from = Self.from(dated)
        if let day = dated.validFrom?.number { firstDay = min(firstDay ?? day, day) }
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

    /// Name of a person by the 16 hex digits of the wire, as it was on a day, today's if none is given; the decimal number
    /// where the register has none.
    public func person(_ wire: String, on day: Int64? = nil) -> String {
        let number = PersonNumber.shown(wire)
        let versions = staffByNumber[number]
        let person = if let day { versions?.called(on: day) } else { versions?.newest }
        return person.map { "\($0.name) (\(number))" } ?? number
    }

    // MARK: What was valid then

    /// The site of a station on a day, counted from 1970-01-01; `nil` where none had it.
    public func site(ofStation id: String, on day: Int64) -> Site? {
        var first: Site?
        for number in sitesOfStation[id] ?? [] {
            guard let site = sitesByNumber[number]?.on(day), site.stations.contains(id) else { continue }
            if first.map({ site.number < $0.number }) ?? true { first = site }
        }
        return first
    }

    /// The sites that a station had in a range of days, as they were.
    func sites(ofStation id: String, in days: ClosedRange<Int64>) -> [Site] {
        let begins = (sitesOfStation[id] ?? []).flatMap { number in
            (sitesByNumber[number]?.within(days) ?? []).map { $0.days.lowerBound }
        }
        return Set(begins).sorted().compactMap { site(ofStation: id, on: $0) }
    }

    /// A village as it was on a day; as it was first, before the register had it.
    public func village(_ code: String, on day: Int64) -> Village? { villagesByCode[code]?.called(on: day) }

    /// The first day on which the register has a village, `.min` where it has it ever since; `nil` where it has none.
    func begin(ofVillage code: String) -> Int64? { villagesByCode[code]?.all.first?.from }

    /// A township as it was on a day; as it was first, before the register had it.
    public func township(_ code: String, on day: Int64) -> Township? { townshipsByCode[code]?.called(on: day) }

    /// Villages of the register on a day, by code.
    public func villages(on day: Int64) -> [Village] {
        villagesByCode.values.compactMap { $0.on(day) }.sorted { $0.code < $1.code }
    }

    /// Sites of a range of days as they were, each with the days on which it was so; by number and day.
    public func sites(in days: ClosedRange<Int64>) -> [(site: Site, days: ClosedRange<Int64>)] {
        sitesByNumber.sorted { $0.key < $1.key }.flatMap { $0.value.within(days).map { (site: $0.row, days: $0.days) } }
    }

    /// Whether any row of a site ever had a station.
    public func knows(station id: String) -> Bool { sitesOfStation[id] != nil }

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
