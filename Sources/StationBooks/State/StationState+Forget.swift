public import LockerDomain

extension StationState {
    /// What left the books of open work.
    public struct Forgotten: Sendable {
        public internal(set) var parcels: [Waybill] = []
        public internal(set) var shipments: [Waybill] = []
    }

    /// Once a day: a collected parcel shrinks to its `n` once its code no longer works, those after a year go, and so
    /// do parcels that were announced and never came. A clock that cannot be believed forgets nothing.
    mutating func forgetWhatIsOver(at now: Moment) -> Forgotten {
        sweptDay = now.shanghaiDay
        dateUndated(at: now)
        var gone = Forgotten()
        // Who collected may report what they find at home the next days; a full book keeps those of the last minutes.
        let isRoomy = parcels.count < Limits.collectedParcelsMax
        let settled = now.wall - (isRoomy ? Limits.collectedParcelDays * 86_400_000 : Limits.lastPickupMilliseconds)
        let stale = now.wall - Limits.expectedParcelDays * 86_400_000
        for parcel in parcels.gone where !parcels.isNeeded(parcel) { forget(parcel, &gone, at: now) }
        for parcel in parcels.over(before: settled + 1) where !parcels.isNeeded(parcel) {
            let isWell = parcel.status == .collected || parcel.status == .inParts
            let isDone = isWell ? parcel.reusableUntil <= now.wall : parcel.changed < stale
            if isDone { forget(parcel, &gone, at: now) }
        }
        for parcel in parcels.announced(before: stale) where !parcels.isNeeded(parcel) {
            // The code of what came in part was used.
            if parcel.n != 0 || !parcels.parts(of: parcel.waybill).isEmpty || parcel.formerly != nil {
                forget(parcel, &gone, at: now)
            } else {
                // It never came, so its first code is not used up: the one that was told in advance stays right.
                parcels[parcel.waybill] = nil
                gone.parcels.append(parcel.waybill)
            }
        }
        let left = now.wall - Limits.closedShipmentDays * 86_400_000
        for shipment in shipments.values where shipment.changed < left {
            guard shipment.status == .handedOver || shipment.status == .returned else { continue }
            closed.close(shipment.waybill, n: shipment.n, day: now.shanghaiDay)
            shipments[shipment.waybill] = nil
            gone.shipments.append(shipment.waybill)
        }
        delegations = delegations.filter { $0.value.until > now.wall }
        // No token that was made before lives longer.
        withdrawals = withdrawals.filter { $0.value > now.wall - Limits.delegationDays * 86_400_000 }
        closed.forget(before: now.shanghaiDay - Limits.closedParcelDays, most: Limits.closedParcelsMax)
        return gone
    }

    private mutating func forget(_ parcel: Parcel, _ gone: inout Forgotten, at now: Moment) {
        for number in [parcel.waybill] + (parcel.formerly ?? []) {
            closed.close(number, n: parcel.n, day: now.shanghaiDay)
        }
        parcels[parcel.waybill] = nil
        gone.parcels.append(parcel.waybill)
    }

    /// What was dated by a clock that could not know the time counts from the first moment that is known.
    mutating func dateUndated(at now: Moment) {
        for parcel in parcels.undatedParcels {
            parcels.change(parcel.waybill) {
                $0.changed = now.wall
                if $0.storedAt != 0 { $0.storedAt = now.wall }
                if $0.reusableUntil != 0 { $0.reusableUntil = now.wall + Limits.assumedReuseMilliseconds }
            }
        }
        for shipment in shipments.values where shipment.changed < Limits.earliestWallMilliseconds {
            shipments[shipment.waybill]?.changed = now.wall
            if shipment.reusableUntil != nil {
                shipments[shipment.waybill]?.reusableUntil = now.wall + Limits.assumedReuseMilliseconds
            }
        }
        if let seen = run?.seen, seen < Limits.earliestWallMilliseconds { run?.seen = now.wall }
        for index in lastRuns.indices where lastRuns[index].seen ?? .max < Limits.earliestWallMilliseconds {
            lastRuns[index].seen = now.wall
        }
        for (villager, delegation) in delegations where delegation.until < Limits.earliestWallMilliseconds {
            delegations[villager]?.until = now.wall + Limits.delegationDays * 86_400_000
        }
        withdrawals = withdrawals.mapValues { $0 == 0 ? now.wall : $0 }
    }
}
