public import LockerDomain

/// Chooses a place for a parcel: the smallest free door that fits, then the middle row, then by name.
public enum DoorChoice {
    /// What the parcel needs.
    public struct Need: Sendable, Hashable {
        public var size: Size
        public var chilled: Bool
        public var reach: Reach?

        public init(size: Size, chilled: Bool = false, reach: Reach? = nil) {
            self.size = size
            self.chilled = chilled
            self.reach = reach
        }
    }

    /// Whether a deposit may go into the door now: in service, proven empty, seen shut, not being opened.
    public static func isFree(_ state: DoorState, _ door: DoorSettings) -> Bool {
        state.outOfService == nil && state.contents == .empty && state.cycle == nil && state.asksInside == nil
            && (door.hasSensor ? state.level == .closed : true)
    }

    /// The doors in the order in which a parcel takes them: the smallest first, then the middle row, then by name.
    public static func byCost(_ doors: [DoorSettings]) -> [DoorSettings] {
        doors.sorted {
            ($0.size.units, $0.reach == .mid ? 0 : 1, $0.name) < ($1.size.units, $1.reach == .mid ? 0 : 1, $1.name)
        }
    }

    /// The best free door of those in order, or `nil`. Chilled goods go only behind chilled doors, others only behind the
    /// rest. A door that is not preferred is taken only when no preferred one is free.
    public static func best(
        for need: Need,
        among doors: [DoorSettings],
        isBarred: (DoorName) -> Bool = { _ in false },
        state: (DoorName) -> DoorState,
        preferring: (DoorState) -> Bool = { _ in true }
    ) -> DoorName? {
        var second: DoorName?
        for door in doors where door.size >= need.size && door.chilled == need.chilled {
            if let reach = need.reach, door.reach != reach { continue }
            if isBarred(door.name) { continue }
            let known = state(door.name)
            guard isFree(known, door) else { continue }
            if preferring(known) { return door.name }
            second = second ?? door.name
        }
        return second
    }
}
