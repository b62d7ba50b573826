import LockerDomain
import StationBooks
import StationCore
import StationRules
import SyncWire

/// What people say of the service, against what they really scanned and typed.
struct SaidSo: Lasting {
    let sentence = "a survey is what was answered, a report by a recipient is about what is or was just taken"
    private static let ofRecipients: Set<Purpose> = [.pickup, .handOut, .reopen, .putBack]
    private var scores: [Int] = []
    /// True time at which each parcel was taken.
    private var taken: [Waybill: Int64] = [:]

    mutating func remember(_ other: SaidSo) { taken.merge(other.taken) { max($0, $1) } }

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, let cause) = step else { return nil }
        switch line.event {
        case .parcelCollected(let fact): taken[fact.waybill] = world.clock.now
        case .parcelDamaged(let fact): return isTaken(fact.waybill, fact.report, world)
        case .parcelShort(let fact): return isTaken(fact.waybill, fact.report, world)
        case .serviceComplaintFiled(let fact):
            return fact.waybill.flatMap { isRecent($0, world) ? nil : "a complaint about \($0)" }
        case .scanRejected(let fact): if fact.reason == .awaitsScan { hear(cause) }
        case .serviceSurveyAnswered(let fact):
            hear(cause)
            defer { scores = [] }
            let isWhole = fact.scores.count == SurveyQuestion.allCases.count
            guard isWhole, fact.scores.allSatisfy(SurveyQuestion.scores.contains), fact.scores == scores.suffix(5) + []
            else { return "\(fact.scores), said was \(scores)" }
            return fact.waybill.flatMap { isRecent($0, world) ? nil : "a survey about \($0)" }
        default: break
        }
        return nil
    }

    private mutating func hear(_ cause: Post) {
        guard case .text(let text, let source) = cause.input else { return }
        if text == Card.survey.text { scores = [] }
        let digits = source.role == .keypad ? text : text.hasPrefix("VLK1:DIGIT:") ? String(text.suffix(1)) : ""
        guard digits.utf8.count == 1 || digits.utf8.count == SurveyQuestion.allCases.count else { return }
        let said = digits.utf8.map { Int($0) - 0x30 }
        scores = said.count == 1 ? scores + said : said
    }

    private func isTaken(_ waybill: Waybill, _ report: Report, _ world: World) -> String? {
        guard report.by == .recipient, !isRecent(waybill, world) else { return nil }
        return "a report about \(waybill)"
    }

    private func isRecent(_ waybill: Waybill, _ world: World) -> Bool {
        // Who stands at the open door has not shut it yet.
        let isAtDoor = world.proven.doors.values.contains { door in
            guard let cycle = door.cycle, Self.ofRecipients.contains(cycle.purpose) else { return false }
            return cycle.waybills.contains(waybill)
        }
        if isAtDoor { return true }
        guard let time = taken[waybill] else { return false }
        return world.clock.now - time <= Limits.lastPickupMilliseconds + Span.minute
    }
}
