package import LockerDomain

extension StationState {
    /// Whether events of this station may be missing here: codes that fit nothing are no guesses then.
    public var isDoubtful: Bool { recovery != nil }

    /// Whether the county is to be asked for what it has of this station.
    public var asksForBooks: Bool { isDoubtful || countyBooks == .asking || countyBooks == .askingAgain }

    mutating func enrolled() {
        switch countyBooks {
        case .notAsked: countyBooks = .asking
        case .known: countyBooks = .askingAgain
        case .asking, .askingAgain: break
        }
    }

    mutating func booksRecovered(_ fact: BooksRecovered, at now: Moment) {
        if let incarnation = fact.incarnation, let last = fact.last {
            recovery?.reached = "\(incarnation)/\(last)"
            return
        }
        countyBooks = .known
        guard let touched = recovery?.touched else { return }
        // What nothing came back about is missing where it was: said by events of its own, which follow.
        for (waybill, unseen) in recovery?.unseen ?? [:] { putBack(waybill, unseen) }
        recovery = nil
        // Nobody could collect what the station did not know.
        if let since = fact.darkSince, let darkness = fact.darkness(at: now) {
            for parcel in waiting where parcel.hold.began.map({ $0 <= since }) == true {
                parcels.change(parcel.waybill) { $0.hold.pause(for: darkness) }
            }
        }
        // What nothing came back about is as it was. Behind a door that was used since, nobody has seen it, nor beside what
        // an older copy took in for somebody else while it did not know of it.
        for parcel in parcels.allInside where parcel.isDoubtful {
            if case .door(let door)? = parcel.place, touched.doors.contains(door) || isMixed(door) { continue }
            parcels.change(parcel.waybill) { $0.isDoubtful = false }
        }
    }

    /// Whether the books have things of several people behind one door: a code would open it on somebody else's.
    private func isMixed(_ door: DoorName) -> Bool {
        let keys = parcels.at(.door(door)).map(\.recipientKey)
        let isOfOne = keys.count < 2 || Set(keys).count == 1 && keys[0] != nil
        return !isOfOne || shipments.values.contains { $0.isInside && $0.place == .door(door) }
    }

    /// A line about an announced parcel makes the code of all its parts anew: those of which the station has written since
    /// keep theirs, until all is back.
    private mutating func keepCodes(of present: StationState) {
        for waybill in recovery?.touched.waybills ?? [] {
            guard let known = present.parcels[waybill] else { continue }
            parcels.change(waybill) { ($0.n, $0.keyID) = (known.n, known.keyID) }
        }
    }

    /// Folds in what the county gave back; `apply` of the event beside which the lines are kept came before.
    ///
    /// They happened before what the station has written since its intact end: a line about something of which it has
    /// written since changes nothing. Sessions, runs and locks of that time are over; doors stay contents unknown until an
    /// audit.
    package mutating func recover(_ lines: [RecoveredEvent]) {
        let (present, touched) = (self, recovery?.touched)
        (session, run, lastRuns) = (nil, nil, [])
        let unseen = recovery?.unseen ?? [:]
        for (waybill, one) in unseen { putBack(waybill, one) }
        putHoldsBack()
        // Only the books of today know when they were opened: the lines of that time are no start and no jump of a clock.
        for line in lines
        where line.event.isRecoverable && touched?.contain(line.event) != true && !isOfHoldBefore(line.event) {
            take(line.event, at: line.time)
            fulfil(line.event, at: line.time)
        }
        hearAgain()
        for (waybill, one) in unseen { takeAway(waybill, one) }
        keepCodes(of: present)
        keepReminders(of: present)
        for waybill in recovery?.extended ?? [] { parcels.change(waybill) { $0.hold.isOverdue = false } }
        let seen = lines.filter { $0.time.clock.isConfirmed }.map(\.time.wall) + [recovery?.lastSeen].compactMap { $0 }
        recovery?.lastSeen = seen.max()
        (session, run, lastRuns, lastRunDay) = (present.session, present.run, present.lastRuns, present.lastRunDay)
        (codeLock, pinLock, supportCounter) = (present.codeLock, present.pinLock, present.supportCounter)
        labels = present.labels + lines.count(where: \.event.isLabel)
        let reasons = doors.filter { present.doors[$0.key]?.outOfService != $0.value.outOfService }
        doors = present.doors
        for (name, door) in reasons { change(name) { $0.outOfService = door.outOfService } }
        for line in lines where touched?.contain(line.event) != true {
            settle(line.event.topic.waybills)
            doubt(line.event.topic.waybills)
        }
        guard let now = lastMoment, now.clock.isConfirmed, leapt == nil else { return }
        _ = forgetWhatIsOver(at: now)
    }

