import LockerDomain
import StationBooks

/// What may lie behind a door, and what is kept cold there.
extension Placing {
    /// As the courier declared it: by the card before this scan, or when it came with its bag.
    static func asDeclared(_ known: Parcel, in session: Session) -> Parcel {
        var parcel = known
        let isInHand = known.status == .received
        parcel.exception = session.exception ?? (isInHand ? known.exception : nil)
        if !isInHand { parcel.isKeptCold = false }
        return parcel
    }

    /// A parcel that was taken in already: what was declared of it then still counts, and so does what a manifest that
    /// came later says of its consent.
    static func mayLieBehindDoor(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        guard parcel.consent != .none || turn.settings.policy.withoutConsent != .refuse else { return false }
        return mayLieInLocker(parcel)
    }

    /// Damaged goods and those of another weight may not lie in a locker; fresh and valuable ones only as agreed with
    /// the sender (令2019-16, DOMAIN 2.1).
    static func mayLieInLocker(_ parcel: Parcel) -> Bool {
        switch parcel.exception {
        case nil: true
        case .damaged, .weight: false
        case .fresh, .valuable: parcel.senderAgreement
        }
    }

    /// Fresh goods that may lie in a locker are kept cold where the station can (DOMAIN 1.5).
    static func isCold(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        parcel.isCold || isFresh(parcel, in: turn)
    }

    private static func isFresh(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        turn.site.hasChilledDoors && parcel.exception == .fresh && parcel.senderAgreement
    }

    /// Whether it is held as chilled goods from here on, though no manifest says so.
    static func isTakenAsChilled(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        !parcel.chilled && isFresh(parcel, in: turn)
    }
}
