import LockerDomain
import StationBooks

extension Station {
    /// Reminders and overdue parcels, only by a confirmed clock: a jump of another one fires nothing.
    mutating func lookAtHolds() {
        act(.timer(.housekeeping, afterMilliseconds: Limits.housekeepingMilliseconds))
        guard now.clock.isConfirmed, state.darkness.openSince == nil, !state.isLeaping(at: now),
            storage == .ok
        else { return }
        for parcel in state.parcels.allInside where parcel.status == .stored { lookAtHold(of: parcel) }
    }

    private mutating func lookAtHold(of parcel: Parcel) {
        let hold = parcel.hold
        if hold.noticed, hold.began == nil {
            let teller: ParcelNoticed.Teller = hold.toldBy == nil ? .county : .keeper
            return noticed(parcel, by: teller, person: hold.toldBy)
        }
        if !hold.isOverdue, !hold.owesReminder, let end = hold.end(chilled: parcel.isCold, settings.policy),
            end <= now.wall, !state.isUnreckoned(parcel.waybill),
            let place = parcel.place
        {
            emit(
                .parcelOverdue(
                    ParcelOverdue(
                        waybill: parcel.waybill,
                        parties: parcel.parties,
                        direction: .inbound,
                        place: place,
                        hours: hold.hours(chilled: parcel.isCold, settings.policy)
                    )
                )
            )
        } else if let end = untoldEnd(of: parcel), end <= now.wall, !parcel.needsRetrieval {
            recall(parcel, reason: .chilled)
        } else if let number = hold.dueReminder(at: now, settings.policy) {
            emit(
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

    /// When chilled goods of which nobody was told are taken back: they spoil, so their set time counts from the deposit.
    private func untoldEnd(of parcel: Parcel) -> Int64? {
        guard parcel.isCold, !parcel.hold.noticed, parcel.storedAt >= Limits.earliestWallMilliseconds else {
            return nil
        }
        return parcel.storedAt + Int64(parcel.hold.hours(chilled: true, settings.policy)) * 3_600_000
    }

    mutating func noticed(_ parcel: Parcel, by teller: ParcelNoticed.Teller, person: String?) {
        emit(
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

    mutating func recall(_ parcel: Parcel, reason: ParcelRecalled.Reason? = nil) {
        emit(
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
    mutating func extendHold(of waybill: Waybill, hours: Int, by who: String) {
        guard let parcel = state.parcels[waybill] else { return }
        // The day after a long darkness may have hidden that it was over: hours on top of it are hours from now.
        let end = parcel.hold.usualEnd(chilled: parcel.isCold, settings.policy) ?? untoldEnd(of: parcel)
        let late = end.map { trustedNow - $0 } ?? 0
        let lateHours = late > 0 ? Int((late + 3_599_999) / 3_600_000) : nil
        emit(
            .parcelHoldExtended(
                ParcelHoldExtended(
                    waybill: waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    hours: hours,
                    lateHours: lateHours,
                    by: who
                )
            )
        )
    }

    /// What the county says became of telling a recipient.
    mutating func take(_ notice: Notice) {
        for parcel in state.parcels.all(meantBy: notice.waybill) { take(notice, of: parcel) }
    }

    private mutating func take(_ notice: Notice, of parcel: Parcel) {
        guard parcel.status == .stored || parcel.status == .received else { return }
        guard let failure = notice.failure else { return noticed(parcel, by: .county, person: nil) }
        emit(
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
