import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("The last four digits decide")
struct LastFourTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    private mutating func store(phone: String?) {
        cabinet.announce([ManifestEntry(waybill, of: "zhang", phone: phone)])
        _ = cabinet.deposit(waybill)
        cabinet.end()
    }

    private mutating func useAskingPolicy() {
        var policy = Policy()
        policy.asksLastFour = true
        cabinet = Cabinet(policy: policy)
    }

    @Test("where the policy asks, the code alone opens nothing; the digits of the phone do")
    mutating func policy() {
        useAskingPolicy()
        store(phone: "13812345678")
        cabinet.typeCode(of: waybill)
        #expect(cabinet.event(PickupFailed.self)?.reason == .asksLastFour)
        #expect(cabinet.answers == [.askLastFour])
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.state.codeLock.wrongToday == 0)
        cabinet.type("5678")
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("wrong digits count as a wrong code, and the code must be typed again")
    mutating func wrongDigits() {
        useAskingPolicy()
        store(phone: "13812345678")
        cabinet.typeCode(of: waybill)
        cabinet.type("0000")
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        #expect(cabinet.state.codeLock.wrongToday == 1)
        cabinet.type("5678")
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.answers == [.peopleWaiting])
    }

    @Test("a code that is made anew before the digits come opens nothing by them; the new one does")
    mutating func reissued() {
        useAskingPolicy()
        store(phone: "13812345678")
        cabinet.typeCode(of: waybill)
        cabinet.command(.reissue(waybill, n: 5))
        cabinet.type("5678")
        #expect(cabinet.answers == [.wrongCode])
        #expect(cabinet.pulses.isEmpty)
        cabinet.typeCode(of: waybill)
        cabinet.type("5678")
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("the question is forgotten after two minutes")
    mutating func tooLate() {
        useAskingPolicy()
        store(phone: "13812345678")
        cabinet.typeCode(of: waybill)
        cabinet.wait(Limits.followUpMilliseconds)
        cabinet.type("5678")
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("nobody can ask where no phone is known: the policy lets the code do, a day of guessing does not")
    mutating func noPhone() {
        useAskingPolicy()
        store(phone: nil)
        cabinet.typeCode(of: waybill)
        #expect(cabinet.pulses == ["A02"])
        cabinet = Cabinet()
        store(phone: nil)
        guess(40)
        cabinet.typeCode(of: waybill)
        #expect(cabinet.answers == [.codeAmbiguous])
        #expect(cabinet.pulses.isEmpty)
        cabinet.begin(.keeper)
        cabinet.card(.handOut)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.pulses == ["A02"], "the keeper hands it out")
    }

    /// Types wrong codes, waiting out every lock.
    private mutating func guess(_ count: Int) {
        for code in cabinet.wrongCodes(count) {
            cabinet.wait(cabinet.state.codeLock.remaining(at: cabinet.now))
            cabinet.type(code)
        }
        cabinet.wait(cabinet.state.codeLock.remaining(at: cabinet.now))
    }

    @Test("after forty wrong codes of a day they are asked; tokens go on; the next day it is over")
    mutating func forty() {
        store(phone: "13812345678")
        guess(39)
        #expect(!cabinet.state.codeLock.asksLastFour(at: cabinet.now))
        guess(1)
        cabinet.typeCode(of: waybill)
        #expect(cabinet.answers == [.askLastFour])
        cabinet.scan(TestKeys.pickupToken(waybill))
        #expect(cabinet.pulses == ["A02"])
        cabinet.send(.interrupted("A02"))
        cabinet.passHours(24)
        cabinet.typeCode(of: waybill)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("they are asked also while a shipment waits for its weight")
    mutating func whileWeighing() {
        useAskingPolicy()
        store(phone: "13812345678")
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan("YT1111111111111")
        cabinet.typeCode(of: waybill)
        cabinet.type("5678")
        #expect(cabinet.pulses == ["A02"])
        cabinet.type("1200")
        #expect(cabinet.state.session?.draft?.weightGrams == 1_200)
    }

    // MARK: Equal codes

    private static let twins = TestKeys.twins.map { [$0.one, $0.other] } ?? []

    private mutating func storeTwins(_ phones: [String?]) throws {
        try #require(Self.twins.count == 2)
        cabinet.announce(zip(Self.twins, phones).map { ManifestEntry($0, of: "\($1 ?? "nobody")", phone: $1) })
        for waybill in Self.twins { _ = cabinet.deposit(waybill) }
        cabinet.end()
        #expect(cabinet.code(of: Self.twins[0]) == cabinet.code(of: Self.twins[1]))
    }

    @Test("two parcels with one code: the digits say whose it is", arguments: [0, 1])
    mutating func solved(index: Int) throws {
        try storeTwins(["13800001111", "13800002222"])
        cabinet.typeCode(of: Self.twins[0])
        #expect(cabinet.answers == [.askLastFour])
        cabinet.type(["1111", "2222"][index])
        #expect(cabinet.event(DoorUnlockRequested.self)?.waybills == [Self.twins[index]])
    }

    @Test("two phones with one ending, or none known: the keeper", arguments: ["13900001111", nil])
    mutating func unsolved(other: String?) throws {
        try storeTwins([other == nil ? nil : "13800001111", other])
        cabinet.typeCode(of: Self.twins[0])
        #expect(cabinet.answers == [other == nil ? .codeAmbiguous : .askLastFour])
        cabinet.type("1111")
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("once one of them is gone the code is the other's alone")
    mutating func alone() throws {
        try storeTwins(["13800001111", "13800002222"])
        cabinet.scan(TestKeys.pickupToken(Self.twins[0]))
        cabinet.openAndShut("A02")
        cabinet.wait(Limits.reopenMilliseconds)
        cabinet.typeCode(of: Self.twins[1])
        #expect(cabinet.event(DoorUnlockRequested.self)?.waybills == [Self.twins[1]])
    }
}
