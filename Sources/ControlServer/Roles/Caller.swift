import ControlAPI
import LockerDomain

/// Who asks, and what they may do.
struct Caller: Sendable {
    var user: UInt32
    var roles: Set<ControlRole>

    /// The local user's name, for events and refusals.
    var name: String { Accounts.name(ofUser: user) }

    func may(_ need: ControlRole.Need) -> Bool { roles.contains { $0.covers(need) } }

    /// The refusal names the mend: which group to join.
    func refusal(_ need: ControlRole.Need) -> Fault {
        let group = need.role.rawValue
        let does =
            switch need {
            case .read: "read this station"
            case .workParcels: "work parcels"
            case .maintain: "maintain this station"
            }
        let name = name
        return Fault(
            .forbidden,
            "user \(name) may not \(does): the group \(group) may. As root: adduser \(name) \(group), then log in again"
        )
    }
}
