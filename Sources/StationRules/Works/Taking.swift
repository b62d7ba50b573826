import LockerDomain
import StationBooks

/// TAKE: an agent takes the parcels of villagers who delegated to them.
enum Taking: WorkFlow {
    static let roles: Set<Role> = [.agent]
    static let takes: Set<WorkScan> = [.label]
    static var prompt: Answer.ID { .retrieving }
    static var takesDoors: Bool { true }

    /// From the shelf.
    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[label.waybill],
            Agents.isDelegated(parcel, to: session.person, in: turn), let place = parcel.place
        else { return turn.reject(.outOfContext, .notDelegated) }
        guard case .shelf = place else { return turn.reject(.outOfContext, .notHere) }
        guard session.proven else { return turn.reject(.needsPIN, .needsPIN) }
        Agents.handToAgent(parcel, from: place, by: session.person, evidence: .scanned, in: &turn)
        turn.answer(.handedToAgent)
    }

    static func doors(for session: Session, in turn: borrowing Turn) -> [DoorName] {
        Agents.doorsDelegated(to: session.person, in: turn)
    }

    static func open(_ door: DoorName, by session: Session, in turn: inout Turn) -> Bool {
        let parcels = turn.books.parcels.at(.door(door))
            .filter { Agents.isDelegated($0, to: session.person, in: turn) }
            .map(\.waybill)
        guard WorkQueue.mayOpen(door, parcels, in: turn) else { return false }
        Unlocking.unlock(door, for: .agent, of: parcels, by: .badge(session.person), in: &turn)
        Retrievals.answerTaking(parcels, from: door, .takeOut, in: &turn)
        return true
    }

    /// Also the shelf places, which no door shows.
    static func announce(opens: Bool, by session: Session, in turn: inout Turn) {
        let places = shelfPlaces(for: session, in: turn)
        guard !places.isEmpty else { return turn.answer(opens ? prompt : .nothingToTake) }
        turn.answer(prompt, WorkQueue.named(places.map(\.rawValue)))
    }

    /// Shelf places with something that the agent may take.
    static func shelfPlaces(for session: Session, in turn: borrowing Turn) -> [ShelfPlace] {
        turn.settings.shelfPlaces.filter { place in
            turn.books.parcels.at(.shelf(place)).contains {
                Agents.isDelegated($0, to: session.person, in: turn)
            }
        }
    }
}
