public import LockerDomain

/// A manifest (预报单) as a clerk exports it: a row that names the columns, in any order, and a row for each parcel. Titles
/// above, columns that nobody needs, and rows and columns that are formatted but empty are passed over.
public struct ManifestSheet: Sendable {
    /// One good row.
    public struct Line: Sendable, Hashable {
        /// Row as Excel counts it, from 1.
        public var row: Int
        public var entry: ManifestEntry
        /// `n` that the file asks for.
        public var wantedN: UInt32?
        /// Digits of the phone when the file holds a whole one; they go no further than the keyed hash.
        public var phoneDigits: String?
    }

    public private(set) var lines: [Line] = []
    /// What is wrong with each row that cannot be read.
    public private(set) var faults: [SheetFault] = []
    /// What was passed over or looks wrong, a sentence each.
    public private(set) var notes: [String] = []

    /// Reads the text of a sheet; rows that cannot be read are in `faults`.
    ///
    /// - Throws: `SheetFault` when no row can be read at all.
    public init(_ text: String) throws(SheetFault) {
        let table = try SheetTable<ManifestColumn>(text)
        if let unused = table.unused { notes.append(unused) }
        read(table)
        noteCutNumbers(table)
    }

    private mutating func read(_ table: SheetTable<ManifestColumn>) {
        let claims = Self.claims(table)
        var known: Set<Waybill> = []
        var faults = table.faults
        for cells in table.rows {
            do throws(SheetFault) {
                let line = try Self.line(cells)
                guard known.insert(line.entry.waybill).inserted else {
                    // Without the row of the first: a sheet that was pasted twice is one line then.
                    throw cells.fault(
                        .waybill,
                        "repeats a number above 与上面的单号重复",
                        mend: "delete one of the two rows 请删去一行"
                    )
                }
                if let formerly = line.entry.formerly, claims.isDoubtful(formerly) {
                    throw cells.fault(.formerly, NumberClaims.cause, mend: NumberClaims.mend)
                }
                lines.append(line)
            } catch {
                faults.append(error)
            }
        }
        self.faults = faults.sorted { ($0.row ?? 0) < ($1.row ?? 0) }
        guard !table.passed.isEmpty else { return }
        notes.append("\(SheetFault.rowsText(table.passed)): no number, passed over 没有单号，已略过")
    }

    private static func claims(_ table: SheetTable<ManifestColumn>) -> NumberClaims {
        var claims = NumberClaims()
        for cells in table.rows + table.broken {
            guard let waybill = try? cells.waybill(.waybill) else { continue }
            claims.add(waybill, formerly: try? cells.waybill(.formerly))
        }
        return claims
    }

    /// One zero behind the fifteenth digit is likely true, two hardly; where all numbers of a column that are so long end in
    /// zeros, Excel has cut them. It does so column by column.
    private mutating func noteCutNumbers(_ table: SheetTable<ManifestColumn>) {
        noteCutNumbers(table.place(of: .waybill)) { $0.waybill }
        noteCutNumbers(table.place(of: .formerly)) { $0.formerly }
    }

    private mutating func noteCutNumbers(_ place: String?, _ number: (ManifestEntry) -> Waybill?) {
        let numbers = lines.compactMap { line in number(line.entry).map { (row: line.row, text: $0.rawValue) } }
        let long = numbers.filter { SheetCell.isLongNumber($0.text) }
        let ending = long.filter { SheetCell.mayBeCut($0.text) }
        let sure = ending.filter { $0.text.utf8.count >= SheetLimits.excelDigits + 2 }
        let cut = ending.count == long.count ? ending : sure
        guard let place, !cut.isEmpty else { return }
        notes.append(
            "\(SheetFault.rowsText(cut.map(\.row))), \(place): zeros behind the fifteenth digit, as Excel writes numbers "
                + "that it cut 第十五位之后全是零，可能被 Excel 截断: compare with the labels 请与面单核对: \(SheetCell.asText)"
        )
    }

