import LockerDomain
import StationBooks
import StationRules

/// Looks over the shoulder of a walk: what must hold after every input.
struct Judge {
    var complaints: [String] = []
    private var mirror: StationState
    /// Openings that the journal authorised, with the doors seen open and then shut in them.
    private var authorised: [Int: DoorName] = [:]
    private var opened: Set<Int> = []
    private var shut: Set<Int> = []
    /// Highest n that the code of each number ever had.
    private var highestN: [Waybill: UInt32] = [:]

    init(_ cabinet: Cabinet) {
        mirror = StationState()
        complaints = []
        look(at: cabinet, from: 0)
    }

    mutating func look(at cabinet: Cabinet, from start: Int) {
        var requested: Set<Int> = []
        for (event, moment) in cabinet.journal[start...] {
            judge(event, at: moment)
            if case .doorUnlockRequested(let fact) = event { requested.insert(fact.cycle) }
            mirror.apply(event, at: moment)
        }
        if mirror != cabinet.state { complaints.append("the state is not what the journal proves") }
        for action in cabinet.actions {
            guard case .pulse(let door, let cycle, let length) = action else { continue }
            if authorised[cycle] != door { complaints.append("a pulse at \(door) that no event authorises") }
            if requested.remove(cycle) == nil { complaints.append("a pulse at \(door) without its own event") }
            if length > Limits.pulseMillisecondsMax { complaints.append("a pulse of \(length) ms") }
        }
        if !requested.isEmpty { complaints.append("openings \(requested) without a pulse") }
    }

    private mutating func judge(_ event: Event, at moment: Moment) {
        switch event {
        case .doorUnlockRequested(let fact):
            if let door = authorised[fact.cycle], door != fact.door {
                complaints.append("cycle \(fact.cycle) at two doors")
            }
            authorised[fact.cycle] = fact.door
            if fact.attempt == 1 { for waybill in fact.waybills { judge(fact, waybill, at: moment) } }
        case .doorOpened(let fact):
            opened.insert(fact.cycle)
            shut.remove(fact.cycle)
        case .doorClosed(let fact): if let cycle = fact.cycle, opened.contains(cycle) { shut.insert(cycle) }
        case .parcelStored(let fact): judge(fact.evidence, fact.place, "stored")
        case .parcelRelocated(let fact): judge(fact.evidence, fact.place, "relocated")
        case .parcelCollected(let fact): judge(fact.evidence, fact.place, "collected")
        case .parcelHandedToAgent(let fact): judge(fact.evidence, fact.place, "handed to the agent")
        case .parcelRetrieved(let fact): judge(fact.evidence, fact.place, "retrieved")
        case .parcelRefused(let fact): judge(fact.evidence, fact.place, "refused")
        case .shipmentDroppedOff(let fact): judge(fact.evidence, fact.place, "dropped off")
        case .shipmentTakenOut(let fact): judge(fact.evidence, fact.place, "taken out")
        case .parcelReceived(let fact): judge(fact.n, of: fact.codeOf ?? fact.waybill)
        case .parcelExpected(let fact):
            let known = mirror.parcels[fact.entry.waybill]
            let keepsCode = fact.late == true || known?.status == .expected
            judge(fact.entry.n, of: keepsCode ? known?.codeName ?? fact.entry.waybill : fact.entry.waybill)
        case .parcelCodeReissued(let fact): judge(fact.n, of: fact.codeOf ?? fact.waybill)
        case .parcelJoined(let fact): judge(fact.n, of: fact.codeOf ?? fact.waybill)
        default: break
        }
    }

    /// What has left opens no door but by the rules for reopening and for openings that nobody saw.
    private mutating func judge(_ fact: DoorUnlockRequested, _ waybill: Waybill, at now: Moment) {
        let parcel = mirror.parcels[waybill]
        let mayOpen: Bool
        switch fact.purpose {
        case .deposit: mayOpen = parcel?.status == .received
        case .reopen where parcel?.status == .collected:
            mayOpen = (parcel?.reopenUntil ?? 0) > now.wall && (parcel?.reopens ?? 9) < Limits.reopensMax
        case .pickup where parcel?.status == .collected: mayOpen = (parcel?.reusableUntil ?? 0) > now.wall
        case .pickup, .handOut, .reopen, .agent, .retrieval, .move, .putBack, .audit, .support:
            mayOpen = parcel?.isInside == true && parcel?.place == .door(fact.door)
        case .dropOff: mayOpen = mirror.shipments[waybill]?.isHere != true
        case .takeOut, .senderPickup:
            let shipment = mirror.shipments[waybill]
            mayOpen = shipment?.isInside == true && shipment?.place == .door(fact.door)
        case .shipment: mayOpen = mirror.shipments[waybill]?.status == .rejected
        }
        let status = parcel?.status.rawValue ?? mirror.shipments[waybill]?.status.rawValue ?? "unknown"
        if !mayOpen { complaints.append("\(waybill), \(status), opens \(fact.door) for \(fact.purpose)") }
    }

    private mutating func judge(_ evidence: Evidence, _ place: Place, _ word: String) {
        guard case .door(let name) = place, evidence == .sensor else { return }
        guard let cycle = mirror.door(name).cycle?.id, opened.contains(cycle), shut.contains(cycle) else {
            return complaints.append("\(word) at \(name), which was not seen open and then shut")
        }
    }

    private mutating func judge(_ n: UInt32, of waybill: Waybill) {
        if let highest = highestN[waybill], n < highest { complaints.append("n of \(waybill) fell to \(n)") }
        highestN[waybill] = max(n, highestN[waybill] ?? 0)
    }
}
