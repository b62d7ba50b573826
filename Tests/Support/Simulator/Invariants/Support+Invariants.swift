import LockerDomain
import StationBooks
import StationCore
import SyncWire

/// Keeps its own list of abnormal doors, and makes the code anew.
struct SupportedDoor: Lasting {
    let sentence = "an abnormal door opens only by the support code that was made for it and its requester, once"
    private var abnormal: Set<DoorName> = []
    private var next: UInt32 = 0

    /// A door may have become abnormal, and have been opened by its code, where this journal did not go.
    mutating func remember(_ other: SupportedDoor) { abnormal = [] }

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, let cause) = step else { return nil }
        switch line.event {
        case .doorOutOfService(let fact): if OutOfService(fact.reason) == .abnormal { abnormal.insert(fact.door) }
        // The state is whole, and its counter goes on.
        case .stationJournalReplaced(let fact) where fact.stateKept == true:
            return fact.supportCounter == nil ? nil : "the counter was made anew though the state is whole"
        case .stationJournalReplaced(let fact):
            guard let counter = fact.supportCounter, counter >= next else { return "codes that were used count again" }
            next = counter
        case .supportCodeUsed(let fact):
            abnormal.remove(fact.door)
            defer { next = fact.counter &+ 1 }
            guard fact.counter >= next, fact.counter < next + Limits.supportCodesAheadMax else {
                return "\(fact.door) by code \(fact.counter), the next is \(next)"
            }
            guard let input = world.handed.input(of: cause) else { return "\(fact.door) for nobody" }
            let code = SupportCode.text(
                counter: fact.counter,
                door: fact.door,
                requester: world.proven.session.flatMap { PersonNumber(wire: $0.person) },
                key: world.county.codeKey
            )
            return input.text == code ? nil : "\(fact.door) by a code for another door or person"
        case .doorUnlockRequested(let fact):
            guard abnormal.contains(fact.door), fact.attempt == 1 else { return nil }
            return "\(fact.door) by \(fact.authority)"
        default: break
        }
        return nil
    }
}
