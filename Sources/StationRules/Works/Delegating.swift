import LockerDomain
import StationBooks

/// A work in which a parcel, by its label, the card of its place or the phone, names its recipient (the villager).
protocol VillagerWork: WorkFlow {
    /// - Parameter key: of the recipient of the parcel that was named.
    static func take(_ key: String, of waybill: Waybill, by session: Session, in turn: inout Turn)
}

extension VillagerWork {
    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        take(label.waybill, by: session, in: &turn)
    }

    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        guard let first = Finding.waiting(lastFour: digits, in: &turn).first else { return }
        take(first.waybill, by: session, in: &turn)
    }

    static func place(_ place: Place, _ parcels: [Parcel], by session: Session, in turn: inout Turn) {
        // The card cannot say whose parcel is meant.
        guard let first = parcels.first, Recipients.areOfOne(parcels) else {
            return turn.reject(.outOfContext, .severalPeople)
        }
        take(first.waybill, by: session, in: &turn)
    }

    private static func take(_ waybill: Waybill, by session: Session, in turn: inout Turn) {
        guard let key = turn.books.parcels[waybill]?.recipientKey else {
            return turn.reject(.outOfContext, .notHere)
        }
        take(key, of: waybill, by: session, in: &turn)
    }

    /// Key of the villager whose delegation is being recorded.
    fileprivate static func villager(of session: Session, in turn: borrowing Turn) -> String? {
        guard let waybill = session.villager else { return nil }
        return turn.books.parcels[waybill]?.recipientKey
    }

    /// The parcel names the villager; the delegate is asked for.
    fileprivate static func begin(
        with waybill: Waybill,
        _ asked: Answer.ID,
        by session: Session,
        in turn: inout Turn
    ) {
        turn.emit(.sessionNoted(SessionNoted(session: session.id, note: .villager, value: waybill.rawValue)))
        turn.answer(asked)
    }
}

/// DELEGATE:AGENT: the keeper records that an agent may take a villager's parcels. The agent's badge names the delegate
/// (``Agents/recordAgent(_:in:)``).
enum DelegatingAgent: VillagerWork {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label, .lastFour, .place]
    static var prompt: Answer.ID { .scanVillager }
    static var needsPIN: Bool { true }

    static func take(_ key: String, of waybill: Waybill, by session: Session, in turn: inout Turn) {
        guard villager(of: session, in: turn) != nil else {
            return begin(with: waybill, .scanAgentBadge, by: session, in: &turn)
        }
        turn.reject(.outOfContext, .scanAgentBadge)
    }
}

/// DELEGATE:RELATIVE: the keeper records that a relative may take a villager's parcels. Another parcel names the
/// delegate.
enum DelegatingRelative: VillagerWork {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label, .lastFour, .place]
    static var prompt: Answer.ID { .scanVillager }
    static var needsPIN: Bool { true }

    static func take(_ key: String, of waybill: Waybill, by session: Session, in turn: inout Turn) {
        guard let villager = villager(of: session, in: turn) else {
            return begin(with: waybill, .scanRelative, by: session, in: &turn)
        }
        guard key != villager else { return turn.reject(.outOfContext, .scanRelative) }
        Agents.record(.relative(key), for: villager, by: session, in: &turn)
    }
}

/// WITHDRAW: the keeper ends a delegation.
enum Withdrawing: VillagerWork {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label, .lastFour, .place]
    static var prompt: Answer.ID { .askRecipient }

    static func take(_ key: String, of waybill: Waybill, by session: Session, in turn: inout Turn) {
        withdraw(from: key, by: session, in: &turn)
    }

    /// Also for a villager for whom nothing waits: any parcel in the books has the end of their phone.
    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        let keys = Set(turn.books.parcels.of(lastFour: digits).compactMap(\.recipientKey))
        guard let key = keys.first, keys.count == 1 else {
            return turn.reject(.outOfContext, keys.isEmpty ? .notDelegated : .severalPeople)
        }
        withdraw(from: key, by: session, in: &turn)
    }

    /// Also where nothing is on record: the county's tokens are not known here before somebody shows one.
    private static func withdraw(from key: String, by session: Session, in turn: inout Turn) {
        turn.emit(.delegateWithdrawn(DelegateWithdrawn(recipientKey: key, person: session.person)))
        turn.answer(.delegationEnded)
    }
}
