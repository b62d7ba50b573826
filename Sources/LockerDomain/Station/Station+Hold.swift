extension Station {
    /// Reminders and overdue parcels, only by a clock that can be believed: a jump of another one fires nothing.
    mutating func lookAtHolds() {
        act(.timer(.housekeeping, afterMilliseconds: Limits.housekeepingMilliseconds))
        guard now.clock.isTrusted, storage == .ok else { return }
        for parcel in state.parcels.allInside where parcel.status == .stored { lookAtHold(of: parcel) }
    }

    private mutating func lookAtHold(of parcel: Parcel) {
        let hold = parcel.hold
        if hold.noticed, hold.began == nil {
            let teller: ParcelNoticed.Teller = hold.toldBy == nil ? .county : .keeper
            return emit(.parcelNoticed(ParcelNoticed(waybill: parcel.waybill, by: teller, person: hold.toldBy)))
        }
        if !hold.isOverdue, let end = hold.end(chilled: parcel.chilled, settings.policy), end <= now.wall,
            let place = parcel.place
        {
            let hours = hold.hours(chilled: parcel.chilled, settings.policy)
            emit(.parcelOverdue(ParcelOverdue(waybill: parcel.waybill, place: place, hours: hours)))
        } else if let number = hold.dueReminder(at: now, settings.policy) {
            emit(.parcelNoticeDue(ParcelNoticeDue(waybill: parcel.waybill, number: number)))
        }
    }

    /// Hours from now on, also when the hold period was over long ago.
    mutating func extendHold(of waybill: Waybill, hours: Int, by who: String) {
        guard let parcel = state.parcels[waybill] else { return }
        let late = parcel.hold.end(chilled: parcel.chilled, settings.policy).map { trustedNow - $0 } ?? 0
        let lateHours = late > 0 ? Int((late + 3_599_999) / 3_600_000) : nil
        emit(.parcelHoldExtended(ParcelHoldExtended(waybill: waybill, hours: hours, lateHours: lateHours, by: who)))
    }

    /// What the county says became of telling a recipient.
    mutating func take(_ notice: Notice) {
        guard let parcel = state.parcels[notice.waybill], parcel.status == .stored || parcel.status == .received else {
            return
        }
        if let failure = notice.failure {
            emit(.parcelNoticeFailed(ParcelNoticeFailed(waybill: notice.waybill, reason: failure)))
        } else {
            emit(.parcelNoticed(ParcelNoticed(waybill: notice.waybill, by: .county, person: nil)))
        }
    }
}
