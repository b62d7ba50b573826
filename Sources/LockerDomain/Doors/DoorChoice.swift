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
        state.outOfService == nil && state.contents == .empty && state.cycle == nil
            && (door.hasSensor ? state.level == .closed : true)
    }

    /// The best free door, or `nil`. Chilled goods go only behind chilled doors, others only behind the rest.
    public static func best(
        for need: Need,
        among doors: [DoorSettings],
        states: [DoorName: DoorState]
    ) -> DoorName? {
        var best: (door: DoorSettings, cost: [Int])?
        for door in doors where door.size >= need.size && door.chilled == need.chilled {
            guard let state = states[door.name], isFree(state, door) else { continue }
            if let reach = need.reach, door.reach != reach { continue }
            let cost = [Size.allCases.firstIndex(of: door.size) ?? 0, door.reach == .mid ? 0 : 1]
            if let current = best {
                guard
                    cost.lexicographicallyPrecedes(current.cost)
                        || (cost == current.cost && door.name < current.door.name)
                else { continue }
            }
            best = (door, cost)
        }
        return best?.door.name
    }
}
