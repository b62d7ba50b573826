import LockerDomain
import StationBooks

/// REPORT:DAMAGED by somebody with a badge: the next parcel is damaged.
enum ReportingDamaged: WorkFlow {
    static let roles: Set<Role> = [.courier, .keeper, .agent]
    static let takes: Set<WorkScan> = [.label]
    static var prompt: Answer.ID { .scanParcel }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        Reports.report(.damaged, label.waybill, in: &turn)
    }
}

/// REPORT:SHORT by somebody with a badge: something is missing inside the next parcel.
enum ReportingShort: WorkFlow {
    static let roles: Set<Role> = [.courier, .keeper, .agent]
    static let takes: Set<WorkScan> = [.label]
    static var prompt: Answer.ID { .scanParcel }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        Reports.report(.short, label.waybill, in: &turn)
    }
}

/// REPORT:LOST: a parcel has no label to scan when it is gone, so its place or the phone names it, too.
enum ReportingLost: WorkFlow {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label, .lastFour, .place]
    static var prompt: Answer.ID { .scanParcel }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        Reports.report(.lost, label.waybill, in: &turn)
    }

    /// What was found missing, else what the books still have here.
    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        let named = turn.books.parcels.of(lastFour: digits)
        let missing = named.filter { $0.status == .missing }
        let candidates = missing.isEmpty ? named.filter(\.isInside) : missing
        guard let one = candidates.first, candidates.count == 1 else {
            return turn.reject(.outOfContext, candidates.isEmpty ? .notHere : .scanParcel)
        }
        Reports.report(.lost, one.waybill, in: &turn)
    }

    static func place(_ place: Place, _ parcels: [Parcel], by session: Session, in turn: inout Turn) {
        guard let one = parcels.first, parcels.count == 1 else { return turn.reject(.outOfContext, .scanParcel) }
        Reports.report(.lost, one.waybill, in: &turn)
    }
}
