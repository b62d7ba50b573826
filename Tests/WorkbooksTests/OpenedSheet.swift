import CZlib
import Workbooks

/// A sheet of a workbook, read back from its bytes as an office program would.
struct OpenedSheet {
    let xml: String

    init(_ bytes: [UInt8], _ number: Int = 1) throws {
        xml = String(decoding: try ZipEntries(bytes).part("xl/worksheets/sheet\(number).xml"), as: UTF8.self)
    }

    /// The element of a cell; `nil` for a cell that is empty.
    subscript(place: String) -> String? {
        guard let start = xml.range(of: "<c r=\"\(place)\"")?.lowerBound,
            let end = xml[start...].range(of: "</c>")?.upperBound
        else { return nil }
        return String(xml[start..<end])
    }
}

extension StringProtocol {
    /// Where a text stands first.
    func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}

/// A zip file of parts, deflated, as a program makes one.
func makeZip(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    var (file, list): ([UInt8], [UInt8]) = ([], [])
    for (name, bytes) in parts {
        var packed = [UInt8](repeating: 0, count: lk_gzip_bound(bytes.count))
        let length = lk_gzip(bytes, bytes.count, 6, &packed, packed.count)
        let crc = packed[(length - 8)..<(length - 4)]
        let body = packed[10..<(length - 8)]
        let common =
            number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + crc
            + number(body.count, 4) + number(bytes.count, 4) + number(name.utf8.count, 2) + number(0, 2)
        list += [0x50, 0x4B, 1, 2] + number(20, 2) + common + number(0, 10) + number(file.count, 4) + Array(name.utf8)
        file += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + body
    }
    return file + list + [0x50, 0x4B, 5, 6] + number(0, 4) + number(parts.count, 2) + number(parts.count, 2)
        + number(list.count, 4) + number(file.count, 4) + number(0, 2)
}
