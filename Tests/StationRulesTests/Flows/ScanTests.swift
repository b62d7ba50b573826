import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Scans without effect")
struct ScanTests {
    private var cabinet = Cabinet()

    @Test("the same scan of one device within two seconds is one scan")
    mutating func bounce() {
        let source = TextSource(device: "1-1", role: .scanner)
        cabinet.send(.text(cabinet.badge(.courier), from: source))
        cabinet.wait(1_999)
        cabinet.send(.text(cabinet.badge(.courier), from: source))
        #expect(cabinet.answers == [.doubled])
        #expect(cabinet.events.isEmpty)
        #expect(cabinet.state.session != nil)
        cabinet.wait(2_000)
        cabinet.send(.text(cabinet.badge(.courier), from: source))
        #expect(cabinet.answers == [.goodbye])
        #expect(cabinet.types.last == .scanRejected)
        #expect(cabinet.event(ScanRejected.self)?.reason == .doubled)
        #expect(cabinet.event(ScanRejected.self)?.count == 1)
        #expect(cabinet.event(ScanRejected.self)?.text == nil)
    }

    @Test("a bounce does not make the window longer, and is heard")
    mutating func bounces() {
        let source = TextSource(device: "1-1", role: .scanner)
        for milliseconds: Int64 in [0, 900, 900] {
            cabinet.wait(milliseconds)
            cabinet.send(.text("4711", from: source))
            #expect((cabinet.answers == [.doubled]) == (milliseconds > 0))
        }
        #expect(Answer(.doubled).beep == .double)
        cabinet.wait(900)
        cabinet.send(.text("4711", from: source))
        #expect(cabinet.answers == [.unknownCode])
    }

    @Test("two scanners may read the same label, and a person may type the same twice")
    mutating func notABounce() {
        for (device, role) in [("1-1", ScannerRole.scanner), ("1-3", .scanner), ("1-2", .keypad), ("1-2", .keypad)] {
            cabinet.send(.text("4711", from: TextSource(device: device, role: role)))
            #expect(cabinet.answers != [.doubled])
        }
    }

    @Test("an unknown barcode is on record, with its text when that may be kept")
    mutating func unknown() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("755W-01")
        #expect(cabinet.event(ScanRejected.self)?.reason == .unknown)
        #expect(cabinet.event(ScanRejected.self)?.text == "755W-01")
        #expect(cabinet.answers == [.unknownCode])
        cabinet.scan("笔记本")
        #expect(cabinet.event(ScanRejected.self)?.text == nil)
        cabinet.scan("http://t.cn/" + String(repeating: "a", count: 40))
        #expect(cabinet.event(ScanRejected.self)?.text == nil)
        #expect(cabinet.event(ScanRejected.self)?.length == 52)
    }

    @Test("the barcode of goods is not deposited")
    mutating func goods() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("6901234567892")
        #expect(cabinet.event(ScanRejected.self)?.reason == .goods)
        #expect(cabinet.answers == [.goods])
    }

    @Test("a number that a manifest announced is taken whatever it looks like")
    mutating func announcedOddNumber() {
        let entry = ManifestEntry(waybill: "6901234567892", brand: "LOCAL", operatorName: "bus")
        cabinet.send(.command(Command(id: "c1", number: 1, kind: .manifest(id: "m1", entries: [entry]))))
        #expect(cabinet.deposit("6901234567892") == .door("A02"))
    }

    @Test(
        "a waybill typed on the number pad, a QR of the shop, an unknown card: all are answered",
        arguments: [
            ("773123456", ScannerRole.keypad), ("12", .keypad), ("", .keypad), ("VLK1:", .scanner),
            ("VLK1:DANCE", .scanner),
            ("VLK1:DOOR", .scanner), ("VLK1:EMPTY", .scanner), ("VLK1:DOOR:A02", .scanner), ("vlk1:end", .scanner),
            ("VLK1:DOOR:", .scanner), ("+", .scanner), ("\u{0}", .scanner), ("\u{FFFD}", .scanner), ("٣٤", .keypad),
        ]
    )
    mutating func others(text: String, role: ScannerRole) {
        cabinet.send(.text(text, from: TextSource(device: "1-1", role: role)))
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers.count == 1)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("ten typed digits are a support code, and a wrong one counts as a wrong code does")
    mutating func wrongSupportCode() {
        cabinet.type("7731234567")
        #expect(cabinet.types == [.pickupFailed])
        #expect(cabinet.answers == [.wrongCode])
        #expect(cabinet.state.codeLock.wrongToday == 1)
    }

    @Test("ten thousand characters are unreadable, and only their number is kept")
    mutating func long() {
        cabinet.scan(String(repeating: "7", count: 10_000))
        #expect(cabinet.event(ScanRejected.self)?.reason == .unreadable)
        #expect(cabinet.event(ScanRejected.self)?.length == 10_000)
        #expect(cabinet.event(ScanRejected.self)?.text == nil)
        #expect(cabinet.answers == [.unreadable])
    }

    @Test("SF's label QR deposits like its barcode")
    mutating func labelQR() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("MMM={'k1':'755W','k5':'SF7444404156506','k6':''}")
        #expect(cabinet.event(ParcelReceived.self)?.waybill == "SF7444404156506")
    }
}

@Suite("Storage that fails")
struct StorageTests {
    private var cabinet = Cabinet()

    @Test("on the reserve pickups go on and deposits stop with a reason")
    mutating func reserve() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.send(.storage(.reserve))
        #expect(cabinet.types == [.stationStorageLow])
        #expect(cabinet.answers == [.storageReserve])
        cabinet.scan("YT8962646785389")
        #expect(cabinet.event(ScanRejected.self)?.reason == .storage)
        #expect(cabinet.answers == [.storageReserve])
        cabinet.type("18081673")
        #expect(cabinet.answers == [.takeOut])
        cabinet.open("A02")
        cabinet.shut("A02")
        #expect(cabinet.answers == [.collected])
        cabinet.send(.storage(.ok))
        #expect(cabinet.event(StorageLow.self)?.storage == .ok)
        cabinet.wait(Limits.reopenMilliseconds)
        #expect(cabinet.deposit("YT8962646785389") == .door("A02"))
    }

    @Test("when nothing can be written nothing opens, and the station says so")
    mutating func failed() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.send(.storage(.failed))
        #expect(cabinet.events.isEmpty)
        #expect(cabinet.answers == [.storageFailed])
        cabinet.type("18081673")
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.answers == [.storageFailed])
        cabinet.scan(TestKeys.pickupToken("SF7444404156506"))
        #expect(cabinet.pulses.isEmpty)
        cabinet.audit("A02")
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.answers == [.storageFailed])
    }

    @Test("told the same twice it says nothing")
    mutating func same() {
        cabinet.send(.storage(.ok))
        #expect(cabinet.events.isEmpty && cabinet.actions.isEmpty)
    }
}
