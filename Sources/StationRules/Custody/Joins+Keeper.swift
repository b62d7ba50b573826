import LockerDomain
import StationBooks

extension Joins {
    /// One number that the keeper scans for JOIN. With the second the two are joined or refused, and what was at hand
    /// before goes on.
    /// - Parameter asked: the question that it answers, no longer in the list; `nil` for the first number, and for a second
    ///   one of which a recipient might report something.
    static func join(_ number: Waybill, after asked: SecondNumber?, by session: Session, in turn: inout Turn) {
        guard session.proven else {
            if let asked { turn.questions[SecondNumber.self] = asked }
            return turn.reject(.needsPIN, .needsPIN)
        }
        guard turn.storage == .ok else {
            endJoining(in: &turn)
            return turn.reject(.storage, .storageReserve)
        }
        guard let first = asked ?? turn.questions[SecondNumber.self], first.session == session.id,
            first.number != number
        else {
            let until = turn.now.uptime + Limits.followUpMilliseconds
            turn.questions[SecondNumber.self] = SecondNumber(number: number, session: session.id, until: until)
            return turn.reject(.awaitsScan, .scanNewNumber)
        }
        do throws(NotJoined) {
            try join(first.number, to: number, told: nil, person: session.person, manifest: nil, in: &turn)
            endJoining(in: &turn)
            turn.answer(.joined)
        } catch {
            endJoining(in: &turn)
            switch error {
            case .already: turn.reject(.doubled, .joinedAlready)
            case .unknown: turn.reject(.unknown, .notHere)
            case .two: turn.reject(.outOfContext, .twoParcels)
            case .different: turn.reject(.outOfContext, .cannotJoin)
            case .busy(let door): turn.reject(.outOfContext, .doorBusy, door.rawValue)
            }
        }
    }

    private static func endJoining(in turn: inout Turn) {
        turn.questions[SecondNumber.self] = nil
        WorkQueue.endWorkForOne(in: &turn)
    }
}
