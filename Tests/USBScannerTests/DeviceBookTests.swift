import LockerDomain
import StationPorts
import Testing
import USBScanner

private func device(_ address: UInt8, usb: String = "05f9:2214", path: String = "1-1.2", keyboards: Int = 1)
    -> USBDevice
{
    USBDevice(
        key: .init(bus: 1, address: address),
        usb: usb,
        path: path,
        serial: "SN\(address)",
        keyboards: keyboards
    )
}

@Suite("Which device is used")
struct ScannerMatchTests {
    @Test("every part that is given must fit, without any all fit")
    func parts() {
        let scanner = device(1)
        #expect(ScannerMatch(role: .scanner).fits(scanner))
        #expect(ScannerMatch(usb: "05F9:2214", role: .scanner).fits(scanner))
        #expect(ScannerMatch(usb: "05f9:2214", port: "1-1.2", serial: "SN1", role: .scanner).fits(scanner))
        #expect(!ScannerMatch(usb: "05f9:2215", role: .scanner).fits(scanner))
        #expect(!ScannerMatch(usb: "05f9:2214", port: "1-1", role: .scanner).fits(scanner))
        #expect(!ScannerMatch(serial: "SN2", role: .scanner).fits(scanner))
    }

    @Test("prefix and suffix of a set-up code are taken off where they were sent, once")
    func affixes() {
        let both = ScannerMatch(role: .scanner, prefix: "~", suffix: "#\u{3}")
        #expect(both.barcode(in: "~SF7444404156506#\u{3}") == "SF7444404156506")
        #expect(both.barcode(in: "SF7444404156506") == "SF7444404156506")
        #expect(both.barcode(in: "~~1#\u{3}#\u{3}") == "~1#\u{3}")
        #expect(both.barcode(in: "SF7444404156506#") == "SF7444404156506#")
        #expect(both.barcode(in: "~#\u{3}").isEmpty)
        let same = ScannerMatch(role: .scanner, prefix: "~~", suffix: "~~")
        #expect(same.barcode(in: "~~~") == "~")
        #expect(ScannerMatch(role: .keypad).barcode(in: "18081673") == "18081673")
        let long = "~" + String(repeating: "1", count: Limits.scanCharactersMax)
        #expect(both.barcode(in: long) == long, "cut, it would be read")
    }
}

@Suite("Devices that come and go")
struct DeviceBookTests {
    private var book = DeviceBook(matches: [
        ScannerMatch(usb: "05f9:2214", role: .scanner), ScannerMatch(usb: "1a2c:2d43", role: .keypad),
    ])
    private let name = ScannerName(rawValue: "1-1.2")

    @Test("one that fits is opened at once, then attached, then detached; another is left alone")
    mutating func life() {
        let seen = book.update([device(1), device(2, usb: "dead:beef")], at: 0)
        #expect(seen.gone.isEmpty && seen.reports.isEmpty)
        #expect(book.due(at: 0).map(\.key.address) == [1])
        #expect(
            book.opened(device(1).key, at: 5) == .attached(name, role: .scanner, usb: "05f9:2214", serial: "SN1")
        )
        #expect(book.due(at: 9_999).isEmpty)
        #expect(book.nextTryAt == nil)
        let left = book.update([], at: 100)
        #expect(left.gone == [device(1).key])
        #expect(left.reports == [.detached(name)])
    }

    @Test("plugged out and in between two looks it is detached first, then opened anew")
    mutating func replugged() {
        _ = book.update([device(1)], at: 0)
        _ = book.opened(device(1).key, at: 0)
        let seen = book.update([device(3)], at: 100)
        #expect(seen.gone == [device(1).key])
        #expect(seen.reports == [.detached(name)])
        #expect(book.due(at: 100).map(\.key.address) == [3])
    }

    @Test("trouble right after the plug is waited out, with longer and longer pauses")
    mutating func settling() {
        _ = book.update([device(1, keyboards: 0)], at: 0)
        var now: Int64 = 0
        var tries: [Int64] = []
        while now < 900 {
            tries.append(now)
            #expect(book.failed(device(1).key, .noKeyboard, at: now) == nil)
            now = book.nextTryAt ?? .max
        }
        #expect(tries == [0, 20, 60, 140, 300, 620])
        #expect(book.opened(device(1).key, at: now) != nil)
    }

    @Test("trouble that lasts is told once for each cause, and it is tried on every 2 s")
    mutating func lasting() {
        _ = book.update([device(1)], at: 0)
        for now in stride(from: Int64(0), to: 1_000, by: 100) { _ = book.failed(device(1).key, .taken, at: now) }
        let reason = "05f9:2214 at port 1-1.2: another program reads it; stop that program (lsof +D /dev/bus/usb)"
        #expect(book.failed(device(1).key, .taken, at: 1_000) == .faulted(name, reason: reason))
        #expect(book.failed(device(1).key, .taken, at: 3_000) == nil)
        #expect(book.nextTryAt == 5_000)
        #expect(book.failed(device(1).key, .noPermission, at: 5_000) != nil)
        #expect(book.opened(device(1).key, at: 7_000) != nil)
        #expect(book.update([], at: 8_000).reports == [.detached(name)])
    }

    @Test("a device that goes while it is read is detached once")
    mutating func goneWhileReading() {
        _ = book.update([device(1)], at: 0)
        _ = book.opened(device(1).key, at: 0)
        #expect(book.ended(device(1).key, .gone, at: 50) == .detached(name))
        #expect(book.failed(device(1).key, .gone, at: 5_000) == nil)
        #expect(book.update([], at: 5_000).reports.isEmpty)
    }

    @Test("one that answers with errors while it is pulled out is detached, and no fault")
    mutating func pulledOut() {
        _ = book.update([device(1)], at: 0)
        _ = book.opened(device(1).key, at: 10)
        #expect(book.ended(device(1).key, .other("LIBUSB_ERROR_IO"), at: 5_000) == .detached(name))
        #expect(book.failed(device(1).key, .gone, at: 5_020) == nil)
        #expect(book.update([], at: 5_040).reports.isEmpty)
    }

    @Test("a reader that fails is opened again, more slowly each time it fails soon, and told when that lasts")
    mutating func flapping() {
        _ = book.update([device(1)], at: 0)
        var pauses: [Int64] = []
        let reason =
            "05f9:2214 at port 1-1.2: it does not answer (LIBUSB_ERROR_IO); plug it in again or try another cable"
        var now: Int64 = 0
        for _ in 0..<10 {
            #expect(book.opened(device(1).key, at: now) != nil)
            let report = book.ended(device(1).key, .other("LIBUSB_ERROR_IO"), at: now + 1)
            #expect(now < 1_000 ? report == .detached(name) : report == .faulted(name, reason: reason))
            pauses.append((book.nextTryAt ?? 0) - now - 1)
            now = book.nextTryAt ?? 0
        }
        #expect(pauses == [20, 40, 80, 160, 320, 640, 1_280, 2_000, 2_000, 2_000])
        _ = book.opened(device(1).key, at: now)
        _ = book.ended(device(1).key, .other("LIBUSB_ERROR_IO"), at: now + 10_000)
        #expect(book.nextTryAt == now + 10_020)
    }
}

@Suite("Scanners without USB")
struct USBScannerTests {
    @Test("no device is no error, and it stops at once; a second start is refused")
    func start() throws {
        let scanner = USBScanner(matches: [ScannerMatch(role: .scanner)])
        try scanner.start { _ in }
        #expect(throws: USBError.self) { try scanner.start { _ in } }
        scanner.stop()
        USBScanner(matches: []).stop()
    }
}
