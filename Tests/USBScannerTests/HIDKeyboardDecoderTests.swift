import LockerDomain
import LockerTestKit
import Testing
import USBScanner

/// Types reports at a pace and collects the lines.
private struct Typist {
    var decoder: HIDKeyboardDecoder
    var now: Int64 = 1_000
    var lines: [String] = []

    init(_ role: ScannerRole = .scanner) {
        decoder = HIDKeyboardDecoder(role: role)
    }

    mutating func report(_ bytes: [UInt8], after milliseconds: Int64 = 2) {
        now += milliseconds
        lines += decoder.feed(report: bytes, at: now)
    }

    mutating func key(_ usage: UInt8, _ modifiers: UInt8 = 0) {
        report([modifiers, 0, usage, 0, 0, 0, 0, 0])
        report([UInt8](repeating: 0, count: 8))
    }

    mutating func keys(_ usages: [UInt8]) { for usage in usages { key(usage) } }

    mutating func alt(_ digits: [UInt8]) {
        report([4, 0] + digits)
        report([UInt8](repeating: 0, count: 8))
    }

    mutating func wait(_ milliseconds: Int64) {
        now += milliseconds
        lines += decoder.idle(at: now)
    }
}

private let enter: UInt8 = 0x28
private let keypadEnter: UInt8 = 0x58
private let keypadDigits: [UInt8] = [0x62] + Array(0x59...0x61)

/// Every printable ASCII character with the key and modifier of a US keyboard.
private let printable: [(character: Character, usage: UInt8, shift: Bool)] = {
    var table: [(Character, UInt8, Bool)] = [(" ", 0x2C, false)]
    for (index, letter) in "abcdefghijklmnopqrstuvwxyz".enumerated() {
        table.append((letter, 0x04 + UInt8(index), false))
        table.append((Character(letter.uppercased()), 0x04 + UInt8(index), true))
    }
    for (index, pair) in zip("1234567890", "!@#$%^&*()").enumerated() {
        table.append((pair.0, 0x1E + UInt8(index), false))
        table.append((pair.1, 0x1E + UInt8(index), true))
    }
    let usages: [UInt8] = [0x2D, 0x2E, 0x2F, 0x30, 0x31, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38]
    for (usage, pair) in zip(usages, zip("-=[]\\;'`,./", "_+{}|:\"~<>?")) {
        table.append((pair.0, usage, false))
        table.append((pair.1, usage, true))
    }
    return table
}()

@Suite("A scanner that types")
struct ScannerKeysTests {
    private var typist = Typist()

    @Test("every printable ASCII character, with either shift key")
    mutating func ascii() {
        #expect(printable.count == 95)
        for shift: UInt8 in [0x02, 0x20] {
            for row in printable { typist.key(row.usage, row.shift ? shift : 0) }
            typist.key(enter)
        }
        let text = String(printable.map(\.character))
        #expect(typist.lines == [text, text])
        #expect(Set(text.utf8) == Set(0x20...0x7E))
    }

    @Test("an enrolment token of the longest station comes through whole")
    mutating func token() {
        let token =
            "VLE1.\(String(repeating: "y", count: Limits.stationIDCharactersMax)).\(String(repeating: "0a", count: 48))"
        for character in token {
            for row in printable where row.character == character { typist.key(row.usage, row.shift ? 2 : 0) }
        }
        typist.key(enter)
        #expect(typist.lines == [token])
    }

    @Test("both rows of digits, and the signs of the number pad")
    mutating func digits() {
        typist.keys(Array(0x1E...0x27) + [enter])
        typist.keys(keypadDigits + [keypadEnter])
        typist.keys([0x54, 0x55, 0x56, 0x57, 0x63, enter])
        #expect(typist.lines == ["1234567890", "0123456789", "/*-+."])
    }

    @Test("equal digits in a row are as many, however fast they come")
    mutating func repeated() {
        typist.keys([0x27, 0x1F, 0x21, 0x1F, 0x1F, 0x25, 0x25, 0x25, enter])
        #expect(typist.lines == ["02422888"])
    }

    @Test("a lost key-up repeats nothing and loses no other key")
    mutating func lostKeyUp() {
        typist.report([0, 0, 0x1E, 0, 0, 0, 0, 0])
        typist.report([0, 0, 0x1E, 0, 0, 0, 0, 0])
        typist.report([0, 0, 0x1F, 0, 0, 0, 0, 0])
        typist.report([0, 0, 0x20, 0x1F, 0, 0, 0, 0])
        typist.report([2, 0, 0x04, 0, 0, 0, 0, 0])
        typist.report([0, 0, 0x05, 0, 0, 0, 0, 0])
        typist.report([0, 0, enter, 0, 0, 0, 0, 0])
        #expect(typist.lines == ["123Ab"])
    }

