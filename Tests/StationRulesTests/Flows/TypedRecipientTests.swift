import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// A phone that was typed here gives its recipient a random key, so that they are known as one person.
@Suite("Recipients whose phone was typed")
struct TypedRecipientTests: Parcels {
    private var cabinet = Cabinet()
    private let phone = "13812345678"

    /// The engine finds the key and hands it in with the text.
    private mutating func typePhone(_ phone: String, key: String) {
        cabinet.wait(3_000)
        cabinet.send(.text(phone, from: TextSource(device: "1-2", role: .keypad, recipientKey: key)))
    }

    /// A courier brings unannounced parcels and types the phone of each.
    private mutating func bring(_ parcels: (Waybill, String)...) {
        cabinet.begin(.courier, proven: false)
        for (waybill, key) in parcels {
            _ = cabinet.deposit(waybill)
            typePhone(phone, key: key)
        }
        cabinet.end()
    }

    @Test("the key is in the event and goes with the number, and a code, token and last four work as before")
    mutating func kept() {
        bring((one, "r1"))
        let given = cabinet.journal.compactMap { $0.event.payload as? ParcelContactGiven }
        #expect(given.map(\.recipientKey) == ["r1"])
        #expect(cabinet.parcel(one)?.recipientKey == "r1" && cabinet.parcel(one)?.hasCountysKey == false)
        #expect(cabinet.replayed == cabinet.state)
        cabinet.scan(TestKeys.delegationToken("r1"))
        #expect(cabinet.pulses == ["A02"], "a token of the county for the key that it heard of")
    }

    @Test("the keeper records an agent, who takes what is on the shelf", arguments: [true, false])
    mutating func delegated(byDigits: Bool) {
        cabinet = Cabinet(doors: [])
        bring((one, "r1"))
        cabinet.begin(.keeper)
        cabinet.card(.delegate(.agent))
        if byDigits { cabinet.type("5678") } else { cabinet.scan(one.rawValue) }
        #expect(cabinet.answers == [.scanAgentBadge])
        cabinet.scan(cabinet.badge(.agent, expiry: .max))
        #expect(cabinet.event(DelegateRecorded.self)?.recipientKey == "r1")
        cabinet.end()
        cabinet.begin(.agent)
        cabinet.card(.take)
        cabinet.scan(one.rawValue)
        #expect(cabinet.status(one) == .withAgent)
    }

    @Test("WITHDRAW ends it, by the parcel or the last four", arguments: [true, false])
    mutating func withdrawn(byDigits: Bool) {
        bring((one, "r1"))
        cabinet.delegateToAgent(one)
        cabinet.begin(.keeper)
        cabinet.card(.withdraw)
        if byDigits { cabinet.type("5678") } else { cabinet.scan(one.rawValue) }
        #expect(cabinet.event(DelegateWithdrawn.self)?.recipientKey == "r1")
        #expect(cabinet.state.delegations.isEmpty)
    }

    @Test("Enter opens the next door of the same person, and not that of another with the same last four")
    mutating func next() {
        bring((one, "r1"), (two, "r1"), ("YT8962646785390", "r2"))
        cabinet.typeCode(of: one)
        #expect(cabinet.answers == [.takeOutMore])
        cabinet.openAndShut("A02")
        cabinet.type("")
        #expect(cabinet.pulses == ["A03"])
        cabinet.openAndShut("A03")
        cabinet.type("")
        #expect(cabinet.pulses.isEmpty && cabinet.answers == [.nothingFollows])
    }

    @Test("HANDOUT by the last four hands out what is one person's, and asks when it is not", arguments: ["r1", "r2"])
    mutating func handedOut(second: String) {
        bring((one, "r1"), (two, second))
        cabinet.begin(.keeper)
        cabinet.card(.handOut)
        cabinet.type("5678")
        #expect(cabinet.answers == [second == "r1" ? .takeOutMore : .peopleWaiting])
    }