    private static func line(_ cells: SheetCells<ManifestColumn>) throws(SheetFault) -> Line {
        var line = Line(row: cells.rowNumber, entry: try entry(cells))
        if let text = try cells.number(.n) {
            guard let n = UInt32(text), n <= Limits.announcedNMax else {
                throw cells.bad(.n, "a number from 0 to \(Limits.announcedNMax)", " 0 至 \(Limits.announcedNMax) 的数")
            }
            line.wantedN = n
        }
        if let text = try cells.number(.phone) {
            guard let phone = SheetPhone(text) else {
                throw cells.bad(
                    .phone,
                    "a phone number, whole or masked, that of a mobile with 11 digits and no extension",
                    "完整或打码的电话号码，手机号为 11 位，不带分机号"
                )
            }
            line.entry.phoneMasked = phone.masked
            line.phoneDigits = phone.digits
        }
        // The station's own check: what passes here is taken there.
        if let fault = line.entry.fault {
            throw cells.fault(ManifestColumn(wireName: fault.field) ?? .waybill, fault.cause, mend: fault.mend)
        }
        return line
    }

    private static func entry(_ cells: SheetCells<ManifestColumn>) throws(SheetFault) -> ManifestEntry {
        guard let waybill = try cells.waybill(.waybill) else {
            throw cells.bad(
                .waybill,
                "a waybill number (\(Limits.waybillCharactersMin) to \(Limits.waybillCharactersMax) long)",
                "运单号（\(Limits.waybillCharactersMin) 至 \(Limits.waybillCharactersMax) 位）"
            )
        }
        guard let brand = cells[.brand], brand.isOneLine, brand.unicodeScalars.count <= 32 else {
            throw cells.bad(.brand, "a carrier, one line of 1 to 32 characters", "快递品牌，一行 1 到 32 个字")
        }
        var entry = ManifestEntry(
            waybill: waybill,
            brand: brand,
            operatorName: try cells.note(.carrier) ?? Parties.noOperator,
            run: try cells.run(),
            bag: try cells.note(.bag),
            village: try cells.village(),
            hamlet: try cells.note(.hamlet),
            station: try cells.note(.station)
        )
        if cells[.formerly] != nil {
            guard let other = try cells.waybill(.formerly) else {
                throw cells.bad(.formerly, "a waybill number, or nothing", "运单号，或留空")
            }
            entry.formerly = other == waybill ? nil : other
        }
        if let text = cells.word(.consent) {
            guard let consent = Consent(written: text) else {
                throw cells.bad(
                    .consent,
                    "user_consent, sender_named_locker, none or unknown",
                    "同意、寄件人指定、不同意或未知"
                )
            }
            entry.consent = consent
        }
        if let text = cells.word(.cooperation) {
            guard let mode = CooperationMode(written: text) else {
                throw cells.bad(
                    .cooperation,
                    "one of \(CooperationMode.allCases.map(\.rawValue).joined(separator: ", "))",
                    CooperationMode.allCases.map(\.chinese).joined(separator: "、")
                )
            }
            entry.cooperation = mode
        }
        if let text = cells.word(.size) {
            guard let size = Size(written: text) else { throw cells.bad(.size, "S, M, L or XL", "小、中、大或特大") }
            entry.size = size
        }
        if let text = cells.word(.reach) {
            guard let reach = Reach(rawValue: text.lowercased()) else {
                throw cells.bad(.reach, "low, mid or high", " low、mid 或 high")
            }
            entry.reach = reach
        }
        let answers = [(ManifestColumn.chilled, \ManifestEntry.chilled), (.senderAgreement, \.senderAgreement)]
        for (column, path) in answers {
            guard let text = cells.word(column) else { continue }
            guard let yes = text.yesOrNo else { throw cells.bad(column, "yes or no", "是或否") }
            entry[keyPath: path] = yes
        }
        return entry
    }
}
