import LockerDomain
import StationBooks

/// The hold period (保管期): reminders, overdue parcels, extensions and recalls, and what became of notices.
enum Holds {
    /// Reminders and overdue parcels, only by a confirmed clock: a jump of another one fires nothing.
    static func lookAtHolds(in turn: inout Turn) {
        turn.act(.timer(.housekeeping, afterMilliseconds: Limits.housekeepingMilliseconds))
        guard turn.now.clock.isConfirmed, turn.books.darkness.openSince == nil,
            !turn.books.isLeaping(at: turn.now), turn.storage == .ok
        else { return }
        let inside = turn.books.parcels.allInside
        for parcel in inside where parcel.status == .stored { lookAtHold(of: parcel, in: &turn) }
    }

    private static func lookAtHold(of parcel: Parcel, in turn: inout Turn) {
        let hold = parcel.hold
        let policy = turn.settings.policy
        if hold.noticed, hold.began == nil {
            let teller: ParcelNoticed.Teller = hold.toldBy == nil ? .county : .keeper
            return noticed(parcel, by: teller, person: hold.toldBy, in: &turn)
        }
        if !hold.isOverdue, !hold.owesReminder, let end = hold.end(chilled: parcel.isCold, policy),
            end <= turn.now.wall, !turn.books.isUnreckoned(parcel.waybill),
            let place = parcel.place
        {
            turn.emit(
                .parcelOverdue(
                    ParcelOverdue(
                        waybill: parcel.waybill,
                        parties: parcel.parties,
                        direction: .inbound,
                        place: place,
                        hours: hold.hours(chilled: parcel.isCold, policy)
                    )
                )
            )
        } else if let end = endWithoutNotice(of: parcel, policy), end <= turn.now.wall, !parcel.needsRetrieval {
            recall(parcel, reason: .chilled, in: &turn)
        } else if let number = hold.dueReminder(at: turn.now, policy) {
            turn.emit(
                .parcelNoticeDue(
                    ParcelNoticeDue(
                        waybill: parcel.waybill,
                        parties: parcel.parties,
                        direction: .inbound,
                        number: number
                    )
                )
            )
        }
    }

    /// When chilled goods are taken back whose recipient was not notified: they spoil, so their set time counts from
    /// the deposit.
    private static func endWithoutNotice(of parcel: Parcel, _ policy: Policy) -> Int64? {
        guard parcel.isCold, !parcel.hold.noticed, parcel.storedAt >= Limits.earliestWallMilliseconds else {
            return nil
        }
        return parcel.storedAt + Int64(parcel.hold.hours(chilled: true, policy)) * 3_600_000
    }

    static func noticed(_ parcel: Parcel, by teller: ParcelNoticed.Teller, person: String?, in turn: inout Turn) {
        turn.emit(
            .parcelNoticed(
                ParcelNoticed(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    by: teller,
                    person: person
                )
            )
        )
    }

    static func recall(_ parcel: Parcel, reason: ParcelRecalled.Reason? = nil, in turn: inout Turn) {
        turn.emit(
            .parcelRecalled(
                ParcelRecalled(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    reason: reason
                )
            )
        )
    }

    /// Hours from now on, also when the hold period was over long ago.
    ///
    /// - Parameter author: the number of a person, or `county`.
    static func extend(of waybill: Waybill, hours: Int, by author: String, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        let policy = turn.settings.policy
        // The day after a long darkness may have hidden that it was over: hours on top of it are hours from now.
        let end = parcel.hold.usualEnd(chilled: parcel.isCold, policy) ?? endWithoutNotice(of: parcel, policy)
        let trustedNow = turn.trustedNow
        let late = end.map { trustedNow - $0 } ?? 0
        let lateHours = late > 0 ? Int((late + 3_599_999) / 3_600_000) : nil
        turn.emit(
            .parcelHoldExtended(
                ParcelHoldExtended(
                    waybill: waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    hours: hours,
                    lateHours: lateHours,
                    by: author
                )
            )
        )
    }

    /// Whether the county could notify a recipient.
    static func take(_ notice: Notice, in turn: inout Turn) {
        let parcels = turn.books.parcels.all(meantBy: notice.waybill)
        for parcel in parcels { take(notice, of: parcel, in: &turn) }
    }

    private static func take(_ notice: Notice, of parcel: Parcel, in turn: inout Turn) {
        guard parcel.status == .stored || parcel.status == .received else { return }
        guard let failure = notice.failure else { return noticed(parcel, by: .county, person: nil, in: &turn) }
        turn.emit(
            .parcelNoticeFailed(
                ParcelNoticeFailed(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    reason: failure
                )
            )
        )
    }
}
