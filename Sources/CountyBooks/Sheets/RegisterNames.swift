import OfficeSheets

/// What the registers know, to check a sheet against: the rows of all times, since a sheet may be back-dated.
public struct RegisterNames: Sendable {
    /// What a written village means.
    public enum VillageMatch: Sendable, Hashable {
        /// 区划代码 of the one village that it names.
        case one(String)
        case none
        /// 区划代码 of the villages of this name.
        case several([String])
    }

    /// The first six digits of 区划代码 of the county; `nil` where it is not set.
    public let county: String?
    /// Ids of the stations of the county.
    public let stations: Set<String>
    private(set) var sites: [String: [DatedRow]] = [:]
    private var townships: [String: Set<String>] = [:]
    private var villages: Set<String> = []
    private var villagesByName: [String: Set<String>] = [:]
    private var operators: [String: String] = [:]

    /// - Parameters:
    ///   - county: the first six digits of 区划代码 of the county, if they are set.
    ///   - stations: ids of the county's stations.
    ///   - rows: the rows of all registers with their history, in any order.
    public init(county: String?, stations: Set<String>, rows: [DatedRow]) {
        (self.county, self.stations) = (county, stations)
        for dated in rows { add(dated) }
    }

    private mutating func add(_ dated: DatedRow) {
        switch dated.row {
        case .township(let row): townships[row.code, default: []].insert(Self.plain(row.name))
        case .village(let row):
            villages.insert(row.code)
            villagesByName[Self.plain(row.name), default: []].insert(row.code)
        case .operatorFirm(let row): operators[Self.plain(row.name)] = row.name
        case .site(let row): sites[row.number, default: []].append(dated)
        case .staff, .operatorReport: break
        }
    }

    /// Reads what sheets and manifests write for a village: 区划代码, or a name of it, with that of its township in front
    /// where villages share one (`北留镇北留村`).
    public func village(_ written: String) -> VillageMatch {
        let name = Self.plain(written)
        guard !Self.isCode(name) else { return villages.contains(name) ? .one(name) : .none }
        let codes = villages(named: name)
        guard codes.isEmpty else { return Self.match(codes) }
        let inTownship = townships.reduce(into: Set<String>()) { found, township in
            for front in township.value where name.hasPrefix(front) {
                let rest = String(name.dropFirst(front.count))
                found.formUnion(villages(named: rest).filter { $0.hasPrefix(township.key) })
            }
        }
        return Self.match(inTownship)
    }

    /// Whether the township of a code is known.
    func isTownship(_ code: String) -> Bool { townships[code] != nil }

    /// Whether a township has, or once had, this name.
    func isTownship(_ code: String, named name: String) -> Bool {
        townships[code]?.contains(Self.plain(name)) ?? false
    }

    /// The name of a firm as its register writes it.
    func operatorName(_ written: String) -> String? { operators[Self.plain(written)] }

    static func isCode(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private func villages(named name: String) -> Set<String> {
        villagesByName[name] ?? villagesByName[name + "村"] ?? []
    }

    private static func match(_ codes: Set<String>) -> VillageMatch {
        guard let first = codes.first else { return .none }
        return codes.count == 1 ? .one(first) : .several(codes.sorted())
    }

    /// A name as it is compared: without blanks, and without the committee by which registers of the state name villages.
    private static func plain(_ name: String) -> String {
        let text = SheetCell.halfWidth(name).filter { !$0.isWhitespace }
        let endings = [("村民委员会", "村"), ("村委会", "村"), ("社区居民委员会", "社区"), ("社区居委会", "社区")]
        for (ending, short) in endings where text.hasSuffix(ending) {
            return text.dropLast(ending.count) + short
        }
        return text
    }
}
