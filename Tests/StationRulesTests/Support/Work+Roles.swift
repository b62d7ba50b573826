import LockerDomain
import StationBooks
import StationRules

extension Work {
    /// Roles that may do it, by the table of the flows.
    var roles: Set<Role> { Set(Grammar.works.first { $0.work == self }?.roles ?? []) }
}
