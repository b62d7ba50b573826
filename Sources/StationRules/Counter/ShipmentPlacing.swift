import LockerDomain
import StationBooks

/// Another door for a shipment in hand.
enum ShipmentPlacing {
    /// The door stayed shut: the shipment in hand gets another one.
    static func placeElsewhere(_ cycle: DoorCycle, insteadOf failed: DoorName, in turn: inout Turn) {
        // The camera may have gone dark since the first door: nobody leaves anything unattended then.
        guard cycle.purpose != .dropOff || DropOffs.isWatched(in: turn) else { return turn.answer(.cameraDown) }
        let need = DoorChoice.Need(size: cycle.size ?? turn.settings.defaultSize)
        guard let door = Placing.bestDoor(for: need, excluding: failed, in: turn) else {
            return turn.answer(cycle.purpose == .shipment ? .keepAtCounter : .full)
        }
        Unlocking.unlock(
            door,
            for: cycle.purpose,
            of: cycle.waybills,
            by: cycle.authority,
            size: cycle.size,
            in: &turn
        )
        turn.answer(.putIn, door.rawValue)
    }
}
