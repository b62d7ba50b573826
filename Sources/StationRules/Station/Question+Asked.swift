import LockerDomain
import StationBooks

extension Question {
    /// As the screen shows it; `nil` once its time is over, and while nobody who is here can answer it: what was asked
    /// of a session that has ended is in the list until something drops it.
    /// - Parameter gathered: digits of DIGIT cards so far, which are scores while a survey stands.
    func asked(in books: StationState, gathered: Int, at uptime: Int64) -> Asked? {
        let until = kind.until
        if let until, until < uptime { return nil }
        let ofSession = books.session.flatMap { asked(of: $0, in: books) }
        guard var asked = ofSession ?? askedOfAnybody(in: books, gathered: gathered) else { return nil }
        asked.millisecondsLeft = until.map { $0 - uptime }
        return asked
    }

    /// What people without a badge may answer.
    private func askedOfAnybody(in books: StationState, gathered: Int) -> Asked? {
        switch self {
        case .digits(let one):
            let count = AnswerWord(String(one.typed.utf8.count))
            return Asked(.digits, count, of: .anybody, answers: [.digitCard, .next])
        case .nextPlace(let one):
            guard one.authority.person == nil else { return nil }
            return Asked(.nextPlace, of: .recipient, answers: [.enter, .next])
        case .lastFour: return Asked(.lastFour, of: .recipient, answers: [.lastFour])
        case .survey(let one):
            let number = one.scores.count + gathered + 1
            // NEXT sends all five: that is asked by the digits.
            guard number <= SurveyQuestion.allCases.count else { return nil }
            return Asked(.survey, AnswerWord(String(number)), of: .anybody, answers: [.score, .allScores])
        case .refused: return Asked(.refused, of: .recipient, answers: [.scanParcel])
        case .whichReported(let one):
            let caption = Card.report(one.kind).caption
            return Asked(.whichReported, AnswerWord(caption), of: .recipient, answers: [.scanParcel])
        case .dropOffLabel(let one):
            guard books.session == nil else { return nil }
            let size = AnswerWord(one.size?.rawValue ?? "")
            return Asked(.dropOffLabel, size, of: .anybody, answers: [.scanLabel, .size])
        case .delivered, .whichDoor, .isInside, .isShelfEmpty, .acceptedShipment, .secondNumber: return nil
        }
    }

    /// What the person of the session alone may answer.
    private func asked(of session: Session, in books: StationState) -> Asked? {
        let whom = Asked.Whom.session(session.role)
        switch self {
        case .delivered(let one):
            guard session.id == one.session, let parcel = books.parcels[one.waybill], parcel.status == .withAgent,
                parcel.holder == session.person, parcel.place != nil
            else { return nil }
            return Asked(.delivered, Asked.tail(of: one.waybill), of: whom, answers: [.next])
        case .nextPlace(let one):
            guard one.authority.person == session.person, session.proven else { return nil }
            return Asked(.nextPlace, of: whom, answers: [.enter, .next])
        case .whichDoor: return Asked(.whichDoor, of: whom, answers: [.doorCard])
        case .isInside:
            guard Work.receive.flow.roles.contains(session.role), let door = CutShort.askedDoor(in: books),
                let waybill = books.door(door).asksInside
            else { return nil }
            return Asked(.isInside, Asked.tail(of: waybill, behind: door), of: whom, answers: [.yes, .no])
        case .isShelfEmpty(let one):
            // EMPTY is about the door that the keeper looks into, if there is one.
            let audited = session.auditing.map { books.door($0) }
            let isLooking =
                audited?.cycle?.purpose == .audit && (audited?.cycle?.phase == .open || audited?.level == .unknown)
            guard session.id == one.session, session.role.looksIntoDoors, !isLooking else { return nil }
            return Asked(.isShelfEmpty, AnswerWord(one.place.rawValue), of: whom, answers: [.empty])
        case .acceptedShipment(let one):
            guard session.id == one.session else { return nil }
            return Asked(.acceptedShipment, Asked.tail(of: one.waybill), of: whom, answers: [.reject])
        case .secondNumber(let one):
            guard session.id == one.session, session.work == .join else { return nil }
            return Asked(.secondNumber, Asked.tail(of: one.number), of: whom, answers: [.scanNewNumber])
        case .digits, .lastFour, .survey, .refused, .whichReported, .dropOffLabel: return nil
        }
    }
}

extension Asked {
    /// The end of a number, with the door that it is about: others look on, so no more of it is shown.
    static func tail(of waybill: Waybill, behind door: DoorName? = nil) -> AnswerWord {
        let tail = String(waybill.rawValue.suffix(4))
        return AnswerWord(door.map { "\(tail) -> \($0)" } ?? tail)
    }
}
