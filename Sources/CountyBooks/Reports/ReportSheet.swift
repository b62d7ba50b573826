import Crypto
import LockerDomain
import OfficeSheets
import SyncWire

/// A report in its canonical form: what is frozen, hashed and compared. Rows are sorted by code and brand, figures are
/// plain digits, what is not known, or does not belong there, is an empty cell, never 0. Corrections have a form of
/// their own (``ReportCorrection``).
public struct ReportSheet: Sendable, Hashable {
    /// What names a row.
    public struct Key: Sendable, Hashable, Comparable {
        public var code: String
        /// Empty in the line of all brands.
        public var brand: String

        public init(code: String, brand: String) { (self.code, self.brand) = (code, brand) }

        public static func < (left: Key, right: Key) -> Bool { (left.code, left.brand) < (right.code, right.brand) }
    }

    /// A row: its name and how it is served, and its figures by column.
    public struct Row: Sendable, Hashable {
        public var name: String
        public var mode: String
        public var figures: [Column: Int]

        public init(name: String, mode: String, figures: [Column: Int]) {
            (self.name, self.mode, self.figures) = (name, mode, figures)
        }
    }

    /// A column of figures, in the order in which they are printed.
    public enum Column: String, Sendable, Codable, CaseIterable {
        case received, accepted, rejected, receivedUncertain, acceptedUncertain, receivedTwice, acceptedTwice
        case visited, notVisited, unknown, uncertain, notYet
        case reportedReceived, reportedAccepted, reportedVisitDays

        /// As the form writes it.
        public var chinese: String {
            switch self {
            case .received: "下行件数"
            case .accepted: "上行件数"
            case .rejected: "未收寄件数"
            case .receivedUncertain: "时间不确定下行"
            case .acceptedUncertain: "时间不确定上行"
            case .receivedTwice: "少于各村之和（下行）"
            case .acceptedTwice: "少于各村之和（上行）"
            case .visited: "已到天数"
            case .notVisited: "未到天数"
            case .unknown: "未知天数"
            case .uncertain: "不确定天数"
            case .notYet: "未完天数"
            case .reportedReceived: "企业填报下行"
            case .reportedAccepted: "企业填报上行"
            case .reportedVisitDays: "企业填报到村天数"
            }
        }
    }

    public private(set) var rows: [Key: Row]

    /// - Parameter rows: by their keys.
    public init(_ rows: [Key: Row]) { self.rows = rows }

    /// The rows of a report.
    public init(_ report: MonthReport) {
        rows = Dictionary(
            report.lines.map { line in
                let row = Row(name: line.name, mode: line.mode?.chinese ?? "", figures: Self.figures(line))
                return (Key(code: line.code, brand: line.brand ?? ""), row)
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func figures(_ line: ReportLine) -> [Column: Int] {
        let (proven, reported, days) = (line.figures, line.reported, line.days)
        // What was counted is certain; that nothing else was is not, where a station is silent.
        func known(_ count: Int) -> Int? { count == 0 && !line.isWhole ? nil : count }
        let all: [(Column, Int?)] = [
            (.received, known(proven.received)), (.accepted, known(proven.accepted)),
            (.rejected, known(proven.rejected)), (.receivedUncertain, known(proven.receivedUncertain)),
            (.acceptedUncertain, known(proven.acceptedUncertain)),
            (.receivedTwice, line.level == .village ? nil : proven.receivedTwice),
            (.acceptedTwice, line.level == .village ? nil : proven.acceptedTwice),
            (.visited, days?.visited), (.notVisited, days?.notVisited), (.unknown, days?.unknown),
            (.uncertain, days?.uncertain), (.notYet, days?.notYet), (.reportedReceived, reported?.received),
            (.reportedAccepted, reported?.accepted), (.reportedVisitDays, reported?.visitDays),
        ]
        return Dictionary(uniqueKeysWithValues: all.compactMap { column, figure in figure.map { (column, $0) } })
    }

    // MARK: Canonical form

    /// Headers of what names a row.
    static let names = ["区划代码", "品牌", "名称", "服务方式"]
    private static let header = names + Column.allCases.map(\.chinese)

    /// UTF-8 without a mark, LF, sorted.
    public var csv: [UInt8] {
        let lines = rows.sorted { $0.key < $1.key }.map { key, row in
            [key.code, key.brand, row.name, row.mode] + Column.allCases.map { row.figures[$0].map(String.init) ?? "" }
        }
        return Table.canonicalCSV(header: Self.header, rows: lines)
    }

    /// Hex of the SHA-256 of a canonical form.
    public static func sha256(_ csv: [UInt8]) -> String { Hex.encode(SHA256.hash(data: csv)) }

    /// Reads a canonical form back; `nil` for what this version did not write.
    public init?(csv: [UInt8]) {
        guard let lines = Self.lines(of: csv, header: Self.header) else { return nil }
        var rows: [Key: Row] = [:]
        for cells in lines {
            var row = Row(name: cells[2], mode: cells[3], figures: [:])
            for (column, cell) in zip(Column.allCases, cells.dropFirst(Self.names.count)) where !cell.isEmpty {
                guard let figure = Int(cell) else { return nil }
                row.figures[column] = figure
            }
            rows[Key(code: cells[0], brand: cells[1])] = row
        }
        self.rows = rows
    }

    /// Cells of a canonical form, a line each; `nil` where it has another header.
    static func lines(of csv: [UInt8], header: [String]) -> [[String]]? {
        guard let text = String(validating: csv, as: UTF8.self), let lines = try? CSV.rows(text),
            lines.first?.cells == header, lines.allSatisfy({ $0.cells.count == header.count })
        else { return nil }
        return lines.dropFirst().map(\.cells)
    }
}
