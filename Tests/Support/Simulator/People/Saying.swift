import LockerDomain

/// One thing that is said of a shipment at the counter.
struct Saying {
    var text: String
    var isTyped = false
    /// What follows when the station awaits a number.
    var reference: [Saying] = []

    init(_ text: String, isTyped: Bool = false, reference: [Saying] = []) {
        (self.text, self.isTyped, self.reference) = (text, isTyped, reference)
    }

    init(_ card: Card, reference: [Saying] = []) { self.init(card.text, reference: reference) }

    /// Any of what may be said of a shipment besides the three systems.
    static func remark(_ chance: inout Chance) -> Saying {
        switch chance.count(0...8) {
        case 0, 1: return Saying(.kind(chance.pick(ShipmentKind.allCases) ?? .produce))
        case 2:
            // A county may have cards for other goods.
            let words = ProduceCategory.allCases.map { $0.rawValue.uppercased() } + ["TEA-OIL"]
            return Saying(.category(chance.pick(words) ?? "TEA-OIL"))
        case 3: return Saying(.platform((chance.pick(SalesPlatform.allCases) ?? .other).rawValue.uppercased()))
        case 4: return Saying(.order, reference: order(&chance))
        case 5: return Saying(.photo, reference: photo(&chance))
        case 6: return Saying(.outside)
        case 7: return Saying(.reuse)
        default: return Saying(String(chance.count(1...50_400)), isTyped: true)
        }
    }

    /// Some remarks in any order; one may be said twice, and differently.
    static func remarks(_ chance: inout Chance) -> [Saying] {
        guard chance.happens(650) else { return [] }
        return (0..<chance.count(1...6)).map { _ in remark(&chance) }
    }

    /// Numbers as the platforms have them, scanned from a screen or typed; now and then nobody finds it.
    private static func order(_ chance: inout Chance) -> [Saying] {
        switch chance.count(0...4) {
        case 0: []
        case 1: [Saying("260512-" + chance.digits(15), isTyped: chance.happens(500))]
        case 2: [Saying("JD" + chance.digits(12))]
        default: [Saying(chance.digits(chance.happens(300) ? 12 : 19), isTyped: chance.happens(400))]
        }
    }

    private static func photo(_ chance: inout Chance) -> [Saying] {
        chance.happens(150) ? [] : [Saying("IMG-" + chance.digits(6) + ".JPG")]
    }
}
