package import LockerDomain
package import StationBooks

/// Printed command cards that no question asks for: those on the wall, for everybody; then those of a session.
enum Cards {
    static func read(_ card: Card, in turn: inout Turn) {
        if readPublic(card, in: &turn) { return }
        Sessions.touch(in: &turn)
        guard let session = turn.session else { return readWithoutSession(card, in: &turn) }
        if let work = card.work { return WorkQueue.begin(work, by: session, in: &turn) }
        if let note = card.shipmentNote { return Counter.noteShipment(note, by: session, in: &turn) }
        SessionCards.read(card, by: session, in: &turn)
    }

    /// Returns whether the card was one for everybody.
    private static func readPublic(_ card: Card, in turn: inout Turn) -> Bool {
        switch card {
        case .next: goOn(in: &turn)
        case .refuse: Refusals.refuse(in: &turn)
        case .complaint(let category): Surveys.fileComplaint(category, in: &turn)
        case .survey:
            turn.questions[Survey.self] = Survey(scores: [], until: turn.now.uptime + Limits.followUpMilliseconds)
            turn.reject(.awaitsScan, .askSurvey, "1")
        case .digit(let digit): DigitCards.gather(digit, in: &turn)
        case .report(let kind) where turn.session == nil || Recipients.isReportOfRecipient(kind, in: turn):
            Reports.report(kind, in: &turn)
        case .dropOff: beginDropOff(in: &turn)
        default: return false
        }
        return true
    }

    /// NEXT, which no question takes: the next door of the work. Enter on the number pad is anybody's, so what is the
    /// session's goes on by the card alone.
    private static func goOn(in turn: inout Turn) {
        if let session = turn.session, session.work.flow.nextRoles.contains(session.role),
            session.work.flow.next(by: session, in: &turn)
        {
            return
        }
        turn.reject(.outOfContext, .nothingFollows)
    }

    private static func beginDropOff(in turn: inout Turn) {
        guard let session = turn.session else { return DropOffs.begin(in: &turn) }
        let mayShip = Work.outbound.flow.roles.contains(session.role)
        turn.reject(.outOfContext, mayShip ? .endFirst : .endSession)
    }

    private static func readWithoutSession(_ card: Card, in turn: inout Turn) {
        switch card {
        case .door: turn.reject(.needsPIN, .needsPIN)
        case .end: endForVillager(in: &turn)
        case .no where DropOffs.cancel(in: &turn): break
        default: turn.reject(.outOfContext, .scanBadgeFirst)
        }
    }

    /// END of somebody without a badge: the step that it ended has answered, or a question is given up.
    private static func endForVillager(in turn: inout Turn) {
        let wasAsked = turn.questions.giveUp()
        guard turn.events.isEmpty else {
            if !turn.isAnswered { turn.answer(.goodbye) }
            return
        }
        turn.reject(.outOfContext, wasAsked ? .goodbye : .scanBadgeFirst)
    }
}

extension Site {
    /// The door of the configuration that the words of a card name.
    func door(named name: String) -> DoorName {
        settings.doors.first { $0.name.rawValue.uppercased() == name }?.name ?? DoorName(rawValue: name)
    }

    func shelf(named name: String) -> ShelfPlace {
        settings.shelfPlaces.first { $0.rawValue.uppercased() == name } ?? ShelfPlace(rawValue: name)
    }
}

extension Card {
    /// The work that the card begins.
    package var work: Work? {
        switch self {
        case .receive: .receive
        case .outbound: .outbound
        case .retrieve: .retrieve
        case .handOut: .handOut
        case .told: .told
        case .take: .take
        case .delivered: .delivered
        case .move: .move
        case .extend: .extend
        case .join: .join
        case .audit: .audit
        case .delegate(.agent): .delegateAgent
        case .delegate(.relative): .delegateRelative
        case .withdraw: .withdraw
        case .report(.damaged): .reportDamaged
        case .report(.short): .reportShort
        case .report(.lost): .reportLost
        default: nil
        }
    }
}
