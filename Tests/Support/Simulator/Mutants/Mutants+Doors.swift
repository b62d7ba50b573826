import LockerDomain
import StationBooks
import StationRules

extension Mutant {
    static let ofDoors: [Mutant] = [
        Mutant("pulses before the commit", [AuthorisedPulses()]) { $0.commitsFirst = false },
        Mutant("drives coils longer than ordered", [AuthorisedPulses(), CoolCoils()]) { $0.driven = { $0 * 4 } },
        rewriting("pulses again without an event", [AuthorisedPulses()]) { decision, _, _ in
            decision.events.removeAll {
                if case .doorUnlockRequested(let fact) = $0 { fact.attempt > 1 } else { false }
            }
        },
        rewriting("opens another recipient's door", [OwnCode()]) { decision, _, state in
            decision.redirect(.pickup) { door in
                state.doors.keys.sorted().first { $0 != door && state.door($0).contents == .occupied }
            }
        },
        rewriting("gives an occupied door to a second parcel", [GivenOnce()]) { decision, _, state in
            decision.redirect(.deposit) { _ in
                state.doors.keys.sorted().first {
                    state.door($0).contents == .occupied && state.door($0).cycle == nil
                }
            }
        },
        deluded("gives out doors whose contents nobody knows", [GivenOnce()]) { state in
            for name in state.doors.keys where state.door(name).contents == .unknown {
                state.doors[name]?.contents = .empty
            }
        },
        rewriting("overlooks a door that opened without being asked", [TrueDoors(), GivenOnce(), OwnDoor()]) {
            decision,
            _,
            _ in
            decision.events.removeAll { $0.type == .doorOpenedUnexpectedly }
        },
        rewriting("takes an interrupted step for nothing", [TrueDoors(), GivenOnce(), OwnDoor(), OnePlace()]) {
            decision,
            input,
            state in
            guard case .started = input else { return }
            decision.events.removeAll { $0.type == .auditDifference }
            for (door, before) in state.doors.sorted(by: { $0.key < $1.key }) {
                guard let cycle = before.cycle else { continue }
                let failed = DoorOpenFailed(door: door, cycle: cycle.id, attempts: 1, reason: "restarted")
                decision.events.append(.doorOpenFailed(failed))
            }
        },
    ]
}

extension Decision {
    /// Sends an opening to another door, event and pulse alike.
    fileprivate mutating func redirect(_ purpose: Purpose, to other: (DoorName) -> DoorName?) {
        for (index, event) in events.enumerated() {
            guard case .doorUnlockRequested(var fact) = event, fact.purpose == purpose, fact.attempt == 1,
                let door = other(fact.door)
            else { continue }
            fact.door = door
            events[index] = .doorUnlockRequested(fact)
            for (index, action) in actions.enumerated() {
                guard case .pulse(_, fact.cycle, let milliseconds) = action else { continue }
                actions[index] = .pulse(door, cycle: fact.cycle, milliseconds: milliseconds)
            }
        }
    }
}
