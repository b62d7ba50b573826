import LockerDomain
import OfficeSheets

/// Loads the sheet of a register into its store, all rows or none, with an entry in the audit log. Pages and commands load by
/// this one way.
public enum RegisterLoading {
    /// What was loaded.
    public struct Loaded: Sendable, Hashable {
        /// Rows of the sheet.
        public var rows: Int
        /// Of these, those that are new or differ from what stood there.
        public var changed: Int
        /// What a clerk should look at, a sentence each.
        public var notes: [String]
    }

    /// Reads, checks and keeps.
    ///
    /// - Parameters:
    ///   - bytes: of a CSV file as offices save it.
    ///   - stations: ids of the county's stations.
    ///   - county: first six digits of 区划代码 of the county; empty where it is not set.
    ///   - stamp: of the entry that the audit log gets with the rows.
    /// - Throws: `CountyFault` that names every bad row, or every column that is missing and not empty in the register, or
    ///   says that there is no row at all, and what the store throws.
    public static func load(
        _ bytes: [UInt8],
        _ kind: RegisterKind,
        into store: some RegisterStore,
        stations: Set<String>,
        county: String,
        stamp: AuditStamp
    ) throws -> Loaded {
        let kept = try store.rows()
        let sheet: RegisterSheet
        do {
            sheet = try RegisterSheet(kind, text: try SheetText.decode(bytes))
        } catch {
            throw CountyFault(error.place ?? kind.chinese, error.cause, mend: error.mend)
        }
        let names = RegisterNames(
            county: county.isEmpty ? nil : county,
            stations: stations.union(sheet.stations),
            rows: kept.map(\.dated)
        )
        let checked = sheet.checked(against: names)
        guard checked.faults.isEmpty else {
            throw CountyFault(
                "\(kind.chinese) \(kind.rawValue)",
                "\(checked.faults.count) bad rows, nothing was loaded 有 \(checked.faults.count) 行不对，没有载入\n"
                    + SheetFault.lines(checked.faults).joined(separator: "\n")
            )
        }
        guard !checked.rows.isEmpty else {
            throw CountyFault(
                "\(kind.chinese) \(kind.rawValue)",
                "has no rows, nothing was loaded 没有数据行，没有载入",
                mend: "write a row for each entry below the names of the columns 请在列名下面逐行填写"
            )
        }
        let losses = sheet.losses(of: checked.rows, beside: kept)
        guard losses.isEmpty else {
            let columns = losses.count == 1 ? "1 column is" : "\(losses.count) columns are"
            throw CountyFault(
                "\(kind.chinese) \(kind.rawValue)",
                "\(columns) not there, nothing was loaded 缺少 \(losses.count) 列，没有载入\n"
                    + SheetFault.lines(losses).joined(separator: "\n")
            )
        }
        let changes = changes(checked.rows, beside: kept)
        let detail = "\(kind.rawValue), \(checked.rows.count) rows, \(changes.count) new or changed"
        let audit = AuditEntry(stamp, .registerImported, object: kind.rawValue, detail: detail)
        try store.keep(changes, by: stamp.by.description, at: stamp.time, audit: audit)
        let notEnrolled = sheet.stations.subtracting(stations).sorted()
        let note = "stations not known yet, to be enrolled 尚未入网的站点: \(notEnrolled.joined(separator: " "))"
        return Loaded(
            rows: checked.rows.count,
            changed: changes.count,
            notes: sheet.notes + (notEnrolled.isEmpty ? [] : [note])
        )
    }

    /// What has to be written so that the rows hold. A row without a day takes the place of the newest of its key.
    static func changes(_ rows: [DatedRow], beside kept: [KeptRow]) -> [RegisterChange] {
        let byKey = Dictionary(grouping: kept) { Key(kind: $0.dated.row.kind, key: $0.dated.row.key) }
        return rows.compactMap { dated in
            let versions = byKey[Key(kind: dated.row.kind, key: dated.row.key)] ?? []
            let newest = newest(versions)
            var dated = dated
            if dated.validFrom == nil { dated.validFrom = newest?.dated.validFrom }
            let same = versions.first { $0.dated.validFrom == dated.validFrom }
            guard same?.dated != dated else { return nil }
            return RegisterChange(dated, replaces: same?.number)
        }
    }

    /// The version that holds from the latest day on.
    static func newest(_ versions: [KeptRow]) -> KeptRow? {
        versions.max { ($0.dated.validFrom?.number ?? .min) < ($1.dated.validFrom?.number ?? .min) }
    }

    private struct Key: Hashable {
        var kind: RegisterKind
        var key: String
    }
}
