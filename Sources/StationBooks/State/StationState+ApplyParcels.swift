import LockerDomain

extension StationState {
    mutating func applyParcel(_ event: Event, at now: Moment) {
        switch event {
        case .parcelExpected(let fact): expected(fact, at: now)
        case .parcelReceived(let fact): received(fact, at: now)
        case .parcelContactGiven(let fact): contactGiven(fact)
        case .parcelStored(let fact):
            change(fact.waybill, at: now) {
                $0.status = .stored
                $0.isDoubtful = false
                $0.place = fact.place
                $0.n = fact.n
                $0.codeOf = fact.codeOf
                $0.keyID = fact.keyID
                $0.storedAt = now.wall
                $0.movedFrom = nil
                $0.isKeptCold = fact.chilled ?? $0.isKeptCold
            }
            wentIn(fact.waybill, at: fact.place, fact.evidence)
        case .parcelRelocated(let fact):
            change(fact.waybill, at: now) {
                $0.status = .stored
                $0.isKeptCold = fact.chilled ?? $0.isKeptCold
                $0.place = fact.place
                $0.movedFrom = nil
            }
            wentIn(fact.waybill, at: fact.place, fact.evidence)
        default: break
        }
    }

    private mutating func expected(_ fact: ParcelExpected, at now: Moment) {
        let entry = fact.entry
        if fact.late == true {
            if let known = parcels[entry.waybill] {
                carryDelegation(of: known, to: entry.recipientKey, phone: entry.phoneMasked)
            }
            parcels.change(entry.waybill) { $0.fill(from: entry, fact.parties) }
            return
        }
        let known = parcels[entry.waybill]
        let told = known.flatMap { $0.status == .expected ? $0.codeOf : nil }
        let announcement = Announcement(entry, fact.parties)
        var parcel = Parcel(entry.waybill, codeOf: told, n: entry.n, as: announcement, at: now.wall)
        parcel.formerly = known?.formerly
        retire(entry.waybill, under: told, at: now)
        parcels[entry.waybill] = parcel
    }

    /// What the keeper recorded for a villager whose phone was typed goes on under the county's key. Who mistyped it recorded
    /// it for somebody else.
    mutating func carryDelegation(of parcel: Parcel, to key: String?, phone: String?) {
        guard !parcel.hasCountysKey, let digits = parcel.lastFour, digits == Masking.lastFour(of: phone),
            let typed = parcel.recipientKey, let delegation = delegations[typed], let key, delegations[key] == nil
        else { return }
        delegations[key] = delegation
    }

    private mutating func contactGiven(_ fact: ParcelContactGiven) {
        parcels.change(fact.waybill) {
            $0.phoneMasked = fact.phoneMasked
            guard let key = fact.recipientKey else { return }
            ($0.recipientKey, $0.isKeyTyped) = (key, true)
        }
    }

    private mutating func received(_ fact: ParcelReceived, at now: Moment) {
        retire(fact.waybill, under: fact.codeOf, at: now)
        let isCounted = parcels.isCheckedInAsOne(fact.waybill)
        var parcel =
            announced(fact, at: now) ?? parcels[fact.waybill]
            ?? Parcel(
                waybill: fact.waybill,
                parties: fact.parties,
                size: fact.size,
                n: fact.n,
                status: .received,
                announced: fact.announced,
                changed: now.wall
            )
        if parcel.status != .expected, parcel.status != .stored { parcel.hold = Hold() }
        let left = fact.how == .move ? parcel.place : nil
        parcel.movedFrom = left
        parcel.place = nil
        parcel.status = .received
        parcel.n = fact.n
        parcel.codeOf = fact.codeOf
        parcel.run = fact.run ?? parcel.run
        parcel.exception = fact.exception
        parcel.holder = nil
        parcel.changed = now.wall
        parcel.reusableUntil = 0
        parcel.releasedUntil = 0
        parcel.reopenUntil = 0
        parcel.reopens = 0
        parcel.takenOutAt = nil
        // What comes again is declared anew.
        if fact.how != .move { parcel.isKeptCold = false }
        parcels[fact.waybill] = parcel
        if case .door(let name) = left {
            let isSeen = door(name).cycle?.phase == .open && door(name).level == .closed
            wentOut(fact.waybill, from: .door(name), isSeen ? .sensor : .assumed)
        }
        // Under the code of another number that of its own is remembered.
        if fact.codeOf == nil { closed[fact.waybill] = nil }
        // Moved is what was in already: an exception card is about the next one.
        if fact.how != .move { session?.exception = nil }
        session?.checked = true
        if fact.how != .move, fact.how != .audit, !isCounted { run?.parcelsIn += 1 }
        sawRun(at: now)
    }

    /// A part as its parent was announced; `nil` for one whose own story goes on, and for all other parcels.
    private func announced(_ fact: ParcelReceived, at now: Moment) -> Parcel? {
        guard fact.codeOf != nil, parcels[fact.waybill]?.isOver ?? true else { return nil }
        return parcels.announcement(of: fact.waybill).map { Parcel(fact.waybill, partOf: $0, at: now.wall) }
    }

    /// What was announced as one waits no longer once its last part is in.
    mutating func fulfil(_ event: Event, at now: Moment) {
        guard !parcels.children.isEmpty else { return }
        var named = event.placedWaybill
        if case .parcelExpected(let fact) = event { named = fact.entry.waybill }
        if case .parcelCodeReissued(let fact) = event { named = fact.waybill }
        guard let named,
            let parent = parcels.announcement(of: named) ?? parcels[named],
            parent.status == .expected || parent.status == .received, parcels.isComplete(parent.waybill),
            !doors.busy.contains(where: { doors[$0]?.cycle?.waybills.contains(parent.waybill) == true })
        else { return }
        change(parent.waybill, at: now) {
            $0.status = .inParts
            $0.place = nil
        }
    }

