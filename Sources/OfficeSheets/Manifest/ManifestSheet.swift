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
    private let header: ManifestHeader
    private let separator: CSV.Separator

    /// Reads the text of a sheet; rows that cannot be read are in `faults`.
    ///
    /// - Throws: `SheetFault` when no row can be read at all.
    public init(_ text: String) throws(SheetFault) {
        separator = Self.separator(of: text)
        let rows = try CSV.rows(text, separator: separator)
        let fits = rows.prefix(SheetLimits.headerRowsMax).map { ManifestHeader.Fit($0.cells) }
        guard let start = ManifestHeader.best(fits) else {
            let isEmpty = rows.allSatisfy { $0.cells.allSatisfy { SheetCell.text($0).isEmpty } }
            throw SheetFault(
                isEmpty ? "is empty" : "no row names the columns",
                mend: "let the first row be \(ManifestColumn.waybill.names), \(ManifestColumn.brand.names), …"
            )
        }
        header = try ManifestHeader(rows[start], separator: separator)
        if !header.ignored.isEmpty {
            notes.append("columns not used 未用的列: \(header.ignored.joined(separator: ", "))")
        }
        read(rows[(start + 1)...])
        noteCutNumbers()
    }

    /// The separator by which a row names the columns; looked for before quotes are, which a wrong one misreads.
    private static func separator(of text: String) -> CSV.Separator {
        let lines = text.split(maxSplits: SheetLimits.headerRowsMax, whereSeparator: \.isNewline)
        let rows = lines.prefix(SheetLimits.headerRowsMax).flatMap { line in
            CSV.Separator.allCases.map { (line: line, separator: $0) }
        }
        let fits = rows.map { row in
            let mark = Character(Unicode.Scalar(row.separator.rawValue))
            let cells = row.line.split(separator: mark, omittingEmptySubsequences: false)
            return ManifestHeader.Fit(cells.map { $0.filter { !"=\"".contains($0) } })
        }
        return ManifestHeader.best(fits).map { rows[$0].separator } ?? .comma
    }

    private mutating func read(_ rows: ArraySlice<CSV.Row>) {
        let claims = claims(rows)
        var known: Set<Waybill> = []
        var passed: [Int] = []
        for row in rows {
            let cells = ManifestCells(row: row, header: header, separator: separator)
            if let fault = cells.swallowing {
                faults.append(fault)
                continue
            }
            guard !cells.isEmpty else {
                if row.cells.contains(where: { !SheetCell.text($0).isEmpty }) { passed.append(row.number) }
                continue
            }
            do throws(SheetFault) {
                let line = try Self.line(cells)
                guard known.insert(line.entry.waybill).inserted else {
                    // Without the row of the first: a sheet that was pasted twice is one line then.
                    throw cells.fault(.waybill, "repeats a number above", mend: "delete one of the two rows")
                }
                if let formerly = line.entry.formerly, claims.isDoubtful(formerly) {
                    throw cells.fault(.formerly, NumberClaims.cause, mend: NumberClaims.mend)
                }
                lines.append(line)
            } catch {
                faults.append(error)
            }
        }
        guard !passed.isEmpty else { return }
        notes.append("\(SheetFault.rowsText(passed)): no number, passed over 没有单号，已略过")
    }

    private func claims(_ rows: ArraySlice<CSV.Row>) -> NumberClaims {
        var claims = NumberClaims()
        for row in rows {
            let cells = ManifestCells(row: row, header: header, separator: separator)
            guard let waybill = try? cells.waybill(.waybill) else { continue }
            claims.add(waybill, formerly: try? cells.waybill(.formerly))
        }
        return claims
    }

    /// One zero behind the fifteenth digit is likely true, two hardly; where all numbers of a column that are so long end in
    /// zeros, Excel has cut them. It does so column by column.
    private mutating func noteCutNumbers() {
        noteCutNumbers(.waybill) { $0.waybill }
        noteCutNumbers(.formerly) { $0.formerly }
    }

    private mutating func noteCutNumbers(_ column: ManifestColumn, _ number: (ManifestEntry) -> Waybill?) {
        let numbers = lines.compactMap { line in number(line.entry).map { (row: line.row, text: $0.rawValue) } }
        let long = numbers.filter { SheetCell.isLongNumber($0.text) }
        let ending = long.filter { SheetCell.mayBeCut($0.text) }
        let sure = ending.filter { $0.text.utf8.count >= SheetLimits.excelDigits + 2 }
        let cut = ending.count == long.count ? ending : sure
        guard !cut.isEmpty else { return }
        let place = header.place(of: column) ?? column.names
        notes.append(
            "\(SheetFault.rowsText(cut.map(\.row))), \(place): zeros behind the fifteenth digit, as Excel writes numbers "
                + "that it cut: compare with the labels; \(ManifestCells.asText)"
        )
    }

    private static func line(_ cells: ManifestCells) throws(SheetFault) -> Line {
        if let stray = cells.stray {
            throw SheetFault(
                row: cells.row.number,
                "has a cell in column \(ManifestHeader.letters(stray)), behind the last named column",
                mend: "put a cell with a comma in quotes, or delete what stands there"
            )
        }
        var line = Line(row: cells.row.number, entry: try entry(cells))
        if let text = try cells.number(.n) {
            guard let n = UInt32(text), n <= Limits.announcedNMax else {
                throw cells.bad(.n, "a number from 0 to \(Limits.announcedNMax)")
            }
            line.wantedN = n
        }
        if let text = try cells.number(.phone) {
            guard let phone = SheetPhone(text) else { throw cells.bad(.phone, "a phone number, whole or masked") }
            line.entry.phoneMasked = phone.masked
            line.phoneDigits = phone.digits
        }
        // The station's own check: what passes here is taken there.
        if let fault = line.entry.fault {
            throw cells.fault(ManifestColumn(wireName: fault.field) ?? .waybill, fault.cause, mend: fault.mend)
        }
        return line
    }

    private static func run(_ cells: ManifestCells) throws(SheetFault) -> String? {
        guard let run = try cells.note(.run) else { return nil }
        guard ManifestEntry.isRun(run) else { throw cells.bad(.run, "the number of a run without a colon") }
        return run
    }

    private static func entry(_ cells: ManifestCells) throws(SheetFault) -> ManifestEntry {
        guard let waybill = try cells.waybill(.waybill) else {
            throw cells.bad(
                .waybill,
                "a waybill number (\(Limits.waybillCharactersMin) to \(Limits.waybillCharactersMax) long)"
            )
        }
        guard let brand = cells[.brand], brand.isOneLine, brand.unicodeScalars.count <= 32 else {
            throw cells.bad(.brand, "a carrier, one line of 1 to 32 characters")
        }
        var entry = ManifestEntry(
            waybill: waybill,
            brand: brand,
            operatorName: try cells.note(.carrier) ?? brand,
            run: try run(cells),
            bag: try cells.note(.bag),
            hamlet: try cells.note(.hamlet),
            station: try cells.note(.station)
        )
        if cells[.formerly] != nil {
            guard let other = try cells.waybill(.formerly) else {
                throw cells.bad(.formerly, "a waybill number, or nothing")
            }
            entry.formerly = other == waybill ? nil : other
        }
        if let text = cells.word(.consent) {
            guard let consent = Consent(written: text) else {
                throw cells.bad(
                    .consent,
                    "同意, 寄件人指定, 不同意 or 未知 (user_consent, sender_named_locker, none, unknown)"
                )
            }
            entry.consent = consent
        }
        if let text = cells.word(.cooperation) {
            guard let mode = CooperationMode(written: text) else {
                throw cells.bad(.cooperation, "one of \(CooperationMode.known)")
            }
            entry.cooperation = mode
        }
        if let text = cells.word(.size) {
            guard let size = Size(written: text) else { throw cells.bad(.size, "小, 中, 大 or 特大 (S, M, L, XL)") }
            entry.size = size
        }
        if let text = cells.word(.reach) {
            guard let reach = Reach(rawValue: text.lowercased()) else { throw cells.bad(.reach, "low, mid or high") }
            entry.reach = reach
        }
        let answers = [(ManifestColumn.chilled, \ManifestEntry.chilled), (.senderAgreement, \.senderAgreement)]
        for (column, path) in answers {
            guard let text = cells.word(column) else { continue }
            guard let yes = text.yesOrNo else { throw cells.bad(column, "是 or 否 (yes, no)") }
            entry[keyPath: path] = yes
        }
        return entry
    }
}