    @Test("a key-up lost at the end of a scan does not swallow the next scan's first character")
    mutating func lostLastKeyUp() {
        typist.key(0x1E)
        typist.report([0, 0, 0x1F, 0, 0, 0, 0, 0])
        typist.wait(100)
        typist.keys([0x1F, 0x1E, enter])
        #expect(typist.lines == ["12", "21"])
    }

    @Test("several keys of one report count in their order")
    mutating func chord() {
        typist.report([0, 0, 0x06, 0x04, 0x05, 0, 0, 0])
        typist.report([0, 0, 0x06, 0x04, 0x05, 0x07, 0, enter])
        #expect(typist.lines == ["cabd"])
    }

    @Test("a rollover report changes nothing", arguments: [UInt8(1), 2, 3])
    func rollover(code: UInt8) {
        var typist = Typist()
        typist.report([0, 0, 0x04, 0, 0, 0, 0, 0])
        typist.report([2, 0] + [UInt8](repeating: code, count: 6))
        typist.report([0, 0, 0x04, 0x05, 0, 0, 0, 0])
        typist.key(enter)
        #expect(typist.lines == ["ab"])
    }

    @Test("the Alt sequence of the vector is SIP-4-1")
    mutating func altVector() {
        typist.alt([0x62, 0x60, 0x5B, 0, 0, 0])
        for code: [UInt8] in [
            [0x62, 0x5F, 0x5B], [0x62, 0x60, 0x62], [0x62, 0x5C, 0x5D], [0x62, 0x5D, 0x5A], [0x62, 0x5C, 0x5D],
            [0x62, 0x5C, 0x61],
        ] {
            typist.alt(code + [0, 0, 0])
        }
        typist.key(enter)
        #expect(typist.lines == ["SIP-4-1"])
    }

    @Test("Alt digits one report each, held Alt, and the other Alt key")
    mutating func altOneByOne() {
        for (modifier, digits) in [(UInt8(0x04), [UInt8](arrayLiteral: 3, 1, 5, 0, 8)), (0x40, [3, 5, 7, 6, 0])] {
            for digit in digits {
                typist.report([modifier, 0, keypadDigits[Int(digit)], 0, 0, 0, 0, 0])
                typist.report([modifier, 0, 0, 0, 0, 0, 0, 0])
            }
            typist.report([UInt8](repeating: 0, count: 8))
        }
        typist.key(enter)
        #expect(typist.lines == ["笔记"])
    }

    @Test("Alt 029 is the GS1 separator, Alt 013 ends the line, nonsense is a replacement character")
    mutating func altControl() {
        func usages(_ digits: String) -> [UInt8] { digits.utf8.map { keypadDigits[Int($0) - 0x30] } }
        typist.key(0x04)
        typist.alt(usages("029") + [0, 0, 0])
        typist.key(0x05)
        typist.alt(usages("013") + [0, 0, 0])
        typist.alt(usages("55296") + [0])
        typist.alt(usages("000") + [0, 0, 0])
        typist.report([4, 0] + usages("999999"))
        typist.report([4, 0, 0, 0, 0, 0, 0, 0])
        typist.alt(usages("999") + [0, 0, 0])
        typist.key(0x04, 0x04)
        typist.key(enter)
        #expect(typist.lines == ["a\u{1D}b", "\u{FFFD}\u{FFFD}"])
    }

    @Test("Enter, number-pad Enter, Tab, Control-M and Control-J end a line; empty lines are nothing")
    mutating func terminators() {
        typist.keys([enter, 0x04, enter, enter, 0x05, keypadEnter, 0x06, 0x2B])
        typist.key(0x07)
        typist.key(0x10, 0x01)
        typist.key(0x08)
        typist.key(0x0D, 0x10)
        #expect(typist.lines == ["a", "b", "c", "d", "e"])
    }

    @Test("control bytes are kept for the station to judge; keys without a character are nothing")
    mutating func control() {
        typist.key(0x04)
        typist.key(0x30, 0x01)
        typist.keys([0x29, 0x2A, 0x39, 0x3A, 0x4C, 0x65, 0xE0, 0xFF])
        typist.key(0x05, 0x08)
        typist.key(0x1E, 0x01)
        typist.key(enter)
        #expect(typist.lines == ["a\u{1D}\u{1B}\u{08}"])
    }

    @Test("without a terminator 100 ms of silence end the line, 99 do not")
    mutating func silence() {
        typist.key(0x04)
        #expect(typist.decoder.deadline == typist.now + 100)
        typist.wait(99)
        typist.report([0, 0, 0x05, 0, 0, 0, 0, 0], after: 0)
        typist.report([UInt8](repeating: 0, count: 8))
        #expect(typist.lines.isEmpty)
        typist.wait(100)
        #expect(typist.lines == ["ab"])
        #expect(typist.decoder.deadline == nil)
        typist.wait(1_000)
        #expect(typist.lines == ["ab"])
    }

