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

    private enum Column: String, CaseIterable {
        case waybill, brand, carrier = "operator", phone, size, chilled, consent, reach, n, run, bag, senderAgreement

        /// Headers that Chinese sheets carry.
        var chinese: String {
            switch self {
            case .waybill: "运单号"
            case .brand: "品牌"
            case .carrier: "经营企业"
            case .phone: "手机号"
            case .size: "规格"
            case .chilled: "冷藏"
            case .consent: "同意"
            case .reach: "高度"
            case .n: "序号"
            case .run: "班次"
            case .bag: "集包号"
            case .senderAgreement: "寄件约定"
            }
        }
    }

    init(_ text: String) throws {
        let rows = CSV.rows(text)
        guard let header = rows.first else {
            throw CountyFault("manifest", "is empty", mend: "begin with a line waybill,brand")
        }
        var columns: [Column: Int] = [:]
        for (index, cell) in header.cells.enumerated() {
            let name = cell.trimmed
            guard let column = Column.allCases.first(where: { $0.rawValue == name || $0.chinese == name }) else {
                let known = Column.allCases.map(\.rawValue).joined(separator: ",")
                throw CountyFault("line \(header.number)", "unknown column \"\(name)\"", mend: "known are \(known)")
            }
            guard columns.updateValue(index, forKey: column) == nil else {
                throw CountyFault("line \(header.number)", "column \(name) stands there twice", mend: "take one out")
            }
        }
        for needed in [Column.waybill, .brand] where columns[needed] == nil {
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
        _ columns: [Column: Int],
        width: Int
    ) throws(CountyFault) -> Line {
        let place = "line \(row.number)"
        guard row.cells.count == width else {
            throw CountyFault(
                place,
                "has \(row.cells.count) cells, the header \(width)",
                mend: "quote cells with commas"
            )
        }
        func cell(_ column: Column) -> String? {
            guard let index = columns[column] else { return nil }
            let text = row.cells[index].trimmed
            return text.isEmpty ? nil : text
        }
        func bad(_ column: Column, _ rule: String) -> CountyFault {
            CountyFault(place, "\(column.rawValue) \"\(cell(column)?.prefix(40) ?? "")\" is not \(rule)")
        }
        guard let written = cell(.waybill), let reading = try? WaybillReading(written), reading.isWaybill else {
            throw bad(
                .waybill,
                "a waybill number (\(Limits.waybillCharactersMin) to \(Limits.waybillCharactersMax) long)"
            )
        }
        guard let brand = cell(.brand), brand.count <= 32 else { throw bad(.brand, "a carrier of 1 to 32 characters") }
        var entry = ManifestEntry(
            waybill: Waybill(rawValue: reading.normalized),
            brand: brand,
            operatorName: cell(.carrier) ?? brand,
            consent: cell(.consent) ?? "unknown",
            run: cell(.run),
            bag: cell(.bag)
        )
        if let text = cell(.size) {
            guard let size = Size(rawValue: text.asciiUppercased) else { throw bad(.size, "S, M, L or XL") }
            entry.size = size
        }
        if let text = cell(.reach) {
            guard let reach = Reach(rawValue: text.asciiLowercased) else { throw bad(.reach, "low, mid or high") }
            entry.reach = reach
        }
        for (column, path) in [(Column.chilled, \ManifestEntry.chilled), (.senderAgreement, \.senderAgreement)] {
            guard let text = cell(column) else { continue }
            guard let yes = text.yesOrNo else { throw bad(column, "yes or no (是, 否)") }
            entry[keyPath: path] = yes
        }
        var line = Line(number: row.number, entry: entry)
        if let text = cell(.n) {
            guard let n = UInt32(text), n <= CountyLimits.announcedNMax else {
                throw bad(.n, "a number from 0 to \(CountyLimits.announcedNMax)")
            }
            line.wantedN = n
        }
        if let text = cell(.phone) {
            guard let phone = SheetPhone(text) else { throw bad(.phone, "a phone number, whole or masked") }
            line.entry.phoneMasked = phone.masked
            line.phoneDigits = phone.digits
        }
        return line
    }
}

extension String {
    fileprivate var trimmed: String {
        var units = Array(utf8)[...]
        while let first = units.first, first <= 0x20 { units.removeFirst() }
        while let last = units.last, last <= 0x20 { units.removeLast() }
        return String(decoding: units, as: UTF8.self)
    }

    fileprivate var asciiUppercased: String {
        String(decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
    }

    fileprivate var asciiLowercased: String {
        String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }

    fileprivate var yesOrNo: Bool? {
        switch asciiLowercased {
        case "yes", "true", "1", "是": true
        case "no", "false", "0", "否": false
        default: nil
        }
    }
}