    @Test("a parcel that comes in again shares the door of the same person")
    mutating func shared() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A04", size: .large), DoorSettings(name: "A05", size: .large)])
        bring((one, "r1"), (two, "r1"))
        #expect(cabinet.place(of: one) == "A04" && cabinet.place(of: two) == "A05")
        cabinet.audit("A05")
        cabinet.open("A05")
        cabinet.card(.empty)
        cabinet.shut("A05")
        #expect(cabinet.status(two) == .missing)
        cabinet.card(.receive)
        cabinet.scan(two.rawValue)
        #expect(cabinet.pulses == ["A04"], "behind the door of the first")
    }

    @Test("MOVE by the last four takes it elsewhere, under the same key")
    mutating func moved() {
        bring((one, "r1"))
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.type("5678")
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        for door in cabinet.pulses { cabinet.openAndShut(door) }
        #expect(cabinet.place(of: one) == "A03")
        #expect(cabinet.parcel(one)?.recipientKey == "r1")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a courier mends a number that they mistyped: it is another person's key")
    mutating func mended() {
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(one)
        typePhone("13912345679", key: "r2")
        typePhone(phone, key: "r1")
        #expect(cabinet.answers == [.contactKept])
        #expect(cabinet.parcel(one)?.recipientKey == "r1" && cabinet.parcel(one)?.lastFour == "5678")
    }

    @Test("where the county's key is known it stays, whatever the keeper types")
    mutating func countysKey() {
        cabinet.bring(ManifestEntry(one, of: "zhang", phone: "13900000000"))
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.told)
        cabinet.scan(one.rawValue)
        typePhone(phone, key: "r1")
        #expect(cabinet.event(ParcelContactGiven.self)?.recipientKey == nil)
        #expect(cabinet.actions.contains(.keepContact(one, phone: phone, recipientKey: nil)))
        #expect(cabinet.parcel(one)?.recipientKey == "zhang")
    }

    @Test("a later manifest brings the county's key, under which the delegation goes on")
    mutating func lateManifest() {
        bring((one, "r1"))
        cabinet.delegateToAgent(one)
        cabinet.announce([ManifestEntry(one, of: "zhang", phone: phone), ManifestEntry(two, of: "zhang")])
        #expect(cabinet.parcel(one)?.recipientKey == "zhang" && cabinet.parcel(one)?.hasCountysKey == true)
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(two)
        cabinet.end()
        cabinet.begin(.agent)
        cabinet.card(.take)
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.pulses == ["A03"])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test(
        "a phone that was mistyped gives its delegation to nobody when the manifest comes",
        arguments: ["13812345679", nil] as [String?]
    )
    mutating func lateManifestOfAnother(phone: String?) {
        bring((one, "r1"))
        cabinet.delegateToAgent(one)
        cabinet.announce([ManifestEntry(one, of: "zhang", phone: phone)])
        #expect(cabinet.parcel(one)?.recipientKey == "zhang")
        #expect(cabinet.state.delegations["zhang"] == nil && cabinet.state.delegations["r1"] != nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a line of the same recipient that comes after the pickup announces no other parcel")
    mutating func collected() {
        bring((one, "r1"))
        cabinet.collect(one)
        cabinet.announce([ManifestEntry(one, of: "zhang", phone: phone)])
        #expect(cabinet.status(one) == .collected)
        cabinet.announce([ManifestEntry(one, of: "li", phone: "13900001111")])
        #expect(cabinet.status(one) == .expected)
    }

    @Test("a number is known as one before it is decided, typed or by cards; nothing else is")
    mutating func recognised() {
        let keypad = TextSource(device: "1-2", role: .keypad)
        let scanner = TextSource(device: "1-1", role: .scanner)
        for text in [phone, "138 1234 5678"] { #expect(cabinet.station.phone(in: text, from: keypad) == phone) }
        for text in ["23812345678", "1381234567", "138123456789", "", "1381234567a"] {
            #expect(cabinet.station.phone(in: text, from: keypad) == nil)
        }
        #expect(cabinet.station.phone(in: phone, from: scanner) == nil)
        #expect(cabinet.station.phone(in: "VLK1:NEXT", from: scanner) == nil)
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(one)
        for digit in phone { cabinet.card(.digit(digit.wholeNumberValue ?? 0)) }
        #expect(cabinet.station.phone(in: "VLK1:NEXT", from: scanner) == phone)
        cabinet.wait(3_000)
        cabinet.send(.text("VLK1:NEXT", from: TextSource(device: "1-1", role: .scanner, recipientKey: "r1")))
        #expect(cabinet.event(ParcelContactGiven.self)?.recipientKey == "r1")
    }

    @Test("the mark of a number tells nothing without the key, and is another under another")
    func mark() throws {
        let (one, other) = (TestKeys.codeKey, try #require(CodeKey(bytes: Array(1...32))))
        #expect(PhoneMark.of(phone, key: one) == PhoneMark.of(phone, key: one))
        #expect(PhoneMark.of(phone, key: one).count == 16)
        #expect(PhoneMark.of(phone, key: one) != PhoneMark.of(phone, key: other))
        #expect(PhoneMark.of(phone, key: one) != PhoneMark.of("13812345679", key: one))
    }
}
