import LockerDomain
import StationBooks

/// The forms of scans that questions tell apart, for the tables of ``Grammar``. Every scan is of one form.
package enum ScanForm: String, CaseIterable, Sendable {
    /// Enter alone on a number pad.
    case enter
    /// A badge, a pickup token or a delegation token.
    case token
    /// Typed, or by DIGIT cards and NEXT.
    case eightDigits, sixDigits, fiveDigits, fourDigits, oneDigit, tenDigits, phone, otherLine
    /// Command cards.
    case next, end, digit, refuse, yes, no, empty, door, reject, otherCard
    /// A card of another version, or a torn one.
    case tornCard
    case tornDigit
    /// Of a parcel or shipment.
    case label
    /// Any other barcode: goods, a sort code.
    case otherLabel

    /// Scans of the form; of a card all that there are.
    var samples: [Scan] {
        get throws {
            switch self {
            case .enter: [.enter]
            case .token: [.token("9")]
            case .eightDigits: [Self.typed("98287448")]
            case .sixDigits: [Self.typed("246810")]
            case .fiveDigits: [Self.typed("54321")]
            case .fourDigits: [Self.typed("5678")]
            case .oneDigit: [Self.typed("3")]
            case .tenDigits: [Self.typed("2468024680")]
            case .phone: [Self.typed("13812345678")]
            case .otherLine: [Self.typed("12"), Self.typed("123456789"), Self.typed("SF12")]
            case .next, .end, .digit, .refuse, .yes, .no, .empty, .door, .reject, .otherCard:
                Self.cards.filter { Self(of: $0) == self }.map(Scan.card)
            case .tornCard: [.otherCard("VLK1:RECEI"), .otherCard("VLK1:NEXT:1")]
            case .tornDigit: [.otherCard("VLK1:DIGIT:")]
            case .label: [.label(Label(try ScanText("SF7444404156506")))]
            case .otherLabel: [.label(Label(try ScanText("4711")))]
            }
        }
    }

    private static func typed(_ text: String) -> Scan { .typed(Typed(text)) }

    /// Every card, those that name something once.
    private static let cards: [Card] =
        Card.fixed + [.door("B3"), .shelf("S1-01"), .run("1"), .handOver("1"), .bag("B7"), .seal("1")]

    private init(of card: Card) {
        self =
            switch card {
            case .next: .next
            case .end: .end
            case .digit: .digit
            case .refuse: .refuse
            case .yes: .yes
            case .no: .no
            case .empty: .empty
            case .door: .door
            case .reject: .reject
            default: .otherCard
            }
    }
}
