/// A column of one kind of sheet, by its Chinese or its English header.
public protocol SheetColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// Columns without which nothing can be read; the first of them alone makes a row the header.
    static var needed: [Self] { get }
    /// The columns by their headers, a constant of the type: `static let headers = HeaderNames<Self>()`.
    static var headers: HeaderNames<Self> { get }
    /// The name that messages show and templates have.
    var chinese: String { get }
    /// Other headers that offices write.
    var others: [String] { get }
}

extension SheetColumn {
    /// `运单号 waybill`.
    public var names: String { "\(chinese) \(rawValue)" }

    /// All names, for the help of a program.
    public static var list: String { allCases.map(\.names).joined(separator: ", ") }
}

/// The columns of a kind of sheet by all their headers.
public struct HeaderNames<Column: SheetColumn>: Sendable {
    private let columns: [String: Column]

    /// Of all cases. A header of two columns is that of the first.
    public init() {
        columns = Dictionary(
            Column.allCases.flatMap { column in
                ([column.chinese, column.rawValue] + column.others).map { (Self.bare($0), column) }
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The column of a header; `nil` for one that nobody knows.
    subscript(header: String) -> Column? {
        guard header.utf8.count <= SheetLimits.headerBytesMax else { return nil }
        let name = Self.bare(header)
        return name.isEmpty ? nil : columns[name]
    }

    /// A header without what templates put around it: `*快递 单号（必填）` is `快递单号`.
    private static func bare(_ header: String) -> String {
        var depth = 0
        var name = String.UnicodeScalarView()
        for scalar in SheetCell.halfWidth(SheetCell.text(header)).unicodeScalars {
            switch scalar {
            case "(", "[", "【": depth += 1
            case ")", "]", "】": depth = max(0, depth - 1)
            case "*", "_", ":": break
            case _ where depth > 0 || scalar.properties.isWhitespace: break
            default: name.append(scalar)
            }
        }
        return String(name).lowercased()
    }
}
