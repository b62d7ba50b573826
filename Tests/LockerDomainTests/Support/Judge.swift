import LockerDomain

/// Looks over the shoulder of a walk: what must hold after every input.
struct Judge {
    var complaints: [String] = []
    private var mirror: StationState
    /// Openings that the journal authorised, with the doors seen open and then shut in them.
    private var authorised: [Int: DoorName] = [:]
    private var opened: Set<Int> = []
    private var shut: Set<Int> = []
    /// Highest n that each waybill ever had.
    private var highestN: [Waybill: UInt32] = [:]

    init(_ cabinet: Cabinet) {
        mirror = StationState()
        complaints = []
        look(at: cabinet, from: 0)
    }

    mutating func look(at cabinet: Cabinet, from start: Int) {
        for (event, moment) in cabinet.journal[start...] {
            judge(event)
            mirror.apply(event, at: moment)
        }
        if mirror != cabinet.state { complaints.append("the state is not what the journal proves") }
        for action in cabinet.actions {
            guard case .pulse(let door, let cycle, let length) = action else { continue }
            if authorised[cycle] != door { complaints.append("a pulse at \(door) that no event authorises") }
            if length > Limits.pulseMillisecondsMax { complaints.append("a pulse of \(length) ms") }
        }
    }

    private mutating func judge(_ event: Event) {
        switch event {
        case .doorUnlockRequested(let fact):
            if let door = authorised[fact.cycle], door != fact.door {
                complaints.append("cycle \(fact.cycle) at two doors")
            }
            authorised[fact.cycle] = fact.door
        case .doorOpened(let fact):
            opened.insert(fact.cycle)
            shut.remove(fact.cycle)
        case .doorClosed(let fact): if let cycle = fact.cycle, opened.contains(cycle) { shut.insert(cycle) }
        case .parcelStored(let fact): judge(fact.evidence, fact.place, "stored")
        case .parcelCollected(let fact): judge(fact.evidence, fact.place, "collected")
        case .parcelReceived(let fact): judge(fact.n, of: fact.waybill)
        case .parcelExpected(let fact): judge(fact.entry.n, of: fact.entry.waybill)
        default: break
        }
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

    /// What must hold of any state.
    func faults(in cabinet: Cabinet) -> [String] {
        let state = cabinet.state
        var faults: [String] = []
        var shelves: Set<Place> = []
        for parcel in state.waiting {
            guard let place = parcel.place else {
                faults.append("\(parcel.waybill) is stored nowhere")
                continue
            }
            if case .shelf = place, !shelves.insert(place).inserted { faults.append("two parcels at \(place)") }
            if case .door(let name) = place, state.door(name).contents == .empty {
                faults.append("\(parcel.waybill) is stored behind \(name), which counts as empty")
            }
        }
        var moving: Set<Waybill> = []
        for (name, door) in state.doors {
            guard let cycle = door.cycle else { continue }
            for waybill in cycle.waybills where cycle.purpose == .pickup {
                if state.parcels[waybill]?.place != .door(name) { faults.append("\(waybill) is not behind \(name)") }
            }
            for waybill in cycle.waybills where cycle.purpose == .deposit {
                if !moving.insert(waybill).inserted { faults.append("\(waybill) goes into two doors") }
                if state.parcels[waybill]?.status == .stored {
                    faults.append("\(waybill) goes into \(name) and is stored")
                }
            }
        }
        for place in Set(state.waiting.compactMap(\.place)) {
            if case .door = place, state.parcels(at: place).count > 1 { faults.append("two parcels behind \(place)") }
        }
        return faults
    }
}
