import LockerDomain
import StationBooks

/// What somebody did at a scanner or number pad, classified once when it arrives.
enum Scan {
    /// Enter alone on a number pad.
    case enter
    /// The digits of a badge or of a pickup or delegation token; whether it is genuine is not known yet.
    case token(String)
    case card(Card)
    /// A command card of another version, or a torn one.
    case otherCard(String)
    /// A line of a number pad; or DIGIT cards and NEXT, which count as one.
    case typed(Typed)
    /// Any other barcode.
    case label(Label)

    /// - Parameter text: the folded text.
    init(_ text: ScanText, role: ScannerRole) {
        if Token.looksLikeToken(text.text) {
            self = .token(text.text)
        } else if role == .keypad {
            self = .typed(Typed(text.text))
        } else if Card.isCard(text.text) {
            self = Card(text: text.text).map(Scan.card) ?? .otherCard(text.text)
        } else {
            self = .label(Label(text))
        }
    }
}

/// What was typed.
struct Typed {
    /// As it came.
    let text: String
    /// Without what people put between groups of digits (``Typing/number(_:)``).
    let number: String
    /// `nil` when it is no code.
    let code: PickupCode?
    let isNumber: Bool

    init(_ text: String) {
        self.text = text
        number = Typing.number(text)
        code = PickupCode(typed: number)
        isNumber = number.isDigits
    }
}

/// The barcode of a parcel, a shipment, a bag or of anything else.
struct Label {
    let scan: ScanText
    let reading: WaybillReading
    /// The number on the label.
    let number: Waybill
    /// The parcel or shipment of the books that the number means; the number itself until that was looked up.
    var waybill: Waybill
    /// Whether the books have it.
    var isKnown = false

    init(_ scan: ScanText) {
        self.scan = scan
        reading = WaybillReading(scan)
        number = Waybill(rawValue: reading.normalized)
        waybill = number
    }

    /// Whether it names a parcel or a shipment, known or not.
    var isOfParcel: Bool { isKnown || reading.kind != .gtin && reading.isWaybill }
}
