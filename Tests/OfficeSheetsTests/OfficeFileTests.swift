import Foundation
import Glibc
import LockerDomain
import OfficeSheets
import Testing

@Suite("Files as offices save them")
struct OfficeFileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    private func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
    }

    @Test(
        "one sheet, however Excel, WPS or a shop's system saves it, gives the same parcels",
        arguments: [
            "csv-utf8.csv", "csv-utf8-plain.csv", "csv-gbk.csv", "csv-mac.csv", "unicode-text.txt", "utf16-little.csv",
            "utf16-big.csv", "utf16-big-mark.csv", "semicolon.csv", "guarded.csv", "guarded-quoted.csv",
        ]
    )
    func alike(_ name: String) throws {
        let sheet = try ManifestSheet(SheetText.decode(bytes(name)))
        #expect(sheet.faults == [])
        #expect(sheet.lines.map(\.entry.waybill) == ["SF7444404156506", "YT8962646785389", "773277027280338"])
        #expect(sheet.lines.map(\.entry.brand) == ["顺丰", "圆通", "中通"])
        #expect(sheet.lines.map(\.entry.operatorName) == ["unknown", "unknown", "unknown"])
        #expect(sheet.lines.map(\.entry.phoneMasked) == ["1******5678", "*******4321", nil])
        #expect(sheet.lines.map(\.phoneDigits) == ["13812345678", nil, nil])
        #expect(sheet.lines.map(\.entry.size) == [.large, .small, .medium])
        #expect(sheet.lines.allSatisfy { $0.wantedN == nil }, "序号 numbers the rows, not the codes")
        #expect(sheet.notes == ["columns not used 未用的列: A 序号, D 收件人, G 备注"])
    }

    @Test(
        "what is no text is refused with what to do in Excel",
        arguments: [("book.xlsx", ".xlsx"), ("book.xls", ".xls"), ("page.xls", "web page")]
    )
    func others(_ row: (name: String, words: String)) throws {
        let fault = try #require(throws: SheetFault.self) { try SheetText.decode(bytes(row.name)) }
        #expect(fault.cause.contains(row.words))
        #expect(fault.mend.contains("另存为 → CSV UTF-8"))
    }

    @Test("a file that is cut anywhere is read as far as its rows go, or refused; nothing traps")
    func cut() throws {
        for name in ["csv-utf8.csv", "csv-gbk.csv", "unicode-text.txt", "utf16-big.csv", "guarded-quoted.csv"] {
            let whole = try bytes(name)
            for length in 0...whole.count {
                guard let text = try? SheetText.decode(Array(whole.prefix(length))),
                    let sheet = try? ManifestSheet(text)
                else { continue }
                #expect(sheet.lines.count + sheet.faults.count <= 3, "\(name) cut at \(length)")
            }
        }
    }

    @Test("damage traps nothing, and no fault or note shows a name or a phone: seeded")
    func damage() throws {
        var state = UInt64.random(in: .min ... .max)
        print("sheet damage: seed \(state)")
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for name in ["csv-utf8.csv", "csv-gbk.csv", "unicode-text.txt", "utf16-big.csv", "guarded.csv"] {
            let whole = try bytes(name)
            for _ in 0..<200 {
                var bytes = whole
                for _ in 0...below(3) {
                    switch below(3) {
                    case 0: bytes[below(bytes.count)] = UInt8(below(256))
                    case 1: bytes.insert(Array(",\"\n\t;='".utf8)[below(7)], at: below(bytes.count))
                    default: bytes.remove(at: below(bytes.count))
                    }
                }
                guard let text = try? SheetText.decode(bytes), let sheet = try? ManifestSheet(text) else { continue }
                let shown = SheetFault.lines(sheet.faults).joined() + sheet.notes.joined()
                #expect(["张三", "李四", "王五", "138123", "139****"].allSatisfy { !shown.contains($0) }, "\(shown)")
            }
        }
    }

    @Test("GBK is read as the C library reads it, character for character")
    func oracle() throws {
        var (pairs, gaps) = (0, 0)
        for lead in UInt8(0x81)...0xFE {
            for trail in UInt8(0x40)...0xFE {
                guard let text = try? SheetText.decode([lead, trail]) else {
                    gaps += 1
                    continue
                }
                pairs += 1
                guard let other = Iconv.text([lead, trail], from: "GB18030") else {
                    print("SKIPPED 1: this C library has no GB18030 to compare with")
                    return
                }
                // Two bytes that are a character of UTF-8, too, are read as that.
                if String(validating: [lead, trail], as: UTF8.self) == nil {
                    #expect(text == other, "\(String(lead, radix: 16)) \(String(trail, radix: 16))")
                }
            }
        }
        #expect(pairs > 21_800 && pairs + gaps == 126 * 191)
    }

    @Test("a byte that no form has is refused")
    func noise() {
        for bytes: [UInt8] in [[0x81], [0xFF, 0x41], [0x80, 0x41], [0x61, 0x81, 0x7F], [0xEF, 0xBB, 0xBF, 0xFF]] {
            #expect(throws: SheetFault.self) { try SheetText.decode(bytes) }
        }
    }
}

/// The converter of the C library.
private enum Iconv {
    static func text(_ bytes: [UInt8], from form: String) -> String? {
        let converter = iconv_open("UTF-8", form)
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 16)
        var (left, room) = (input.count, output.count)
        let result = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, to) = (input.baseAddress, output.baseAddress)
                return iconv(converter, &from, &left, &to, &room)
            }
        }
        guard result != -1 else { return nil }
        return String(decoding: output.prefix(output.count - room).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