    // MARK: Hold period

    mutating func applyHold(_ event: Event, at now: Moment) {
        if case .parcelCodeReissued(let fact) = event {
            reissued(fact, at: now)
        } else if let waybill = event.heldWaybill {
            parcels.change(waybill) { $0.hold.take(event, at: now) }
        }
    }

    /// What waits for its recipient waits longer when the station was dark.
    mutating func pauseHolds(for darkness: Darkness) {
        let waiting = parcels.values.filter { ($0.status == .stored || $0.status == .received) && $0.hold.began != nil }
        for parcel in waiting where !isUnreckoned(parcel.waybill) {
            parcels.change(parcel.waybill) { $0.hold.pause(for: darkness) }
        }
    }

    /// The code of an announced parcel is that of all its parts.
    private mutating func reissued(_ fact: ParcelCodeReissued, at now: Moment) {
        retire(fact.waybill, under: fact.codeOf, at: now)
        let code = fact.codeOf ?? fact.waybill
        let parts = parcels.parts(of: fact.waybill).filter { $0.codeOf == code }
        for waybill in [fact.waybill] + parts.map(\.waybill) {
            parcels.change(waybill) {
                $0.n = fact.n
                $0.keyID = fact.keyID
            }
        }
        parcels.change(fact.waybill) { $0.codeOf = fact.codeOf }
    }

    // MARK: Ends

    mutating func applyParcelEnd(_ event: Event, at now: Moment) {
        switch event {
        case .parcelCollected(let fact):
            codeLock.rightCode(at: now)
            let isSeen = fact.evidence == .sensor
            let isByCode = fact.means != .badge
            let wasAway = parcels[fact.waybill]?.status == .withAgent
            change(fact.waybill, at: now) {
                $0.status = .collected
                // What an agent delivers was taken out of its door before.
                $0.takenOutAt = wasAway ? $0.takenOutAt : fact.doorOpenedAt
                $0.holder = fact.person
                $0.releasedUntil = 0
                $0.reusableUntil = fact.evidence == .assumed ? now.wall + Limits.assumedReuseMilliseconds : 0
                $0.reopenUntil = isSeen && isByCode ? now.wall + Limits.reopenMilliseconds : 0
            }
            guard !wasAway else { return }
            wentOut(fact.waybill, from: fact.place, fact.evidence)
            guard case .door(let name) = fact.place, isSeen, isByCode else { return }
            change(name) { $0.heldUntil = now.wall + Limits.reopenMilliseconds }
        case .parcelHandedToAgent(let fact):
            change(fact.waybill, at: now) {
                $0.status = .withAgent
                $0.takenOutAt = fact.doorOpenedAt
                $0.holder = fact.person
                $0.releasedUntil = 0
            }
            wentOut(fact.waybill, from: fact.place, fact.evidence)
        case .parcelRefused(let fact):
            change(fact.waybill, at: now) {
                $0.status = .refused
                $0.place = fact.place
                $0.reopenUntil = 0
                $0.reusableUntil = 0
            }
            wentIn(fact.waybill, at: fact.place, fact.evidence)
        case .parcelRetrieved(let fact):
            change(fact.waybill, at: now) {
                $0.status = .retrieved
                $0.takenOutAt = fact.doorOpenedAt
                $0.holder = fact.person
            }
            wentOut(fact.waybill, from: fact.place, fact.evidence)
        case .parcelReturned(let fact): change(fact.waybill, at: now) { $0.status = .returned }
        case .parcelLost(let fact):
            let place = parcels[fact.waybill].flatMap { $0.isInside ? $0.place : nil }
            change(fact.waybill, at: now) { $0.status = .lost }
            guard case .door(let name) = place, door(name).contents == .occupied else { return }
            change(name) { $0.contents = .unknown }
        default: break
        }
    }

    // MARK: Places

    private mutating func change(_ waybill: Waybill, at now: Moment, _ body: (inout Parcel) -> Void) {
        parcels.change(waybill) {
            body(&$0)
            $0.changed = now.wall
        }
    }

    /// Rule 8: what nobody saw happen leaves a door whose contents nobody knows.
    mutating func wentIn(_ waybill: Waybill, at place: Place, _ evidence: Evidence) {
        guard case .door(let name) = place else { return }
        change(name) {
            $0.contents = evidence == .sensor || evidence == .stated ? .occupied : .unknown
            // Who scans one of them says nothing of the others.
            if evidence == .stated || evidence == .scanned { $0.answered(waybill) } else { $0.askNothing() }
        }
        finishStep(at: name, of: waybill)
    }

    mutating func wentOut(_ waybill: Waybill, from place: Place, _ evidence: Evidence) {
        guard case .door(let name) = place else { return }
        if evidence != .sensor {
            change(name) { $0.contents = .unknown }
        } else if door(name).contents == .occupied, parcels(at: place).isEmpty {
            change(name) { $0.contents = .empty }
        }
        finishStep(at: name, of: waybill)
    }

    /// The opening is over once all its parcels are settled; an audit when the keeper says so.
    mutating func finishStep(at name: DoorName, of waybill: Waybill) {
        change(name) { state in
            guard state.cycle?.purpose != .audit else { return }
            state.cycle?.waybills.removeAll { $0 == waybill }
            if state.cycle?.waybills.isEmpty == true { state.cycle = nil }
        }
    }
}
