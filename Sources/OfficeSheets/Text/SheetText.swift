/// The text of a file as offices save sheets: UTF-8 (CSV UTF-8), UTF-16 (Unicode 文本), each with or without a byte order
/// mark, or GBK (CSV of a Chinese Excel or WPS).
public enum SheetText {
    /// What Excel's menu calls the form that every version of it can save.
    private static let saveAs = (
        english: "save it in Excel as CSV UTF-8", chinese: "在 Excel 中另存（文件 → 另存为 → CSV UTF-8(逗号分隔)）"
    )
    private static let mend = "\(saveAs.english) 请\(saveAs.chinese)"

    /// Files that are no text, by their first bytes.
    private static let others: [(begin: [UInt8], what: String)] = [
        (Array("PK".utf8), "is an Excel workbook (.xlsx) 是 Excel 工作簿（.xlsx）"),
        ([0xD0, 0xCF, 0x11, 0xE0], "is an old Excel workbook (.xls) 是旧版 Excel 工作簿（.xls）"),
        (Array("%PDF".utf8), "is a PDF 是 PDF 文件"),
    ]

    /// The text without its byte order mark.
    public static func decode(_ bytes: [UInt8]) throws(SheetFault) -> String {
        if let other = others.first(where: { bytes.starts(with: $0.begin) }) {
            throw SheetFault(other.what, mend: mend)
        }
        let mark = marks.first { bytes.starts(with: $0.bytes) }
        let form = mark?.form ?? guess(bytes)
        guard let text = form.decode(bytes.dropFirst(mark?.bytes.count ?? 0)) else {
            throw SheetFault(
                "is neither UTF-8 nor UTF-16 nor GBK, or it is cut short 不是 UTF-8、UTF-16 或 GBK 文本，或文件不完整",
                mend: mend
            )
        }
        guard text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) != "<" else {
            throw SheetFault(
                "is a web page, whatever its name says 实际是网页",
                mend: "open it, then \(saveAs.english) 请打开后\(saveAs.chinese)"
            )
        }
        return text
    }

    private enum Form {
        case utf8, utf8OrGBK, utf16Little, utf16Big

        func decode(_ bytes: ArraySlice<UInt8>) -> String? {
            switch self {
            case .utf8: String(validating: bytes, as: UTF8.self)
            case .utf8OrGBK: String(validating: bytes, as: UTF8.self) ?? GBK.decode(bytes)
            case .utf16Little: utf16(bytes) { UInt16($0) | UInt16($1) << 8 }
            case .utf16Big: utf16(bytes) { UInt16($0) << 8 | UInt16($1) }
            }
        }

        private func utf16(_ bytes: ArraySlice<UInt8>, _ unit: (UInt8, UInt8) -> UInt16) -> String? {
            guard bytes.count.isMultiple(of: 2) else { return nil }
            let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
            return String(validating: units, as: UTF16.self)
        }
    }

    private static let marks: [(bytes: [UInt8], form: Form)] = [
        ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16Little), ([0xFE, 0xFF], .utf16Big),
    ]

    /// Separators and digits have a zero byte in UTF-16, before or behind; no other form holds any.
    private static func guess(_ bytes: [UInt8]) -> Form {
        let zeros = bytes.indices.filter { bytes[$0] == 0 }
        guard !zeros.isEmpty else { return .utf8OrGBK }
        return zeros.count { $0.isMultiple(of: 2) } * 2 > zeros.count ? .utf16Big : .utf16Little
    }
}