    /// A door whose deposit was cut short asks whether the parcel is inside: the county has told where it went.
    private mutating func settle(_ waybills: [Waybill]) {
        guard !doors.asking.isEmpty else { return }
        for waybill in waybills {
            guard let parcel = parcels[waybill], parcel.status != .received else { continue }
            for door in doors.asking where doors[door]?.asked.contains(waybill) == true {
                change(door) { $0.answered(waybill) }
            }
        }
    }

    /// A later page may say that it is gone, and an audit since may have missed it: until all is back no code opens for it,
    /// and until somebody looks nothing else goes behind its door.
    private mutating func doubt(_ waybills: [Waybill]) {
        for waybill in waybills {
            var place: Place?
            if let parcel = parcels[waybill], parcel.isInside {
                parcels.change(waybill) { $0.isDoubtful = true }
                place = parcel.place
            } else if let shipment = shipments[waybill], shipment.isInside {
                place = shipment.place
            }
            if case .door(let door)? = place { change(door) { $0.contents = .unknown } }
        }
    }
}

extension StationState {
    /// Whether the books may only lack how it left: the station has written nothing about it since its intact end, and not
    /// all is back.
    package func mayHaveLeft(_ waybill: Waybill) -> Bool { recovery.map { !$0.touched.contain(waybill) } ?? false }

    /// Somebody looked, and it is not where books have it that may be older: it is missing until the county tells more, and
    /// nothing is written about it.
    mutating func notSeen(_ waybill: Waybill, at place: Place, by person: String?, at now: Moment) {
        guard recovery != nil else { return }
        keep(waybill, Recovery.Unseen(place: place, person: person))
        missed(waybill, at: place, at: now)
    }

    private mutating func keep(_ waybill: Waybill, _ unseen: Recovery.Unseen) {
        var unseen = unseen
        let isSent = shipments[waybill].map { $0.isInside && $0.place == unseen.place } ?? false
        unseen.shipment = isSent ? shipments[waybill] : nil
        unseen.parcel = isSent ? nil : parcels[waybill]
        var all = recovery?.unseen ?? [:]
        all[waybill] = unseen
        recovery?.unseen = all
    }

    /// As the books had it: what comes back goes on from there.
    private mutating func putBack(_ waybill: Waybill, _ unseen: Recovery.Unseen) {
        if let shipment = unseen.shipment { shipments[waybill] = shipment }
        if let parcel = unseen.parcel { parcels[waybill] = parcel }
    }

    /// Where the county has it elsewhere, or gone, it was not missing.
    private mutating func takeAway(_ waybill: Waybill, _ unseen: Recovery.Unseen) {
        let isSent = shipments[waybill].map { $0.isInside && $0.place == unseen.place } ?? false
        let isBooked = isSent || parcels[waybill].map { $0.isInside && $0.place == unseen.place } ?? false
        guard isBooked, let moment = lastMoment else {
            recovery?.unseen?[waybill] = nil
            return
        }
        keep(waybill, unseen)
        missed(waybill, at: unseen.place, at: moment)
    }
}

extension Event {
    fileprivate var isLabel: Bool {
        if case .sessionNoted(let fact) = self { fact.note == .label } else { false }
    }
}
