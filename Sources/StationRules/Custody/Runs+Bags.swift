import LockerDomain
import StationBooks

/// Whole bags and whole runs: one scan checks in all that the manifest lists.
extension Runs {
    /// One scan of a bag checks in all that the manifest lists inside; the keeper stores it later. Returns whether the
    /// label was that of an announced bag.
    static func checkInBag(_ label: Label, by session: Session, in turn: inout Turn) -> Bool {
        let isRead = turn.books.parcels.knows(bag: label.reading.normalized)
        return checkIn(bag: isRead ? label.reading.normalized : label.scan.text, by: session, in: &turn)
    }

    /// While parcels come in, the printed card of a bag means what the bag's own barcode means.
    static func checkInBag(_ number: String, by session: Session, in turn: inout Turn) {
        guard Work.receive.flow.roles.contains(session.role) else { return turn.reject(.outOfContext, .notForYou) }
        guard !checkIn(bag: number, by: session, in: &turn) else { return }
        turn.reject(.unknown, .nothingAnnounced)
    }

    private static func checkIn(bag number: String, by session: Session, in turn: inout Turn) -> Bool {
        guard session.work == .receive, Work.receive.flow.roles.contains(session.role) else { return false }
        let expected = turn.books.parcels.expected(inBag: number)
        let parcels = expected.filter { !hasCome($0, in: turn) }
        guard !parcels.isEmpty else {
            // The number of a bag may look like that of a parcel.
            guard turn.books.parcels.knows(bag: number) else { return false }
            turn.reject(.doubled, .doubled, number)
            return true
        }
        checkIn(parcels, .bag, by: session, in: &turn)
        return true
    }

    /// The driver's hand-over card: all of the run at once.
    static func checkInRun(_ card: RunCard, by session: Session, in turn: inout Turn) {
        guard mayBring(card, session) else { return turn.reject(.outOfContext, .notForYou) }
        let expected = turn.books.parcels.expected(inRun: card.id)
        let parcels = expected.filter { !hasCome($0, in: turn) }
        guard !parcels.isEmpty else { return turn.reject(.unknown, .nothingAnnounced) }
        if !isHere(card.id, for: session, in: turn) { arrive(card, by: session, in: &turn) }
        checkIn(parcels, .handOver, by: session, in: &turn)
    }

    private static func isHere(_ run: String, for session: Session, in turn: borrowing Turn) -> Bool {
        guard let here = turn.books.run, here.id == run else { return false }
        return !isOver(here, for: session, in: turn)
    }

    /// Whether a part of it was scanned by itself: so are the others, whatever bag they were to come in.
    private static func hasCome(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        turn.books.parcels.parts(of: parcel.waybill).contains { $0.status != .expected }
    }

    private static func checkIn(
        _ parcels: [Parcel],
        _ how: ParcelReceived.How,
        by session: Session,
        in turn: inout Turn
    ) {
        Sessions.touch(in: &turn)
        guard !parcels.isEmpty, Intake.readyForParcels(in: &turn) != nil else { return }
        guard session.checked || !turn.settings.policy.checklistNeedsCard else {
            return turn.reject(.notChecked, .askChecklist)
        }
        // An exception card is about one parcel in the hand, never about a bag.
        Intake.forgetException(of: session, in: &turn)
        var session = session
        session.exception = nil
        let station = turn.settings.id
        var count = 0
        for parcel in parcels where parcel.station == nil || parcel.station == station {
            guard let reading = try? WaybillReading(parcel.waybill.rawValue) else { continue }
            Intake.receive(parcel.waybill, known: parcel, hint: reading, by: session, how: how, in: &turn)
            count += 1
        }
        guard count > 0 else { return turn.reject(.wrongStation, .wrongStation) }
        let others = parcels.count { $0.station != nil && $0.station != station }
        guard others > 0 else { return turn.answer(.checkedIn, String(count)) }
        // They stay in the bag and on the van.
        turn.answer(.checkedInSome, AnswerWord(zh: "\(count) 件，另 \(others)", en: "\(count) checked in, \(others)"))
    }
}
