import LockerDomain
import StationBooks

/// What waits for a recipient, and what of it can be opened now.
enum Waiting {
    static func waits(_ waybill: Waybill, in turn: borrowing Turn) -> Bool {
        guard let parcel = turn.books.parcels[waybill] else { return false }
        return parcel.status == .stored && !parcel.isDoubtful
            && Unlocking.openingUnderWay(for: waybill, in: turn) == nil
    }

    /// Whether a code may open it now: it waits, and nobody was sent to its shelf already.
    static func isNext(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        waits(parcel.waybill, in: turn) && parcel.releasedUntil <= turn.now.wall
    }

    /// Behind a door that nothing opens but a support code.
    static func isShutAway(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        guard case .door(let name) = parcel.place else { return false }
        return turn.books.door(name).isAbnormal
    }

    /// Whether its place can be opened at this moment.
    static func mayOpen(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        guard case .door(let name) = parcel.place else { return true }
        return turn.books.door(name).cycle == nil && !turn.books.door(name).isAbnormal
    }

    /// Whether it can, and nothing shows that the door sticks.
    static func opensWell(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        mayOpen(parcel, in: turn) && !isStuck(parcel, in: turn)
    }

    private static func isStuck(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        guard case .door(let name) = parcel.place else { return false }
        return turn.books.door(name).outOfService != nil || turn.recent.stuck.contains { $0.door == name }
    }

    /// The parcel that follows of several. What only a support code opens, or what stuck just now, does not keep the
    /// rest of the row shut.
    static func followed(_ parcels: [Waybill], in turn: borrowing Turn) -> Waybill? {
        let waiting = parcels.filter { waits($0, in: turn) }.compactMap { turn.books.parcels[$0] }
        let free = waiting.filter { !isShutAway($0, in: turn) }
        if let next = free.first(where: { opensWell($0, in: turn) }) { return next.waybill }
        if let next = free.first(where: { !isStuck($0, in: turn) }) { return next.waybill }
        return (free.first ?? waiting.first)?.waybill
    }
}
