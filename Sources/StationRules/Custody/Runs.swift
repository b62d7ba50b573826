import LockerDomain
import StationBooks

/// The runs (班次) that come and leave, and what leaves with them.
enum Runs {
    // MARK: A run comes

    /// The card of a run, scanned by its driver.
    static func arrive(_ card: RunCard, by session: Session, in turn: inout Turn) {
        let run = card.id
        guard mayBring(card, session) else { return turn.reject(.outOfContext, .notForYou) }
        if let here = turn.books.run {
            // One that a power cut left on the books is taken over: the keeper hands over for its driver.
            let isSame = here.id == run && here.person == session.person && !isOver(here, for: session, in: turn)
            guard !isSame else { return turn.reject(.doubled, .runWelcome, run) }
            depart(here, in: &turn)
        }
        let again: Bool? = turn.books.runComingBack(run, session, at: turn.now) == nil ? nil : true
        turn.emit(
            .runArrived(
                RunArrived(
                    run: run,
                    person: session.person,
                    how: .card,
                    again: again,
                    route: card.route,
                    vehicle: card.vehicle
                )
            )
        )
        turn.answer(.runWelcome, run)
    }

    static func mayBring(_ card: RunCard, _ session: Session) -> Bool {
        (session.role == .courier || session.role == .keeper) && !card.id.isEmpty
            && [card.id, card.route, card.vehicle].allSatisfy { $0?.utf8.count ?? 0 <= Limits.noteCharactersMax }
    }

    /// A courier who scans parcels is a run, even without a card.
    static func arriveUnlessHere(_ session: Session, in turn: inout Turn) {
        if let run = turn.books.run {
            // After a power cut the run of somebody else, or of another day, is still on the books.
            guard run.person != session.person || isOver(run, for: session, in: turn) else { return }
            depart(run, in: &turn)
        }
        let index = turn.books.runComingBack(nil, session, at: turn.now)
        let lastRuns = turn.books.lastRuns
        let before = index.flatMap { lastRuns[$0] }
        let run = before?.id ?? "\(turn.settings.id)-\(turn.books.impliedRuns + 1)"
        let again: Bool? = before == nil ? nil : true
        turn.emit(.runArrived(RunArrived(run: run, person: session.person, how: .implied, again: again)))
    }

    /// A courier who only takes parcels back is a run as well: what they take leaves with it.
    static func arriveToTakeBack(_ session: Session, in turn: inout Turn) {
        if session.role == .courier { arriveUnlessHere(session, in: &turn) }
    }

    /// Whether a run on the books has left unseen, so that what comes now is another one.
    static func isOver(_ run: Run, for session: Session, in turn: borrowing Turn) -> Bool {
        if isRunOfAnotherDay(in: turn) { return true }
        guard run.session != session.id, turn.now.clock.isDated, let seen = run.seen else { return false }
        return turn.now.wall - seen > Limits.sameRunMilliseconds
    }

    /// Whether the run on the books has left long ago, unseen.
    static func isRunOfAnotherDay(in turn: borrowing Turn) -> Bool { turn.books.isRunOfAnotherDay(at: turn.now) }

    // MARK: A run leaves

    /// The run leaves with what was taken back.
    static func depart(_ run: Run, in turn: inout Turn) {
        let back = turn.books.parcels.onTheirWayBack.filter { $0.holder == run.person }
        for parcel in back { handBack(parcel, run, by: run.person, in: &turn) }
        turn.emit(
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
    static func followRun(_ waybill: Waybill, of person: String, in turn: inout Turn) {
        guard turn.session?.person != person, let parcel = turn.books.parcels[waybill], parcel.status == .retrieved,
            let run = turn.books.lastRuns.last(where: { $0.person == person && $0.role == .courier }),
            turn.books.isRecent(run, at: turn.now)
        else { return }
        handBack(parcel, run, by: person, in: &turn)
    }

    static func handBack(_ parcel: Parcel, _ run: Run, by person: String, in turn: inout Turn) {
        turn.emit(
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
}
