import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Lines of a manifest, good and bad")
struct ManifestLinesTests {
    private var cabinet = Cabinet()

    private func waybill(_ number: Int) -> Waybill { Waybill(rawValue: "YT\(8_962_646_000_000 + number)") }

    @Test("one bad line of 501 is named, and the other 500 are announced")
    mutating func oneBad() {
        var entries = (0..<501).map { ManifestEntry(waybill: waybill($0), brand: "YTO", operatorName: "县共配中心") }
        entries[250].hamlet = String(repeating: "沟", count: 65)
        cabinet.announce(entries)
        #expect(cabinet.types.count { $0 == .parcelExpected } == 500)
        #expect(cabinet.state.parcels.count == 500)
        #expect(cabinet.status(waybill(250)) == nil && cabinet.status(waybill(251)) == .expected)
        let reason = cabinet.event(CommandFailed.self)?.reason ?? ""
        #expect(reason.contains("\(waybill(250))") && reason.contains("hamlet"), "\(reason)")
        #expect(cabinet.types.last == .commandFailed)
    }

    @Test("many bad lines are counted, some are named, and the event carries it", arguments: [2, 3, 40, 2_000])
    mutating func manyBad(count: Int) {
        let entries = (0..<count).map { ManifestEntry(waybill: waybill($0), brand: "", operatorName: "x") }
        cabinet.announce(entries)
        let reason = cabinet.event(CommandFailed.self)?.reason ?? ""
        #expect(reason.hasPrefix("\(count) of \(count) lines are not taken"), "\(reason)")
        #expect(reason.count <= Limits.commandReasonCharactersMax && reason.isOneLine)
        #expect(reason.contains("\(waybill(0))") && reason.contains("\(waybill(1))"))
    }

    @Test("a line that could not be read is named beside the others")
    mutating func unread() {
        let good = ManifestEntry(waybill: waybill(1), brand: "YTO", operatorName: "x")
        let bad = ManifestFault(field: "size", waybill: waybill(2), kind: .unreadable)
        cabinet.command(.manifest(id: "m", entries: [good], unread: [bad]))
        #expect(cabinet.types == [.commandReceived, .parcelExpected, .commandFailed])
        #expect(cabinet.event(CommandFailed.self)?.reason.contains("size cannot be read") == true)
    }

    @Test("a waybill that is none is shown without what a screen would take for a command")
    mutating func shown() {
        cabinet.announce([ManifestEntry(waybill: "SF\u{1B}[2J\n", brand: "SF", operatorName: "x")])
        let reason = cabinet.event(CommandFailed.self)?.reason ?? ""
        #expect(reason.isOneLine && reason.contains("SF?[2J?"), "\(reason)")
    }

    @Test(
        "an id of a manifest that the county never gives is refused",
        arguments: ["", "m 1", "m/1", "m\n", "预报", String(repeating: "m", count: 65)]
    )
    mutating func id(id: String) {
        cabinet.command(.manifest(id: id, entries: [ManifestEntry(waybill: waybill(1), brand: "x", operatorName: "x")]))
        #expect(cabinet.types == [.commandReceived, .commandFailed])
    }

    @Test("no text of people carries a whole phone number", arguments: ["brand", "operator", "run", "bag", "hamlet"])
    func phones(field: String) {
        var entry = ManifestEntry(waybill: waybill(1), brand: "SF", operatorName: "SF")
        let text = "R1,13812345678,B7"
        switch field {
        case "brand": entry.brand = text
        case "operator": entry.operatorName = text
        case "run": entry.run = text
        case "bag": entry.bag = text
        default: entry.hamlet = text
        }
        #expect(entry.fault?.field == field && entry.fault?.kind == .phone)
        #expect(entry.fault.map { !$0.description.contains("13812345678") } == true)
    }

    @Test(
        "a whole phone number is found however people write it",
        arguments: [
            "北留 138-1234-5679", "+86 138 1234 5670", "8613812345670", "0086-138-1234-5670", "１３８１２３４５６７０",
            "张三(138)12345678",
            "3 13812345678", "138.1234.5678", "138–1234–5678　南村",
        ]
    )
    func writtenPhones(text: String) {
        var entry = ManifestEntry(waybill: waybill(1), brand: "SF", operatorName: "SF")
        entry.hamlet = text
        #expect(entry.fault?.field == "hamlet" && entry.fault?.kind == .phone)
    }

    @Test(
        "a number that is none of a mobile phone passes",
        arguments: [
            "0356-4222222", "138****5678", "2026-11-29 14:05", "YT1381234567890", "北留 3-2-101", "613812345678", "１３组",
        ]
    )
    func otherNumbers(text: String) {
        var entry = ManifestEntry(waybill: waybill(1), brand: "SF", operatorName: "SF")
        entry.hamlet = text
        #expect(entry.fault == nil)
    }

    @Test("n never leaves its range: behind the highest of all it stays there")
    func counter() {
        #expect(CodeCounter.above(127) == 128 && CodeCounter.above(.max) == .max)
        #expect(Array(CodeCounter.next(3, above: 5)) == [6, 7, 8])
        #expect(Array(CodeCounter.next(3, above: .max - 1)) == [UInt64(UInt32.max)])
        #expect(CodeCounter.next(128, above: .max).isEmpty)
    }

    @Test("a parcel and a shipment whose n is the highest of all end nothing")
    mutating func highestN() {
        cabinet.announce([ManifestEntry(waybill: waybill(1), brand: "YTO", operatorName: "x", n: .max)])
        _ = cabinet.deposit(waybill(1))
        #expect(cabinet.state.parcels[waybill(1)]?.n == .max)
        cabinet.command(.reissue(waybill(1), n: .max))
        #expect(cabinet.event(CommandFailed.self)?.reason.contains("n does not rise") == true)
    }
}
