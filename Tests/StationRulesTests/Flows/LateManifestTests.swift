import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("A manifest that comes late, or twice")
struct LateManifestTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    private var entry: ManifestEntry {
        ManifestEntry(waybill, of: "zhang", phone: "13812345678", size: .large, bag: "B7", run: "R7") {
            $0.n = 3
            $0.reach = .low
            $0.senderAgreement = true
            $0.hamlet = "东沟"
        }
    }

    @Test("what the intake could not know is filled in, and the code that the manifest carries works")
    mutating func filledIn() {
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.announce([entry])
        #expect(cabinet.types == [.commandReceived, .parcelExpected, .parcelCodeReissued, .commandCompleted])
        #expect(cabinet.event(ParcelExpected.self)?.late == true)
        let parcel = cabinet.parcel(waybill)
        #expect(parcel?.status == .stored && parcel?.place == .door("A02"))
        #expect(parcel?.recipientKey == "zhang" && parcel?.lastFour == "5678")
        #expect(parcel?.consent == .userConsent && parcel?.senderAgreement == true)
        #expect(parcel?.parties.operatorName == "yto" && parcel?.parties.brand == "YTO")
        #expect(parcel?.hamlet == "东沟" && parcel?.bag == "B7" && parcel?.reach == .low)
        #expect(parcel?.size == .large && parcel?.announced == true)
        #expect(parcel?.n == 3)
        #expect(cabinet.event(ParcelCodeReissued.self)?.parties == parcel?.parties)
        #expect(cabinet.event(ParcelCodeReissued.self)?.direction == .inbound)
        #expect(cabinet.replayed == cabinet.state)
        cabinet.announce([entry])
        #expect(cabinet.types == [.commandReceived, .commandCompleted], "sent twice")
        cabinet.scan(TestKeys.delegationToken("zhang"))
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.status(waybill) == .collected)
    }

    @Test("what is in hand gets its code with its place")
    mutating func inHand() {
        cabinet.begin(.courier, proven: false)
        cabinet.scan(waybill.rawValue)
        cabinet.announce([entry])
        #expect(cabinet.types == [.commandReceived, .parcelExpected, .commandCompleted])
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ParcelStored.self)?.n == 3)
        #expect(cabinet.replayed == cabinet.state)
        cabinet.typeCode(of: waybill)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("what was seen or typed here stays")
    mutating func observed() {
        var policy = Policy()
        policy.withoutConsent = .flag
        cabinet = Cabinet(policy: policy)
        cabinet.announce([ManifestEntry(waybill, of: "zhang", size: .medium) { $0.consent = .none }])
        // A courier may not where the county knows the recipient.
        cabinet.begin(.keeper)
        _ = cabinet.deposit(waybill)
        cabinet.type("13800001111")
        cabinet.announce([entry])
        let parcel = cabinet.parcel(waybill)
        #expect(parcel?.lastFour == "1111")
        #expect(parcel?.consent == Consent.none && parcel?.size == .medium)
        #expect(parcel?.hamlet == "东沟", "and what nobody knew is filled in")
    }

    @Test("a code that somebody was told stays, and n never falls")
    mutating func toldCode() {
        _ = cabinet.deposit(waybill)
        cabinet.command(.notices([Notice(waybill: waybill)]))
        cabinet.announce([entry])
        #expect(cabinet.parcel(waybill)?.n == 0)
        #expect(cabinet.parcel(waybill)?.recipientKey == "zhang")
    }

    @Test("chilled goods that lie in an ordinary door are held as chilled goods")
    mutating func chilled() {
        _ = cabinet.deposit(waybill)
        cabinet.announce([ManifestEntry(waybill) { $0.chilled = true }])
        #expect(cabinet.parcel(waybill)?.chilled == true)
        #expect(cabinet.place(of: waybill) == "A02")
    }

    @Test("a manifest sent twice brings nothing back that is over", arguments: [true, false])
    mutating func sentTwice(isCollected: Bool) {
        let line = ManifestEntry(waybill, of: "zhang", phone: "13812345678")
        cabinet.bring(line)
        if isCollected {
            cabinet.collect(waybill)
        } else {
            cabinet.begin(.courier)
            cabinet.card(.retrieve)
            cabinet.scan(waybill.rawValue)
            cabinet.openAndShut("A02")
            cabinet.scan(waybill.rawValue)
            cabinet.end()
        }
        let status = cabinet.status(waybill)
        cabinet.announce([line])
        #expect(cabinet.types == [.commandReceived, .commandCompleted])
        #expect(cabinet.status(waybill) == status)
        #expect(status == (isCollected ? .collected : .returned))
    }

    @Test("what went back, was lost or not found is expected again in another bag or run", arguments: 0...5)
    mutating func sentAgain(how: Int) {
        let status: Parcel.Status = [.returned, .missing, .lost][how / 2]
        cabinet = Lives.cabinet(status)
        let line = ManifestEntry(Lives.waybill, of: "zhang", phone: "13812345678", bag: "BAG-7")
        cabinet.announce([line])
        #expect(cabinet.types == [.commandReceived, .commandCompleted], "sent twice")
        var small = line
        small.bag = line.bag?.lowercased()
        cabinet.announce([small])
        #expect(cabinet.types == [.commandReceived, .commandCompleted], "the same bag, typed in small letters")
        var other = line
        other.n = 200
        if how % 2 == 0 { other.bag = "BAG-8" } else { other.run = "R2" }
        cabinet.announce([other])
        #expect(cabinet.types == [.commandReceived, .parcelExpected, .commandCompleted])
        #expect(cabinet.parcel(Lives.waybill)?.n == 200)
        cabinet.begin(.courier)
        cabinet.scan(other.bag ?? "")
        #expect(cabinet.status(Lives.waybill) == .received)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("the run that brought a parcel is not the run that its line named")
    mutating func otherRun() {
        let line = ManifestEntry(waybill, of: "zhang", run: "R7")
        cabinet.bring(line)
        #expect(cabinet.parcel(waybill)?.run != "R7")
        cabinet.begin(.keeper)
        cabinet.card(.report(.lost))
        cabinet.scan(waybill.rawValue)
        cabinet.announce([line])
        #expect(cabinet.status(waybill) == .lost)
    }

    @Test("the same number for somebody else is another parcel, under another code")
    mutating func another() {
        cabinet.bring(ManifestEntry(waybill, of: "zhang"))
        cabinet.collect(waybill)
        cabinet.announce([ManifestEntry(waybill, of: "li")])
        #expect(cabinet.status(waybill) == .expected)
        #expect(cabinet.parcel(waybill)?.n == 128)
        #expect(cabinet.parcel(waybill)?.recipientKey == "li")
    }

    @Test("a line says how the firms of its parcel work together; without a word it is as usual at the station")
    mutating func cooperation() {
        cabinet.announce([ManifestEntry(waybill) { $0.cooperation = .transportExpress }])
        #expect(cabinet.event(ParcelExpected.self)?.parties.cooperationMode == .transportExpress)
        #expect(cabinet.parcel(waybill)?.parties.cooperationMode == .transportExpress)
        cabinet.announce([ManifestEntry("JDVA11408814483")])
        #expect(cabinet.parcel("JDVA11408814483")?.parties.cooperationMode == .direct)
    }

    // MARK: Bounds

    /// Announces a line with one changed field: it is taken, or the command fails and names the field.
    private mutating func announce(_ field: String, isTaken: Bool, _ change: (inout ManifestEntry) -> Void) {
        cabinet.announce([ManifestEntry(waybill, change)])
        let failed = cabinet.event(CommandFailed.self)
        #expect((failed == nil) == isTaken, "\(field)")
        if let failed { #expect(failed.reason.contains(field)) }
    }

    @Test(
        "a text that no event can carry leaves its line out, and the field is named",
        arguments: [0, 1, 64, 65, 128, 129]
    )
    mutating func names(characters: Int) {
        let text = String(repeating: "县", count: characters)
        let isTaken = (1...128).contains(characters)
        announce("brand", isTaken: isTaken) { $0.brand = text }
        announce("operator", isTaken: isTaken) { $0.operatorName = text }
        announce("recipientKey", isTaken: isTaken) { $0.recipientKey = text }
        announce("station", isTaken: (1...64).contains(characters)) {
            $0.station = String(repeating: "y", count: characters)
        }
        announce("station", isTaken: false) { $0.station = "北留村" }
    }

    @Test("so does a long run, bag or hamlet", arguments: [0, 1, 64, 65])
    mutating func notes(characters: Int) {
        let text = String(repeating: "x", count: characters)
        let isTaken = (1...64).contains(characters)
        announce("run", isTaken: isTaken) { $0.run = text }
        announce("bag", isTaken: isTaken) { $0.bag = text }
        announce("hamlet", isTaken: isTaken) { $0.hamlet = text }
    }

    @Test(
        "so does a text that is not one line",
        arguments: ["\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\r\n", "\u{2029}"]
    )
    mutating func lines(end: String) {
        let text = "a\(end)b"
        announce("brand", isTaken: false) { $0.brand = text }
        announce("operator", isTaken: false) { $0.operatorName = text }
        announce("recipientKey", isTaken: false) { $0.recipientKey = text }
        announce("phoneMasked", isTaken: false) { $0.phoneMasked = text }
        announce("run", isTaken: false) { $0.run = text }
        announce("bag", isTaken: false) { $0.bag = text }
        announce("hamlet", isTaken: false) { $0.hamlet = text }
    }

    @Test("so does a waybill or a phone that is none", arguments: [0, 1, 32, 33])
    mutating func numbers(characters: Int) {
        let number = Waybill(rawValue: String(repeating: "S", count: characters))
        announce("waybill", isTaken: (1...32).contains(characters)) { $0.waybill = number }
        let phone = String(repeating: "*", count: characters)
        announce("phoneMasked", isTaken: characters <= 32) { $0.phoneMasked = phone }
        announce("waybill", isTaken: false) { $0.waybill = "运单号12345678" }
    }

    @Test("a failed notice says why, in words that an event may carry", arguments: [0, 1, 256, 257])
    mutating func failure(bytes: Int) {
        _ = cabinet.deposit(waybill)
        cabinet.command(.notices([Notice(waybill: waybill, failure: String(repeating: "x", count: bytes))]))
        let isTaken = (1...256).contains(bytes)
        #expect(cabinet.types.contains(.parcelNoticeFailed) == isTaken)
        #expect(cabinet.types.contains(.commandFailed) == !isTaken)
    }
}
