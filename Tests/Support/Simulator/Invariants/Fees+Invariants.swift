import LockerDomain
import StationBooks
import StationCore
import StationRules
import SyncWire

/// Reckons by the true time of the world since the recipient was told, and sums beside the county.
struct PublishedFee: Lasting {
    let sentence = "a fee is what the published line says of the time after the hold period; the county sums them"
    /// True time at which the recipient was told first.
    private var told: [Waybill: Int64] = [:]
    private var sum: Int
    /// A trusted clock may be some seconds off the truth.
    private static let clockMilliseconds = 10 * Span.second

    /// `counted`: what the county had summed when the journal was lost.
    init(counted: Int = 0) { sum = counted }

    mutating func remember(_ other: PublishedFee) { told.merge(other.told) { min($0, $1) } }

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .event(let line, _):
            switch line.event {
            case .parcelExpected(let fact): if fact.late != true { told[fact.entry.waybill] = nil }
            // What comes back begins anew, and so does another parcel with the same number.
            case .parcelReceived(let fact):
                let before = world.proven.parcels[fact.waybill]?.status
                if before != .expected, before != .stored, before != .received { told[fact.waybill] = nil }
            case .parcelNoticed(let fact): if told[fact.waybill] == nil { told[fact.waybill] = world.clock.now }
            case .parcelCollected(let fact):
                sum += fact.fee?.fen ?? 0
                return judge(fact, at: line.time, world)
            default: break
            }
        case .decided(_, let decision): return isSaid(decision)
        case .ended:
            var there = world.county.books.ledger.fen
            for case .parcelCollected(let fact)? in world.lostLines.map({ $0.read?.event }) {
                there += fact.fee?.fen ?? 0
            }
            return there == sum ? nil : "\(there) fen there, \(sum) here"
        default: break
        }
        return nil
    }

    private func judge(_ fact: ParcelCollected, at time: Moment, _ world: World) -> String? {
        let policy = world.settings.policy
        guard let line = policy.tariff, !policy.publicWelfare else {
            return fact.fee == nil ? nil : "\(fact.waybill) costs \(fact.fee?.fen ?? 0) fen, and no line is published"
        }
        guard time.clock.isConfirmed, let parcel = world.proven.parcels[fact.waybill], let began = parcel.hold.began
        else { return fact.fee == nil ? nil : "\(fact.waybill) costs something, and nobody knows since when" }
        let hours = (parcel.isCold ? policy.chilledHoldHours : policy.holdHours) + parcel.hold.extraHours
        let usual = began + Int64(hours) * Span.hour + (parcel.hold.paused ?? 0)
        // What is not all back from the county has a darkness that is not reckoned yet.
        let isReckoned = !world.proven.isUnreckoned(fact.waybill)
        // After a long darkness nothing begins before a day has passed, and a reminder.
        let grace = parcel.hold.grace
        let end = max(usual, grace?.until ?? usual, grace?.reminded ?? usual)
        let late = grace != nil && grace?.reminded == nil ? 0 : time.wall - end
        let fen = isReckoned && late > 0 ? price(late, line) : 0
        // Who opens the door once more has paid; what an agent brings costs nothing.
        let isFree = parcel.status == .collected || parcel.status == .withAgent
        if isFree { return fact.fee.map { "\(fact.waybill), \(parcel.status), costs \($0.fen) fen" } }
        guard fact.fee?.fen ?? 0 == fen, fact.fee == nil || fact.fee?.line == line.name else {
            return "\(fact.waybill) costs \(fact.fee?.fen ?? 0) fen, not \(fen)"
        }
        guard fen > 0 else { return nil }
        guard let told = told[fact.waybill] else { return "\(fact.waybill) costs \(fen) fen, and nobody was told" }
        let most = price(world.clock.now - told - Int64(hours) * Span.hour + Self.clockMilliseconds, line)
        return fen <= most ? nil : "\(fact.waybill) costs \(fen) fen, at most \(most)"
    }

    /// So much for each period that has begun.
    private func price(_ late: Int64, _ line: TariffLine) -> Int {
        var (fen, rest) = (0, late)
        while rest > 0, fen < line.fenMax {
            fen += line.fen
            rest -= Int64(line.periodHours) * Span.hour
        }
        return min(fen, line.fenMax)
    }

    /// Who pays hears how much.
    private func isSaid(_ decision: Decision) -> String? {
        var fen = 0
        for case .parcelCollected(let fact) in decision.events { fen += fact.fee?.fen ?? 0 }
        guard fen > 0 else { return nil }
        let text = "\(fen / 100).\(fen % 100 < 10 ? "0" : "")\(fen % 100)"
        return decision.actions.contains(.answer(Answer(.collectedFee, text))) ? nil : "nobody hears of \(text)"
    }
}

/// Judged by the village code and the prefixes alone.
struct FiledArea: Invariant {
    let sentence = "outside the area that the operator has filed nothing is taken from senders, and they hear why"

    func judge(_ step: Step, in world: World) -> String? {
        let area = world.settings.policy.filedArea
        guard !area.isEmpty, !area.contains(where: { world.settings.village.hasPrefix($0) }) else { return nil }
        switch step {
        case .event(let line, _):
            switch line.event {
            case .shipmentAccepted(let fact): return "\(fact.waybill) is accepted"
            case .shipmentDroppedOff(let fact): return "\(fact.waybill) is dropped off"
            case .doorUnlockRequested(let fact): return fact.purpose == .dropOff ? "\(fact.door) opens" : nil
            default: return nil
            }
        case .decided(let post, let decision):
            guard case .text(let text, _) = post.input, text == Card.dropOff.text else { return nil }
            let allowed: Set<Answer.ID> = [.outOfArea, .doubled, .endFirst, .endSession, .storageFailed]
            let isTold = decision.actions.contains { action in
                if case .answer(let answer) = action { allowed.contains(answer.id) } else { false }
            }
            return isTold ? nil : "\(decision.actions)"
        default: return nil
        }
    }
}
