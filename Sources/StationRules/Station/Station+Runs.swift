import LockerDomain
import StationBooks

extension Station {
    /// The card of a run (班次), scanned by its driver.
    mutating func arrive(_ said: RunCard, _ card: Card, by session: Session, from source: TextSource) {
        let run = said.id
        guard mayBring(said, session) else { return reject(card, .outOfContext, .notForYou, from: source) }
        if let here = state.run {
            // One that a power cut left on the books is taken over: the keeper hands over for its driver.
            let isSame = here.id == run && here.person == session.person && !isOver(here, for: session)
            guard !isSame else { return reject(card, .doubled, .runWelcome, run, from: source) }
            depart(here)
        }
        let again: Bool? = state.runComingBack(run, session, at: now) == nil ? nil : true
        emit(
            .runArrived(
                RunArrived(
                    run: run,
                    person: session.person,
                    how: .card,
                    again: again,
                    route: said.route,
                    vehicle: said.vehicle
                )
            )
        )
        answer(.runWelcome, run)
    }

    private func mayBring(_ said: RunCard, _ session: Session) -> Bool {
        (session.role == .courier || session.role == .keeper) && !said.id.isEmpty
            && [said.id, said.route, said.vehicle].allSatisfy { $0?.utf8.count ?? 0 <= Limits.noteCharactersMax }
    }

    /// A courier who scans parcels is a run, even without a card.
    mutating func arriveUnlessHere(_ session: Session) {
        if let run = state.run {
            // After a power cut the run of somebody else, or of another day, is still on the books.
            guard run.person != session.person || isOver(run, for: session) else { return }
            depart(run)
        }
        let before = state.runComingBack(nil, session, at: now).flatMap { state.lastRuns?[$0] }
        let run = before?.id ?? "\(settings.id)-\(state.impliedRuns + 1)"
        let again: Bool? = before == nil ? nil : true
        emit(.runArrived(RunArrived(run: run, person: session.person, how: .implied, again: again)))
    }

    /// A courier who only takes parcels back is a run as well: what they take leaves with it.
    mutating func arriveToTakeBack(_ session: Session) {
        if session.role == .courier { arriveUnlessHere(session) }
    }

    /// Whether a run on the books has left unseen, so that what comes now is another one.
    func isOver(_ run: Run, for session: Session) -> Bool {
        if isRunOfAnotherDay { return true }
        guard run.session != session.id, now.clock.isDated, let seen = run.seen else { return false }
        return now.wall - seen > Limits.sameRunMilliseconds
    }

    /// Whether the run on the books has left long ago, unseen.
    var isRunOfAnotherDay: Bool { state.isRunOfAnotherDay(at: now) }

    /// The run leaves with what was taken back.
    mutating func depart(_ run: Run) {
        let back = state.parcels.onTheirWayBack.filter { $0.holder == run.person }
        for parcel in back { handBack(parcel, run, by: run.person) }
        emit(
            .runDeparted(
                RunDeparted(
                    run: run.id,
                    person: run.person,
                    bags: run.bags,
                    seals: run.seals,
                    parcelsIn: run.parcelsIn,
                    shipmentsOut: run.shipmentsOut,
                    parcelsBack: back.count,
                    route: run.route,
                    vehicle: run.vehicle
                )
            )
        )
    }

    /// A courier who shuts the door after the session was over took the parcel along with the run of a moment ago.
    mutating func followRun(_ waybill: Waybill, of person: String) {
        guard state.session?.person != person, let parcel = state.parcels[waybill], parcel.status == .retrieved,
            let run = state.lastRuns?.last(where: { $0.person == person && $0.role == .courier }),
            state.isRecent(run, at: now)
        else { return }
        handBack(parcel, run, by: person)
    }

    mutating func handBack(_ parcel: Parcel, _ run: Run, by person: String) {
        emit(
            .parcelReturned(
                ParcelReturned(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    run: run.id,
                    person: person
                )
            )
        )
    }

    // MARK: Whole bags

    /// One scan of a bag checks in all that the manifest says is inside; the keeper stores it later. Returns whether the
    /// text was the number of an announced bag.
    mutating func checkInBag(
        _ scan: ScanText,
        _ reading: WaybillReading,
        by session: Session,
        from source: TextSource
    ) -> Bool {
        let isRead = state.parcels.knows(bag: reading.normalized)
        return checkInBag(isRead ? reading.normalized : scan.text, by: session, from: source)
    }

    private mutating func checkInBag(_ text: String, by session: Session, from source: TextSource) -> Bool {
        guard session.work == .receive, Work.receive.roles.contains(session.role) else { return false }
        let parcels = state.parcels.expected(inBag: text).filter { !hasCome($0) }
        guard !parcels.isEmpty else {
            // The number of a bag may look like that of a parcel.
            guard state.parcels.knows(bag: text) else { return false }
            reject(.doubled, .doubled, text, from: source, length: text.utf8.count, text: keepable(text))
            return true
        }
        checkIn(parcels, .bag, by: session, from: source)
        return true
    }

    /// While parcels come in, the printed card of a bag says what the bag's own barcode says.
    mutating func checkInBag(_ number: String, _ card: Card, by session: Session, from source: TextSource) {
        guard Work.receive.roles.contains(session.role) else {
            return reject(card, .outOfContext, .notForYou, from: source)
        }
        guard !checkInBag(number, by: session, from: source) else { return }
        reject(card, .unknown, .nothingAnnounced, from: source)
    }

    /// The driver's hand-over card: all of the run at once.
    mutating func checkInRun(_ said: RunCard, _ card: Card, by session: Session, from source: TextSource) {
        let run = said.id
        guard mayBring(said, session) else { return reject(card, .outOfContext, .notForYou, from: source) }
        let parcels = state.parcels.expected(inRun: run).filter { !hasCome($0) }
        guard !parcels.isEmpty else { return reject(card, .unknown, .nothingAnnounced, from: source) }
        if state.run.map({ $0.id != run || isOver($0, for: session) }) ?? true {
            arrive(said, card, by: session, from: source)
        }
        checkIn(parcels, .handOver, by: session, from: source)
    }

    /// Whether a part of it was scanned by itself: so are the others, whatever bag they were to come in.
    private func hasCome(_ parcel: Parcel) -> Bool {
        state.parcels.parts(of: parcel.waybill).contains { $0.status != .expected }
    }

    private mutating func checkIn(
        _ parcels: [Parcel],
        _ how: ParcelReceived.How,
        by session: Session,
        from source: TextSource
    ) {
        touchSession()
        guard let first = parcels.first, readyForParcels(first.waybill, from: source) != nil else { return }
        guard session.checked || !settings.policy.checklistNeedsCard else {
            return reject(first.waybill, .notChecked, .askChecklist, from: source)
        }
        // An exception card is about one parcel in the hand, never about a bag.
        forgetException(of: session)
        var session = session
        session.exception = nil
        var count = 0
        for parcel in parcels where parcel.station == nil || parcel.station == settings.id {
            guard let reading = try? WaybillReading(parcel.waybill.rawValue) else { continue }
            receive(parcel.waybill, known: parcel, hint: reading, by: session, how: how)
            count += 1
        }
        guard count > 0 else { return reject(first.waybill, .wrongStation, .wrongStation, from: source) }
        let others = parcels.count { $0.station != nil && $0.station != settings.id }
        guard others > 0 else { return answer(.checkedIn, String(count)) }
        // They stay in the bag and on the van.
        answer(.checkedInSome, AnswerWord(zh: "\(count) 件，另 \(others)", en: "\(count) checked in, \(others)"))
    }
}
