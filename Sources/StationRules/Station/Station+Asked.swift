public import LockerDomain
import StationBooks

extension Station {
    /// What is being asked, in the order in which a scan is taken as the answer: the questions that stand by their
    /// precedence, with the number that a card announced behind those that come before it (``Grammar/numbers``), then the
    /// doors whose deposit was cut short.
    public func asked(at now: Moment) -> [Asked] {
        let books = state
        let standing = questions
        let digits = standing[Digits.self].map { ($0.until ?? .max) < now.uptime ? 0 : $0.typed.utf8.count } ?? 0
        let asked = standing.list.sorted { $0.precedence < $1.precedence }
            .compactMap { $0.asked(in: books, gathered: digits, at: now.uptime) }
        let isAskedJustNow = asked.contains { $0.id == .isInside }
        let first = asked.lastIndex { [.survey, .lastFour, .whichReported].contains($0.id) }.map { $0 + 1 } ?? 0
        return asked[..<first] + (Self.number(in: books).map { [$0] } ?? []) + asked[first...]
            + Self.doors(in: books, butAsked: isAskedJustNow ? CutShort.askedDoor(in: books) : nil)
    }

    /// The number that a card of the session announced.
    private static func number(in books: StationState) -> Asked? {
        guard let session = books.session, let card = session.awaits.flatMap({ Self.card(announcing: $0) }) else {
            return nil
        }
        return Asked(
            .number,
            AnswerWord(card.caption),
            of: .session(session.role),
            answers: [.scanNumber, .typeNumber]
        )
    }

    private static func card(announcing note: SessionNoted.Note) -> Card? {
        switch note {
        case .order: .order
        case .realName: .realName
        case .photo: .photo
        case .bag: .nextBag
        case .seal: .nextSeal
        default: nil
        }
    }

    /// The doors that ask whether the parcel of a deposit that was cut short is inside. YES and NO are about the first
    /// of them, so the others ask when it has its answer; what a villager left there an audit settles.
    private static func doors(in books: StationState, butAsked: DoorName?) -> [Asked] {
        let first = CutShort.askedDoor(in: books)
        return books.doors.asking.sorted().compactMap { name -> Asked? in
            let door = books.door(name)
            guard name != butAsked, let waybill = door.asksInside else { return nil }
            let word = Asked.tail(of: waybill, behind: name)
            if door.asksAboutShipment {
                let mayLook = books.session.map { Work.audit.flow.roles.contains($0.role) } ?? false
                return Asked(.cutShort, word, of: whom(mayLook, books.session), answers: [.audit])
            }
            guard name == first else { return nil }
            let mayDeposit = books.session.map { Work.receive.flow.roles.contains($0.role) } ?? false
            return Asked(.cutShort, word, of: whom(mayDeposit, books.session), answers: [.yes, .no])
        }
    }

    private static func whom(_ mayAnswer: Bool, _ session: Session?) -> Asked.Whom {
        guard mayAnswer, let session else { return .badge }
        return .session(session.role)
    }
}
