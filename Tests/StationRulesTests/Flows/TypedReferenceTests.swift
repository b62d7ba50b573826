import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("References that are typed")
struct TypedReferenceTests {
    private var cabinet = Cabinet(policy: policy)
    /// Bare digits are a number of this issuer.
    private static let policy: Policy = {
        var policy = Policy()
        policy.realName.issuers = ["SM"]
        return policy
    }()
    private let ship: Waybill = "SF7444404156506"
    private let parcel: Waybill = "YT8962646785389"

    private mutating func ask(_ card: Card, proven: Bool = true) {
        cabinet.begin(.keeper, proven: proven)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        cabinet.card(card)
    }

    private mutating func enter(_ digits: String, byKeys: Bool) {
        if byKeys { return cabinet.type(digits) }
        for digit in digits.compactMap(\.wholeNumberValue) { cabinet.card(.digit(digit)) }
        cabinet.card(.next)
    }

    @Test(
        "as many digits as it has, by key or by card",
        arguments: ["7", "1250", "12345", "417038", "41703829", "4170382956", "260512417038295611"],
        [true, false]
    )
    mutating func digits(text: String, byKeys: Bool) {
        ask(.order)
        enter(text, byKeys: byKeys)
        #expect(cabinet.types == [.sessionNoted] && cabinet.answers == [.noted])
        #expect(cabinet.state.session?.draft?.order == text)
        #expect(cabinet.state.session?.draft?.weightGrams == nil)
        #expect(cabinet.state.codeLock.remaining(at: cabinet.now) == 0)
        enter("1250", byKeys: byKeys)
        #expect(cabinet.state.session?.draft?.weightGrams == 1_250)
    }

    @Test("it is accepted with the reference that was typed")
    mutating func accepted() {
        ask(.realName)
        cabinet.type("417038295")
        for card in [Card.inspected, .screened, .accept] { cabinet.card(card) }
        #expect(cabinet.event(ShipmentAccepted.self)?.realName == "SM417038295")
    }

    @Test("another card ends the waiting")
    mutating func ended() {
        ask(.photo)
        cabinet.card(.inspected)
        cabinet.type("1250")
        #expect(cabinet.state.session?.draft?.photo == nil)
        #expect(cabinet.state.session?.draft?.weightGrams == 1_250)
    }

    @Test("six digits are the PIN until it was typed, and no event holds it before or after", arguments: [true, false])
    mutating func pin(byKeys: Bool) {
        ask(.realName, proven: false)
        for _ in 0..<2 {
            enter(Cabinet.keeperPIN, byKeys: byKeys)
            #expect(cabinet.answers == [.pinRight])
        }
        enter("417038295", byKeys: byKeys)
        #expect(cabinet.state.session?.draft?.realName == "SM417038295")
        #expect(!cabinet.journal.contains { "\($0.event)".contains(Cabinet.keeperPIN) })
    }

    @Test("who has no PIN types six digits as a reference")
    mutating func withoutPIN() {
        cabinet.begin(.courier, proven: false)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        cabinet.card(.order)
        cabinet.type("417038")
        #expect(cabinet.state.session?.draft?.order == "417038")
    }

    @Test("a recipient who types a code meanwhile gets the parcel, and the reference is still awaited")
    mutating func code() {
        _ = cabinet.deposit(parcel)
        cabinet.end()
        ask(.realName)
        cabinet.typeCode(of: parcel)
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(!"\(cabinet.journal)".contains(cabinet.code(of: parcel)))
        cabinet.type("417038295")
        #expect(cabinet.state.session?.draft?.realName == "SM417038295")
    }

    @Test("digits as long as a code count as a wrong one until the PIN was typed", arguments: [true, false])
    mutating func guesses(byKeys: Bool) {
        _ = cabinet.deposit(parcel)
        cabinet.end()
        ask(.realName, proven: false)
        for (index, guess) in ["10000000", "1000000001", "10000001", "1000000002"].enumerated() {
            enter(guess, byKeys: byKeys)
            #expect(cabinet.types == [.pickupFailed] && cabinet.answers == [.needsPIN], "\(guess)")
            #expect(cabinet.state.codeLock.wrongToday == index + 1)
        }
        enter("10000002", byKeys: byKeys)
        #expect(cabinet.types == [.pickupFailed, .pickupLockedOut] && cabinet.answers == [.locked])
        enter(cabinet.code(of: parcel), byKeys: byKeys)
        #expect(cabinet.answers == [.locked] && cabinet.pulses.isEmpty)
        enter("10000003", byKeys: byKeys)
        #expect(cabinet.answers == [.locked] && cabinet.state.session?.awaits == .realName)
        for guess in ["10000000", "1000000001", "10000003"] { #expect(!"\(cabinet.journal)".contains(guess)) }
    }

    @Test("with the PIN eight digits are the reference, and count nowhere")
    mutating func proven() {
        ask(.realName, proven: false)
        cabinet.type("20260512")
        #expect(cabinet.answers == [.needsPIN])
        cabinet.type(Cabinet.keeperPIN)
        cabinet.type("20260512")
        #expect(cabinet.answers == [.noted] && cabinet.state.session?.draft?.realName == "SM20260512")
        #expect(cabinet.state.codeLock.wrongToday == 1)
    }

    @Test("a support code does what it is for")
    mutating func support() {
        ask(.realName)
        let code = cabinet.supportCode("A01", for: TestKeys.person(.keeper), counter: 0)
        cabinet.type(code)
        #expect(cabinet.pulses == ["A01"])
        #expect(!"\(cabinet.journal)".contains(code))
    }

    @Test("no phone is taken for a reference, by key or by card", arguments: [true, false])
    mutating func phone(byKeys: Bool) {
        ask(.order)
        enter("13812345678", byKeys: byKeys)
        #expect(cabinet.reason == .unreadable && cabinet.answers == [.scanReference])
        #expect(!"\(cabinet.journal)".contains("13812345678"))
    }

    @Test("what is asked for last is answered: the survey or the reference")
    mutating func survey() {
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.scan(ship.rawValue)
        cabinet.card(.survey)
        cabinet.card(.order)
        cabinet.type("54321")
        #expect(cabinet.state.session?.draft?.order == "54321")
        cabinet.card(.order)
        cabinet.card(.survey)
        cabinet.type("54321")
        #expect(cabinet.types == [.serviceSurveyAnswered])
    }
}
