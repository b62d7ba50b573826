import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Digits by cards")
struct DigitCardTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    /// What somebody without a number pad does instead of typing.
    private mutating func scanDigits(_ digits: String) {
        for digit in digits.compactMap(\.wholeNumberValue) { cabinet.card(.digit(digit)) }
    }

    private mutating func enter(_ digits: String) {
        scanDigits(digits)
        cabinet.card(.next)
    }

    @Test("a pickup code opens the door")
    mutating func code() {
        _ = cabinet.deposit(waybill)
        cabinet.end()
        scanDigits(cabinet.code(of: waybill))
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.answers == [.digits] && cabinet.words.contains("8"))
        cabinet.card(.next)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("a wrong code counts as a typed one does")
    mutating func wrong() {
        for code in cabinet.wrongCodes(Limits.wrongCodesMax) { enter(code) }
        #expect(cabinet.answers == [.locked])
        #expect(cabinet.state.codeLock.remaining(at: cabinet.now) > 0)
    }

    @Test("a PIN proves its badge, and no event holds a digit of it, also of a card that bounced")
    mutating func pin() {
        cabinet.begin(.keeper, proven: false)
        let before = cabinet.journal.count
        for digit in Cabinet.keeperPIN.compactMap(\.wholeNumberValue) {
            cabinet.card(.digit(digit))
            let source = TextSource(device: "1-1", role: .scanner)
            cabinet.send(.text(Card.digit(digit).text, from: source))
            #expect(cabinet.answers == [.doubled])
            cabinet.send(.text("vlk1:digit:7\(digit)", from: source))
        }
        cabinet.card(.next)
        #expect(cabinet.answers == [.pinRight])
        for entry in cabinet.journal[before...] {
            guard case .scanRejected(let fact) = entry.event else { continue }
            #expect(fact.text == nil)
        }
    }

    @Test("last four digits, a phone, a weight")
    mutating func others() {
        cabinet.announce([ManifestEntry(waybill, of: "zhang", phone: "13812345678")])
        cabinet.begin(.keeper)
        _ = cabinet.deposit("YT8962646785389")
        enter("13812345679")
        #expect(cabinet.answers == [.contactKept])
        _ = cabinet.deposit(waybill)
        cabinet.card(.told)
        enter("5678")
        #expect(cabinet.types == [.parcelNoticed])
        cabinet.card(.outbound)
        cabinet.scan("YT8962646785388")
        enter("1250")
        #expect(cabinet.state.session?.draft?.weightGrams == 1_250)
    }

    @Test("anything else that is scanned or typed, a new person and two minutes forget them", arguments: 0...4)
    mutating func forgotten(by what: Int) {
        _ = cabinet.deposit(waybill)
        cabinet.end()
        if what == 4 { cabinet.begin(.courier, proven: false) }
        scanDigits(cabinet.code(of: waybill))
        switch what {
        case 0: cabinet.scan("YT8962646785389")
        case 1: cabinet.type("5")
        case 2: cabinet.wait(Limits.followUpMilliseconds)
        case 3: cabinet.scan(cabinet.badge(.courier, expiry: .max))
        default: cabinet.send(.timer(.sessionIdle(cabinet.state.session?.id ?? 0)))
        }
        cabinet.card(.next)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.answers == [.nothingFollows])
    }

    @Test("more digits than a telephone number has begin anew")
    mutating func tooMany() {
        scanDigits(String(repeating: "1", count: Limits.cardDigitsMax))
        #expect(cabinet.answers == [.digits])
        cabinet.card(.digit(1))
        #expect(cabinet.answers == [.digitsOver])
        cabinet.card(.digit(1))
        #expect(cabinet.answers == [.digits] && cabinet.words.contains("1"))
    }

    @Test("the cards hang in a group of their own, which no other card shares")
    func group() {
        #expect(CardGroup.digits.cards == (0...9).map { .digit($0) })
        #expect(Card.next.group == .common)
    }
}
