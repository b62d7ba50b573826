import LockerDomain
import LockerTestKit
import StationBooks
import StationRules

/// A parcel of Zhang's in each status, brought there by what people do, so that no state is made up.
struct Lives {
    static let waybill: Waybill = "YT8962646785380"
    private var cabinet = Cabinet()

    /// A cabinet without a session in which the parcel has the status; `nil` for one that nobody heard of.
    static func cabinet(_ status: Parcel.Status?) -> Cabinet {
        var lives = Lives()
        if let status { lives.bring(to: status) }
        if lives.cabinet.state.session != nil { lives.cabinet.end() }
        lives.cabinet.wait(Limits.shelfPickupMilliseconds)
        return lives.cabinet
    }

    private mutating func bring(to status: Parcel.Status) {
        let waybill = Lives.waybill
        cabinet.announce([ManifestEntry(waybill, of: "zhang", phone: "13812345678", bag: "BAG-7")])
        guard status != .expected else { return }
        cabinet.begin(.courier)
        if status == .received { return cabinet.scan("BAG-7") }
        if status == .inParts {
            _ = cabinet.deposit(Waybill(rawValue: "\(waybill)-0001"))
            return
        }
        _ = cabinet.deposit(waybill)
        switch status {
        case .expected, .inParts, .received, .stored: break
        case .withAgent:
            cabinet.begin(.keeper)
            cabinet.card(.delegate(.agent))
            cabinet.scan(waybill.rawValue)
            cabinet.scan(cabinet.badge(.agent, expiry: .max))
            cabinet.begin(.agent)
            cabinet.card(.take)
            cabinet.openAndShut("A02")
        case .collected: cabinet.collect(waybill)
        case .refused:
            cabinet.typeCode(of: waybill)
            cabinet.open("A02")
            cabinet.card(.refuse)
            cabinet.shut("A02")
        case .retrieved, .returned:
            // The keeper takes it back, so that it does not leave with the courier's session.
            if status == .retrieved { cabinet.begin(.keeper) }
            cabinet.card(.retrieve)
            cabinet.scan(waybill.rawValue)
            cabinet.openAndShut("A02")
        case .missing:
            cabinet.audit("A02")
            cabinet.open("A02")
            cabinet.card(.empty)
            cabinet.shut("A02")
        case .lost:
            cabinet.begin(.keeper)
            cabinet.card(.report(.lost))
            cabinet.scan(waybill.rawValue)
        }
    }
}

/// Every kind of input that names a parcel.
enum Naming: Hashable, CaseIterable {
    /// Its number is scanned while somebody is at a work.
    case scan(Work)
    case scanOfNobody, code, token, delegationToken, lastFour, notice, noticeFailed, recall, extendHold, reissue,
        manifest, manifestAnew

    static var allCases: [Naming] {
        Work.allCases.map { .scan($0) } + [
            .scanOfNobody, .code, .token, .delegationToken, .lastFour, .notice, .noticeFailed, .recall, .extendHold,
            .reissue,
            .manifest, .manifestAnew,
        ]
    }

    /// How the row of the table begins.
    var name: String {
        if case .scan(let work) = self { return work.rawValue }
        return "\(self)"
    }

    /// Gives the input to a cabinet and says what came of it, without what every input of its kind brings.
    func effect(on start: Cabinet) -> [EventType] {
        var cabinet = start
        let waybill = Lives.waybill
        switch self {
        case .scan(let work):
            // The mightiest who may: what a role may do at all is tested elsewhere.
            let role = [Role.keeper, .courier, .agent].first { work.roles.contains($0) } ?? .keeper
            cabinet.begin(role)
            if let card = Card.fixed.first(where: { $0.work == work }) { cabinet.card(card) }
            // What opens at once is the effect; an audit goes on with what is seen behind the first door.
            if let door = cabinet.pulses.first {
                guard work == .audit else { return cabinet.types.filter { $0 != .sessionWorkChanged } }
                cabinet.open(door)
            }
            cabinet.scan(waybill.rawValue)
        case .scanOfNobody: cabinet.scan(waybill.rawValue)
        case .code: cabinet.typeCode(of: waybill)
        case .token: cabinet.scan(TestKeys.pickupToken(waybill, n: cabinet.parcel(waybill)?.n ?? 0))
        case .delegationToken: cabinet.scan(TestKeys.delegationToken("zhang"))
        case .lastFour: cabinet.type("5678")
        case .notice: cabinet.command(.notices([Notice(waybill: waybill)]))
        case .noticeFailed: cabinet.command(.notices([Notice(waybill: waybill, failure: "no signal")]))
        case .recall: cabinet.command(.recall([waybill]))
        case .extendHold: cabinet.command(.extendHold(waybill, hours: 24))
        case .reissue: cabinet.command(.reissue(waybill, n: 1_000))
        case .manifest: cabinet.announce([ManifestEntry(waybill, of: "zhang", phone: "13812345678", bag: "BAG-7")])
        case .manifestAnew: cabinet.announce([ManifestEntry(waybill, of: "zhang", phone: "13812345678", bag: "BAG-8")])
        }
        return cabinet.types.filter { $0 != .commandReceived && $0 != .commandCompleted }
    }
}
