import LockerDomain
import StationBooks

/// The cards of a session that begin no work.
enum SessionCards {
    static func read(_ card: Card, by session: Session, in turn: inout Turn) {
        switch card {
        case .end: Sessions.close(session, .ended, in: &turn)
        case .door(let name): door(turn.site.door(named: name), by: session, in: &turn)
        case .shelf(let name): shelf(name, by: session, in: &turn)
        case .empty: Looking.empty(by: session, in: &turn)
        case .yes: CutShort.answerInside(true, by: session, in: &turn)
        case .no: no(by: session, in: &turn)
        case .reopen: LastDoor.reopen(by: session, in: &turn)
        case .abnormal: LastDoor.markAbnormal(by: session, in: &turn)
        case .reason(let number):
            let answer: Answer.ID = session.role.looksIntoDoors ? .reasonNoted : .noted
            Sessions.note(.reason, String(number), answer, by: session, in: &turn)
        case .exception(let kind): exception(kind, by: session, in: &turn)
        case .run(let words): Runs.arrive(RunCard(words), by: session, in: &turn)
        case .handOver(let words): Runs.checkInRun(RunCard(words), by: session, in: &turn)
        case .bag(let number) where session.work == .receive: Runs.checkInBag(number, by: session, in: &turn)
        case .bag(let number): Counter.noteBag(.bag, number, by: session, in: &turn)
        case .seal(let number): Counter.noteBag(.seal, number, by: session, in: &turn)
        case .nextBag: nextBag(by: session, in: &turn)
        case .nextSeal: Counter.awaitNumber(of: .seal, by: session, in: &turn)
        case .label: Counter.makeLabel(by: session, in: &turn)
        case .accept: Counter.acceptShipment(by: session, in: &turn)
        case .reject(let reason): Counter.rejectShipment(reason, accepted: nil, by: session, in: &turn)
        default: turn.reject(.outOfContext, .unknownCode)
        }
    }

    private static func door(_ door: DoorName, by session: Session, in turn: inout Turn) {
        if session.work.flow.takes.contains(.place) { return place(.door(door), by: session, in: &turn) }
        if session.work == .outbound, Senders.fetch(behind: door, by: session, in: &turn) { return }
        Looking.openForAudit(door, in: &turn)
    }

    private static func shelf(_ name: String, by session: Session, in turn: inout Turn) {
        if session.work.flow.takes.contains(.place) {
            return place(.shelf(turn.site.shelf(named: name)), by: session, in: &turn)
        }
        Relocation.putOnShelf(name, by: session, in: &turn)
    }

    /// The label lies behind the door: in the works that are about parcels, the card of a place names what lies there.
    private static func place(_ place: Place, by session: Session, in turn: inout Turn) {
        let flow = session.work.flow
        guard flow.roles.contains(session.role) else { return turn.reject(.outOfContext, .scanBadgeFirst) }
        let isForAll = session.work == .retrieve || session.work == .reportLost
        let parcels = turn.books.parcels.at(place).filter {
            ($0.status == .stored || isForAll) && Unlocking.openingUnderWay(for: $0.waybill, in: turn) == nil
        }
        guard !parcels.isEmpty else {
            // A free place is where the parcel just moved really lies.
            if session.work == .move, case .shelf(let shelf) = place {
                return Relocation.putOnShelf(shelf.rawValue.uppercased(), by: session, in: &turn)
            }
            return turn.reject(.outOfContext, .notHere)
        }
        flow.place(place, parcels, by: session, in: &turn)
    }

    /// NO: nothing was inside, or what was scanned was not put in; what was asked or opened last comes first.
    private static func no(by session: Session, in turn: inout Turn) {
        if !NothingInside.answersNotPutIn(session, in: turn), NothingInside.say(by: session, in: &turn) { return }
        NotPutIn.sayNo(by: session, in: &turn)
    }

    /// The card before a parcel that is damaged, of another weight, fresh or valuable.
    private static func exception(_ kind: ParcelException, by session: Session, in turn: inout Turn) {
        guard Work.receive.flow.roles.contains(session.role) else { return turn.reject(.outOfContext, .notForYou) }
        Sessions.note(.exception, kind.rawValue, .exceptionNoted, by: session, in: &turn)
    }

    private static func nextBag(by session: Session, in turn: inout Turn) {
        guard session.work == .receive, Work.receive.flow.roles.contains(session.role) else {
            return Counter.awaitNumber(of: .bag, by: session, in: &turn)
        }
        turn.reject(.awaitsScan, session.work.flow.prompt)
    }
}
