/// What a local user may do at the control socket; each is a group of the system (DESIGN 4.5).
public enum ControlRole: String, Sendable, Hashable, CaseIterable {
    /// Reads.
    case view = "lockerd-view"
    /// Reads and works parcels.
    case keeper = "lockerd-keeper"
    /// Everything.
    case technician = "lockerd-tech"

    /// What a request needs.
    enum Need {
        case read, workParcels, maintain

        /// The least role that has it.
        var role: ControlRole {
            switch self {
            case .read: .view
            case .workParcels: .keeper
            case .maintain: .technician
            }
        }
    }

    func covers(_ need: Need) -> Bool {
        switch need {
        case .read: true
        case .workParcels: self != .view
        case .maintain: self == .technician
        }
    }
}

/// The groups behind the roles, by number, as they were when the daemon started.
public struct RoleGroups: Sendable, Hashable {
    /// Group ids; a role whose group does not exist has none, so nobody has that role by group.
    public var groups: [ControlRole: UInt32]
    /// The daemon's own user, who has every role, as root has.
    public var ownUser: UInt32

    /// Groups by their numbers.
    public init(groups: [ControlRole: UInt32], ownUser: UInt32) {
        self.groups = groups
        self.ownUser = ownUser
    }

    /// Looks the groups up in the system's account database.
    public static func resolved() -> RoleGroups {
        var groups: [ControlRole: UInt32] = [:]
        for role in ControlRole.allCases { groups[role] = Accounts.group(named: role.rawValue) }
        return RoleGroups(groups: groups, ownUser: Accounts.ownUser)
    }

    func roles(of peer: PeerCredentials) -> Set<ControlRole> {
        if peer.user == 0 || peer.user == ownUser { return Set(ControlRole.allCases) }
        // Group 0 pads the kernel's list, so it can never stand for a role.
        return Set(groups.filter { $0.value != 0 && peer.groups.contains($0.value) }.keys)
    }
}
