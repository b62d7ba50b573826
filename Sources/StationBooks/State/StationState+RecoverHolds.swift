public import LockerDomain

/// Hold periods while the county's copy comes back: the county reckons alike from the same events (DESIGN 4.8, 4.9).
extension StationState {
    /// Whether it is back from the county, and not all is: how long the station did not know it is reckoned with the
    /// last page, and nothing falls due before.
    public func isUnreckoned(_ waybill: Waybill) -> Bool { recovery?.after == nil && mayHaveLeft(waybill) }

    /// What the station writes about before all is back has another story since, which will not come back: its hold
    /// period begins when its recipient is told now.
    mutating func beginHolds(anewBy event: Event) {
        guard recovery != nil else { return }
        for waybill in event.touchedWaybills where isUnreckoned(waybill) {
            parcels.change(waybill) { $0.hold = Hold() }
        }
    }

    /// Takes what is told, ordered or due about a parcel of which not all is back: it happened after all that comes
    /// back, so it counts on top of that. Returns whether the event was one.
    mutating func hear(_ event: Event, at now: Moment) -> Bool {
        guard recovery?.leavesNothing == true, let waybill = event.heldWaybill, mayHaveLeft(waybill),
            let hold = parcels[waybill]?.hold
        else { return false }
        recovery?.hear(RecoveredEvent(event, at: now), of: waybill, before: hold)
        parcels.change(waybill) { $0.hold.takeMeanwhile(event, at: now) }
        return true
    }

    /// Whether a line that comes back is of a hold period that has begun anew since: a reminder, or that it was over.
    func isOfHoldBefore(_ event: Event) -> Bool {
        guard let recovery, recovery.leavesNothing, let waybill = event.heldWaybill else { return false }
        return recovery.touched.contain(waybill)
    }

    /// Before a page is folded in: hold periods by what is back alone.
    mutating func putHoldsBack() {
        for (waybill, one) in recovery?.heard ?? [:] { parcels.change(waybill) { $0.hold = one.hold } }
    }

    /// Behind a page.
    mutating func hearAgain() {
        for (waybill, one) in recovery?.heard ?? [:] {
            guard let hold = parcels[waybill]?.hold else {
                recovery?.heard?[waybill] = nil
                continue
            }
            recovery?.heard?[waybill]?.hold = hold
            parcels.change(waybill) { parcel in
                for line in one.events { parcel.hold.takeMeanwhile(line.event, at: line.time) }
            }
        }
    }

    /// A reminder that the station gave meanwhile, or an older copy before, is no change of its books, and was given
    /// all the same. Where nothing of the state stood, all that was given since has been heard again.
    mutating func keepReminders(of present: StationState) {
        guard recovery?.leavesNothing != true else { return }
        for parcel in present.parcels.allInside {
            let given = parcel.hold
            guard let back = parcels[parcel.waybill]?.hold, given.lastNotice > back.lastNotice else { continue }
            parcels.change(parcel.waybill) {
                $0.hold.lastNotice = given.lastNotice
                $0.hold.reminders = max(back.reminders, given.reminders)
            }
        }
    }
}
