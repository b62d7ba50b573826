import LockerDomain
import StationBooks

/// A look behind a door; what was found there is stated by cards, not by shutting it.
enum AuditOpening: OpeningFlow {
    static func failed(_ cycle: DoorCycle, at door: DoorName, in turn: inout Turn) {
        Looking.auditFailed(at: door, cycle, in: &turn)
    }
}
