import LockerDomain
import StationBooks

/// JOIN and two scans: the number that was announced, then the one on the label.
enum Joining: WorkFlow {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label]
    static var prompt: Answer.ID { .scanOldNumber }
    static var needsPIN: Bool { true }

    /// The first of the two; the second answers the question that it asks (``SecondNumber``).
    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        Joins.join(label.number, after: nil, by: session, in: &turn)
    }
}
