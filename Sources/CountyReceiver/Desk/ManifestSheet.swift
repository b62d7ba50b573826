import LockerDomain
import SyncWire

/// A manifest file as a clerk exports it: CSV with a header line (RFC 4180, UTF-8), columns in any order.
struct ManifestSheet {
    /// One good line.
    struct Line {
        /// Line of the file, from 1.
        var number: Int
        var entry: ManifestEntry
        /// `n` that the file asks for.
        var wantedN: UInt32?
        /// Digits of the phone when the file holds a whole one; they go no further than the keyed hash.
        var phoneDigits: String?
    }

    private(set) var lines: [Line] = []
    /// `line 7: …` for each line that cannot be read.
    private(set) var faults: [String] = []

    init(_ text: String) throws {
        let rows = CSV.rows(text)
        guard let header = rows.first else {
            throw CountyFault("manifest", "is empty", mend: "begin with a line waybill,brand")
        }
        var columns: [ManifestColumn: Int] = [:]
        for (index, cell) in header.cells.enumerated() {
            let name = cell.trimmed
            guard let column = ManifestColumn(header: name) else {
                let known = ManifestColumn.allCases.map(\.rawValue).joined(separator: ",")
                throw CountyFault("line \(header.number)", "unknown column \"\(name)\"", mend: "known are \(known)")
            }
            guard columns.updateValue(index, forKey: column) == nil else {
                throw CountyFault("line \(header.number)", "column \(name) stands there twice", mend: "take one out")
            }
        }
        for needed in [ManifestColumn.waybill, .brand] where columns[needed] == nil {
            throw CountyFault("line \(header.number)", "has no column \(needed.rawValue)", mend: "add it")
        }
        var seen: [Waybill: Int] = [:]
        for row in rows.dropFirst() where !(row.cells.count == 1 && row.cells[0].trimmed.isEmpty) {
            do throws(CountyFault) {
                let line = try Self.line(row, columns, width: header.cells.count)
                if let other = seen.updateValue(line.number, forKey: line.entry.waybill) {
                    throw CountyFault("line \(row.number)", "\(line.entry.waybill) is on line \(other) already")
                }
                lines.append(line)
            } catch {
                faults.append(error.description)
            }
        }
    }

    private static func line(
        _ row: CSV.Row,
        _ columns: [ManifestColumn: Int],
        width: Int
    ) throws(CountyFault) -> Line {
        guard row.cells.count == width else {
            throw CountyFault(
                "line \(row.number)",
                "has \(row.cells.count) cells, the header \(width)",
                mend: "quote cells with commas"
            )
        }
        let cells = Cells(row: row, columns: columns)
        var line = Line(number: row.number, entry: try entry(cells))
        if let text = cells[.n] {
            guard let n = UInt32(text), n <= CountyLimits.announcedNMax else {
                throw cells.bad(.n, "a number from 0 to \(CountyLimits.announcedNMax)")
            }
            line.wantedN = n
        }
        if let text = cells[.phone] {
            guard let phone = SheetPhone(text) else { throw cells.bad(.phone, "a phone number, whole or masked") }
            line.entry.phoneMasked = phone.masked
            line.phoneDigits = phone.digits
        }
        return line
    }

    /// On the card of a run a colon ends its number.
    private static func run(_ cells: Cells) throws(CountyFault) -> String? {
        let run = try cells.note(.run)
        guard run?.contains(":") != true else { throw cells.bad(.run, "the number of a run without a colon") }
        return run
    }

    private static func entry(_ cells: Cells) throws(CountyFault) -> ManifestEntry {
        guard let written = cells[.waybill], let waybill = try? Waybill(written: written) else {
            throw cells.bad(
                .waybill,
                "a waybill number (\(Limits.waybillCharactersMin) to \(Limits.waybillCharactersMax) long)"
            )
        }
        guard let brand = cells[.brand], brand.count <= 32 else {
            throw cells.bad(.brand, "a carrier of 1 to 32 characters")
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
        if let text = cells[.consent] {
            guard let consent = Consent(written: text) else {
                throw cells.bad(
                    .consent,
                    "user_consent, sender_named_locker, none or unknown (同意, 寄件人指定, 不同意, 未知)"
                )
            }
            entry.consent = consent
        }
        if let text = cells[.size] {
            guard let size = Size(rawValue: text.asciiUppercased) else { throw cells.bad(.size, "S, M, L or XL") }
            entry.size = size
        }
        if let text = cells[.reach] {
            guard let reach = Reach(rawValue: text.asciiLowercased) else {
                throw cells.bad(.reach, "low, mid or high")
            }
            entry.reach = reach
        }
        let answers = [(ManifestColumn.chilled, \ManifestEntry.chilled), (.senderAgreement, \.senderAgreement)]
        for (column, path) in answers {
            guard let text = cells[column] else { continue }
            guard let yes = text.yesOrNo else { throw cells.bad(column, "yes or no (是, 否)") }
            entry[keyPath: path] = yes
        }
        return entry
    }
}

/// The cells of one line, by their columns.
private struct Cells {
    let row: CSV.Row
    let columns: [ManifestColumn: Int]

    /// The text without blanks around it; `nil` for an empty cell.
    subscript(column: ManifestColumn) -> String? {
        guard let index = columns[column] else { return nil }
        let text = row.cells[index].trimmed
        return text.isEmpty ? nil : text
    }

    /// A text that events will carry.
    func note(_ column: ManifestColumn) throws(CountyFault) -> String? {
        guard let text = self[column] else { return nil }
        guard text.count <= Limits.noteCharactersMax else {
            throw bad(column, "a text of 1 to \(Limits.noteCharactersMax) characters")
        }
        return text
    }

    func bad(_ column: ManifestColumn, _ rule: String) -> CountyFault {
        CountyFault(
            "line \(row.number)",
            "\(column.rawValue) \"\(self[column]?.prefix(40) ?? "")\" is not \(rule)"
        )
    }
}
