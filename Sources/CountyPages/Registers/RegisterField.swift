import CountyBooks
import LockerDomain

/// One column of a register, as a field of a form and as a column of a table. It comes from the columns of the
/// register's sheet, so that page and sheet have the same names in the same order.
struct RegisterField: Sendable, Hashable {
    /// English name of the column, `valid_from`.
    let id: String
    let chinese: String
    /// Whether a row cannot be without it.
    let isNeeded: Bool
    /// Whether it is part of what names the row.
    let isKey: Bool

    /// The columns of a register, in the order of `RegisterSheet.cells(of:)`.
    static func all(_ kind: RegisterKind) -> [RegisterField] {
        let marked = RegisterSheet.template(kind).first ?? []
        // 网点编号 number, 网点名称 name, …
        let names = RegisterSheet.columnList(kind).split(separator: ", ").map { $0.split(separator: " ") }
        return zip(zip(RegisterSheet.header(kind), marked), names).map { texts, names in
            let id = String(names.last ?? "")
            return RegisterField(
                id: id,
                chinese: texts.0,
                isNeeded: texts.0 != texts.1,
                isKey: kind.keyColumns.contains(id)
            )
        }
    }

    /// Names it in a form.
    var name: String { id.replacing("_", with: "-") }

    /// In both languages.
    var words: Words {
        let text = id.replacing("_", with: " ")
        return Words(chinese, text.prefix(1).uppercased() + text.dropFirst())
    }

    /// As faults of sheets name it.
    var sheetName: String { "\(chinese) \(id)" }

    var isDay: Bool { id == "valid_from" }

    /// Whether it holds several things with marks between them.
    var isList: Bool { ["site_villages", "reach_villages", "stations"].contains(id) }

    // MARK: In a table

    /// The column of it.
    var column: Table.Column {
        Table.Column(String(id.filter { $0 != "_" }), chinese, words.english, kind)
    }

    private var kind: Table.Kind {
        switch id {
        case "code", "number", "credit_code", "phone", "township", "site", "village", "stations": .code
        case "site_villages", "reach_villages": .code
        case "population", "town_km", "received", "accepted", "visit_days": .number
        case "valid_from": .date
        case "status": .state
        default: .text
        }
    }

    /// What stands in the column. Words of a list are those of the reader's language; the sheet takes both.
    func cell(_ text: String, in language: Language) -> Table.Cell {
        guard !text.isEmpty else { return .none }
        switch kind {
        case .number:
            if let number = Int(text) { return .number(number) }
            // The sheet's 3.5 km, in tenths.
            return Int(text.filter { $0 != "." }).map { .decimal(tenths: $0) } ?? .text(text)
        case .state:
            let status = SiteStatus.allCases.first { $0.chinese == text }
            return .state(word(text)[language], status.map(Self.tone) ?? .unknown)
        case .text: return .text(word(text)[language])
        case .date, .time, .code: return .text(text)
        }
    }

    /// A word of the column's list in both languages; any other text is the same in both.
    func word(_ text: String) -> Words {
        let english: String? =
            switch id {
            case "status": SiteStatus.allCases.first { $0.chinese == text }?.rawValue
            case "type": SiteType.allCases.first { $0.chinese == text }?.rawValue
            case "role": Role.allCases.first { $0.word.zh == text }?.rawValue
            case "brand": CarrierBrand.code(of: text)
            default: nil
            }
        return Words(text, english ?? text)
    }

    private static func tone(_ status: SiteStatus) -> Table.Tone {
        switch status {
        case .open: .ok
        case .suspended: .warn
        case .closed: .unknown
        }
    }
}

extension RegisterKind {
    /// English names of the columns of which `RegisterRow.key` is made.
    fileprivate var keyColumns: Set<String> {
        switch self {
        case .township, .village: ["code"]
        case .operatorFirm: ["operator"]
        case .site, .staff: ["number"]
        case .operatorReport: ["month", "village", "brand", "by"]
        }
    }
}
