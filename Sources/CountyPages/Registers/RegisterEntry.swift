import CountyBooks
import LockerDomain
import OfficeSheets

/// One row of a register as it is typed into a form. It goes the way of a sheet of one row, so that page and sheet have
/// one set of rules and words.
struct RegisterEntry {
    let kind: RegisterKind
    private let fields: [RegisterField]
    private var cells: [String]

    /// The first day that a sheet may name. A row that holds ever since, beside others of its key that begin later, is
    /// checked as one from this day: a sheet's row without a day means the newest.
    private static let firstDay = "2000-01-01"

    /// - Parameter row: whose columns of the key stay as they are; `nil` for a new one.
    init(_ kind: RegisterKind, _ form: SentForm, over row: DatedRow? = nil) {
        self.kind = kind
        fields = RegisterField.all(kind)
        let old = row.map(RegisterSheet.cells) ?? []
        cells = fields.enumerated().map { index, field in
            guard row == nil || !field.isKey else { return old[index] }
            let text = form.text(field.name)
            // A cell of a sheet is one line.
            return field.isList ? text.split(whereSeparator: \.isNewline).joined(separator: "、") : text
        }
    }

    /// The row with the codes and names of the registers.
    ///
    /// - Parameters:
    ///   - rows: of all registers.
    ///   - stations: ids that the county knows, beside those that the row names.
    ///   - hasOthers: whether there are other rows of its key.
    /// - Throws: `FormFault` that names every field.
    func checked(
        against rows: [DatedRow],
        stations: Set<String>,
        county: String,
        hasOthers: Bool
    ) throws -> DatedRow {
        var cells = cells
        let dayIndex = fields.firstIndex(where: \.isDay)
        let isEver = dayIndex.map { cells[$0].isEmpty } ?? false
        if let dayIndex, isEver, hasOthers { cells[dayIndex] = Self.firstDay }
        let sheet: RegisterSheet
        do throws(SheetFault) {
            sheet = try RegisterSheet(kind, text: Self.text([fields.map(\.chinese), cells]))
        } catch {
            throw fault([error])
        }
        let known = RegisterNames(
            county: county.isEmpty ? nil : county,
            stations: stations.union(sheet.stations),
            rows: rows
        )
        let checked = sheet.checked(against: known)
        guard checked.faults.isEmpty else { throw fault(checked.faults) }
        guard var dated = checked.rows.first else {
            throw FormFault(Words("什么都没有填写。", "Nothing was filled in."))
        }
        if isEver { dated.validFrom = nil }
        return dated
    }

    private func fault(_ faults: [SheetFault]) -> FormFault {
        var sentences: [Words] = []
        var byField: [String: Words] = [:]
        for fault in faults {
            let field = fields.first { fault.column?.hasSuffix($0.sheetName) ?? false }
            let words = fault.words
            guard let field else {
                sentences.append(words)
                continue
            }
            sentences.append(
                Words("\(field.chinese)：\(words.chinese)", "\(field.words.english): \(words.english)")
            )
            if byField[field.name] == nil { byField[field.name] = words }
        }
        return FormFault(sentences, fields: byField)
    }

    /// Rows as a sheet, each cell in quotes.
    private static func text(_ rows: [[String]]) -> String {
        rows.map { row in row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\r\n" }
            .joined()
    }
}