    @Test("a report after the silence ends the line before by itself")
    mutating func lateReport() {
        typist.key(0x04)
        typist.report([0, 0, 0x04, 0, 0, 0, 0, 0], after: 500)
        typist.key(enter)
        #expect(typist.lines == ["a", "a"])
    }

    @Test("the longest line is whole, a longer one has one character more, and what follows is a fresh line")
    mutating func tooLong() {
        let limit = Limits.scanCharactersMax
        for count in [limit, limit + 1, 10_000] {
            for _ in 0..<count { typist.key(0x04) }
            typist.key(enter)
        }
        typist.keys([0x05, enter])
        #expect(typist.lines.map(\.count) == [limit, limit + 1, limit + 1, 1])
    }

    @Test("short, long and empty reports do no harm")
    mutating func odd() {
        typist.report([])
        typist.report([0])
        typist.report([2, 0])
        typist.report([2, 0, 0x04])
        typist.report([0, 0, 0, 0, 0, 0, 0, 0, 0x05, 0x06])
        typist.key(enter)
        #expect(typist.lines == ["A"])
    }

    @Test("a collection that does not begin at zero is read the same")
    mutating func slice() {
        let bytes: [UInt8] = [9, 9, 0, 0, 0x04, 0, 0, 0, 0, 0]
        _ = typist.decoder.feed(report: bytes[2...], at: 0)
        #expect(typist.decoder.idle(at: 100) == ["a"])
    }
}

@Suite("A number pad")
struct KeypadKeysTests {
    private var typist = Typist(.keypad)

    @Test("people type slowly: only Enter ends a line")
    mutating func slow() {
        for usage in keypadDigits.prefix(8) {
            typist.key(usage)
            typist.wait(5_000)
        }
        #expect(typist.lines.isEmpty)
        typist.keys([0x2B, keypadEnter, 0x1E, enter])
        #expect(typist.lines == ["01234567", "1"])
    }

    @Test("Backspace takes one back, * and Esc all, and none of them from an empty line")
    mutating func mistakes() {
        typist.keys([0x2A, 0x59, 0x5A, 0x2A, 0x5B, keypadEnter])
        typist.keys([0x59, 0x55, 0x5A, 0x29, 0x5B])
        typist.key(0x25, 0x02)
        typist.keys([0x5C, keypadEnter, 0x29, 0x55, keypadEnter])
        #expect(typist.lines == ["13", "4"])
    }

    @Test("30 s of silence drop a half-typed line")
    mutating func abandoned() {
        typist.keys([0x59, 0x5A])
        typist.wait(29_999)
        typist.key(0x5B)
        typist.wait(30_000)
        typist.keys([0x5C, keypadEnter])
        #expect(typist.lines == ["4"])
    }

    @Test("a held key does not repeat, even if the device sends it again every half second")
    mutating func held() {
        for _ in 0..<10 { typist.report([0, 0, 0x59, 0, 0, 0, 0, 0], after: 500) }
        typist.key(keypadEnter)
        #expect(typist.lines == ["1"])
    }
}

@Suite("Whatever a device sends")
struct RandomReportsTests {
    @Test("it never crashes and no line is longer than the limit and one", arguments: [ScannerRole.scanner, .keypad])
    func walk(role: ScannerRole) {
        var system = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...UInt64.max, using: &system)
        print("random reports, \(role): seed \(seed)")
        var random = SplitMix(seed: seed)
        var decoder = HIDKeyboardDecoder(role: role)
        var now: Int64 = 0
        var lines = 0
        for _ in 0..<200_000 {
            let bytes: [UInt8] =
                switch random.next() % 8 {
                case 0: (0..<Int(random.next() % 65)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                case 1: [UInt8](repeating: 0, count: 8)
                case 2: [4, 0] + (0..<6).map { _ in UInt8(0x59 + random.next() % 10) }
                default: [UInt8(random.next() % 3), 0, UInt8(0x04 + random.next() % 0x60), 0, 0, 0, 0, 0]
                }
            switch random.next() % 1_000 {
            case 0: now &+= Int64(truncatingIfNeeded: random.next())
            case 1: now &+= 120
            default: now &+= 3
            }
            for line in decoder.feed(report: bytes, at: now) + (random.next() % 9 == 0 ? decoder.idle(at: now) : []) {
                lines += 1
                #expect(!line.isEmpty && line.unicodeScalars.count <= Limits.scanCharactersMax + 1, "seed \(seed)")
            }
        }
        #expect(lines > 0, "seed \(seed)")
    }
}
