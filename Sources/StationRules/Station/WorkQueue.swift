import LockerDomain
import StationBooks

/// How a work begins, and the doors that it opens in turn: RETRIEVE, TAKE and AUDIT.
enum WorkQueue {
    /// A command card that begins another work.
    static func begin(_ work: Work, by session: Session, in turn: inout Turn) {
        let flow = work.flow
        guard flow.roles.contains(session.role) else { return turn.reject(.outOfContext, .notForYou) }
        let doors = flow.doors(for: session, in: turn)
        // A report leaves the doors of the batch for afterwards.
        let rest = work.isForOne ? session.queue : doors
        guard session.proven || doors.isEmpty && !flow.needsPIN else { return turn.reject(.needsPIN, .needsPIN) }
        guard flow.isAllowed(in: turn) else { return turn.reject(.outOfArea, .outOfArea) }
        turn.recent.failedAudit = nil
        turn.questions[SecondNumber.self] = nil
        turn.emit(
            .sessionWorkChanged(SessionWorkChanged(session: session.id, work: work, doors: rest, detail: nil))
        )
        flow.announce(opens: !doors.isEmpty, by: session, in: &turn)
        if !doors.isEmpty { openNext(in: &turn) }
    }

    /// The next door of a batch. What cannot be opened now leaves the queue, and the next is tried.
    static func openNext(in turn: inout Turn) {
        while let session = turn.session, turn.storage != .failed {
            let flow = session.work.flow
            guard let door = session.queue.first else {
                // The doors are done: the rest lies on the shelf.
                if !flow.shelfPlaces(for: session, in: turn).isEmpty {
                    flow.announce(opens: false, by: session, in: &turn)
                }
                return
            }
            guard flow.takesDoors, !flow.open(door, by: session, in: &turn) else { return }
            let rest = session.queue.filter { $0 != door }
            turn.emit(
                .sessionWorkChanged(
                    SessionWorkChanged(session: session.id, work: session.work, doors: rest, detail: door.rawValue)
                )
            )
        }
    }

    /// Whether a door with these parcels can be opened at this moment.
    static func mayOpen(_ door: DoorName, _ parcels: [Waybill], in turn: borrowing Turn) -> Bool {
        !parcels.isEmpty && turn.books.door(door).cycle == nil && !turn.books.door(door).isAbnormal
    }

    /// A report or a joining is over: what was at hand before goes on.
    static func endWorkForOne(in turn: inout Turn) {
        guard let session = turn.session, session.work.isForOne else { return }
        let work = session.workBefore ?? .receive
        let back = SessionWorkChanged(session: session.id, work: work, doors: session.queue, detail: nil)
        turn.emit(.sessionWorkChanged(back))
    }

    /// The first two of several places, and how many more there are.
    static func named(_ places: [String]) -> String {
        places.prefix(2).joined(separator: " ") + (places.count > 2 ? " +\(places.count - 2)" : "")
    }
}
