import LockerDomain
import StationBooks

/// A parcel goes in.
enum DepositOpening: OpeningFlow {
    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill], let key = turn.credentials?.codeKey else { return }
        Intake.store(parcel.waybill, at: step.place, evidence: step.evidence, key: key, in: &turn)
        turn.answer(.stored, step.door.rawValue)
    }

    /// The parcel in hand gets another door, else a shelf place.
    static func failed(_ cycle: DoorCycle, at door: DoorName, in turn: inout Turn) {
        for waybill in cycle.waybills {
            guard let parcel = turn.books.parcels[waybill] else { continue }
            // A courier who brings forty has another parcel in the hand by now: the answer names the one it is about.
            let tail = waybill.rawValue.suffix(4)
            let isForDoors = Placing.mayLieBehindDoor(parcel, in: turn)
            switch Placing.choosePlace(for: parcel, behindDoor: isForDoors, in: turn) {
            case .door(let other):
                Unlocking.unlock(other, for: .deposit, of: [waybill], by: cycle.authority, in: &turn)
                turn.answer(.putInstead, "\(tail) -> \(other)")
            case .shelf(let shelf):
                guard let key = turn.credentials?.codeKey else { return turn.answer(.full) }
                Intake.store(waybill, at: .shelf(shelf), evidence: .scanned, key: key, in: &turn)
                turn.answer(.shelveInstead, "\(tail) -> \(shelf)")
            case nil: turn.answer(.full)
            }
        }
    }
}
