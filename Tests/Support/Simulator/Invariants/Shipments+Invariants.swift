import LockerDomain
import StationBooks
import StationRules
import SyncWire

/// Reads the cards, scans and keys themselves: the draft of the session is not asked.
struct OwnFields: Invariant {
    let sentence = "an accepted shipment carries what was scanned and typed for it, and nothing of another"
    private struct Said: Equatable {
        var kind = ShipmentKind.ordinary
        var category: String?
        var platform: String?
        var order: String?
        var photo: String?
        var weightGrams: Int?
        var isOutside = false
        var isReused = false
    }
    private var number: String?
    private var said = Said()
    /// What the last card announced.
    private var awaited: SessionNoted.Note?

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, let cause) = step else { return nil }
        switch line.event {
        case .sessionOpened, .sessionClosed, .sessionWorkChanged, .shipmentRejected: begin(nil)
        case .sessionNoted(let fact): return take(fact, cause, world)
        case .shipmentAccepted(let fact):
            defer { begin(nil) }
            let carried = Said(
                kind: fact.kind,
                category: fact.category,
                platform: fact.platform,
                order: fact.order,
                photo: fact.photo,
                weightGrams: fact.weightGrams,
                isOutside: fact.outsideCounty,
                isReused: fact.reusedPackaging
            )
            guard number == fact.waybill.rawValue, carried == said else {
                return "\(fact.waybill) carries \(carried), of \(number ?? "none") was said \(said)"
            }
        default: break
        }
        return nil
    }

    private mutating func begin(_ shipment: String?) { (number, said, awaited) = (shipment, Said(), nil) }

    /// Takes down what somebody said; returns what the event makes of it when that is something else.
    private mutating func take(_ fact: SessionNoted, _ cause: Post, _ world: World) -> String? {
        let before = awaited
        awaited = nil
        let input = world.handed.input(of: cause)
        let text = input?.text ?? ""
        let isSo: Bool
        switch fact.note {
        // The door of a drop-off is shut: no scan begins that.
        case .shipment, .label:
            begin(fact.value)
            return nil
        case .awaits:
            awaited = fact.value.flatMap(SessionNoted.Note.init(rawValue:))
            return nil
        case .kind:
            let kind = ShipmentKind.allCases.first { Card.kind($0).text == text }
            said.kind = kind ?? said.kind
            isSo = kind != nil && kind?.rawValue == fact.value
        case .category:
            said.category = fact.value
            isSo = fact.value.map { Card.category($0).text } == text
        case .platform:
            said.platform = fact.value
            isSo = fact.value.map { Card.platform($0).text } == text
        case .order:
            said.order = reference(input)
            isSo = before == .order && said.order == fact.value
        case .photo:
            said.photo = reference(input)
            isSo = before == .photo && said.photo == fact.value
        case .weightGrams:
            said.weightGrams = Int(text)
            isSo = said.weightGrams != nil && fact.value == said.weightGrams.map { String($0) }
        case .outside:
            said.isOutside = true
            isSo = text == Card.outside.text
        case .reuse:
            said.isReused = true
            isSo = text == Card.reuse.text
        case .checked, .exception, .reason, .villager, .bag, .seal, .realName, .inspected, .screened: return nil
        }
        return isSo ? nil : "\(fact.note.rawValue) \(fact.value ?? "-") by \(text)"
    }

    /// A reference as it was scanned or typed; no card is one.
    private func reference(_ input: (text: String, isTyped: Bool)?) -> String? {
        guard let input, let text = try? ScanText(input.text).text, !text.hasPrefix(Card.prefix) else { return nil }
        return input.isTyped ? text.filter { $0 != " " } : text
    }
}

/// Hears what the sender types and is told.
struct OwnSize: Lasting {
    let sentence = "a shipment goes behind a door of the size that its sender asked for, and the event says so"
    private struct Wish {
        var size: Size?
        var door: DoorName
    }
    /// What was chosen since DROPOFF.
    private var chosen: Size?
    /// What was chosen for a shipment whose label was scanned.
    private var wishes: [Waybill: Wish] = [:]
    /// Of shipments that were left here.
    private var left: [Waybill: Size] = [:]
    /// Those of which another journal told: the station may have got that back, or not.
    private var before: Set<Waybill> = []

    mutating func remember(_ other: OwnSize) { before = Set(other.left.keys).union(other.before).union(left.keys) }

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        // What was asked and not answered is in no journal.
        case .recovered: chosen = nil
        case .decided(let post, let decision): return hear(post, decision, world)
        case .event(let line, _):
            switch line.event {
            case .doorUnlockRequested(let fact): return opens(fact, world)
            case .shipmentDroppedOff(let fact):
                left[fact.waybill] = fact.size
                before.remove(fact.waybill)
                // One whose opening was interrupted is taken in at the counter later, without a wish.
                guard let wish = wishes.removeValue(forKey: fact.waybill), fact.place == .door(wish.door),
                    wish.size != fact.size
                else { return nil }
                return "\(fact.waybill) says \(name(fact.size)), asked was \(name(wish.size))"
            case .auditDifference(let fact):
                if let waybill = fact.waybill { wishes[waybill] = nil }
            default: break
            }
        default: break
        }
        return nil
    }

    private mutating func hear(_ post: Post, _ decision: Decision, _ world: World) -> String? {
        guard let input = world.handed.input(of: post) else { return nil }
        for case .answer(let answer) in decision.actions {
            if answer.id == .dropOffHow, input.text == Card.dropOff.text { chosen = nil }
            guard answer.id == .dropOffSize else { continue }
            let number = input.isTyped ? Int(input.text) : nil
            guard let number, Size.allCases.indices.contains(number - 1),
                answer == Answer(.dropOffSize, Size.allCases[number - 1].rawValue)
            else { return "\(input.text) is \(answer.en)" }
            chosen = Size.allCases[number - 1]
        }
        for case .doorUnlockRequested(let fact) in decision.events where fact.purpose == .dropOff {
            guard fact.attempt == 1, let reading = try? WaybillReading(input.text),
                fact.waybills == [Waybill(rawValue: reading.normalized)]
            else { continue }
            wishes[fact.waybills[0]] = Wish(size: chosen, door: fact.door)
            chosen = nil
        }
        return nil
    }

    private func opens(_ fact: DoorUnlockRequested, _ world: World) -> String? {
        guard let waybill = fact.waybills.first else { return nil }
        let size: Size?
        switch fact.purpose {
        case .dropOff:
            guard let wish = wishes[waybill] else { return nil }
            size = wish.size
        case .shipment:
            if before.contains(waybill) { return nil }
            size = left[waybill]
        default: return nil
        }
        guard fact.size == size, let door = world.cabinet.doors[fact.door]?.settings,
            door.size >= size ?? world.settings.defaultSize
        else { return "\(fact.door) for \(waybill), \(name(fact.size)), asked was \(name(size))" }
        return nil
    }

    private func name(_ size: Size?) -> String { size?.rawValue ?? "none" }
}
