import LockerDomain
import StationBooks
import Testing

@Suite("Choice of a door")
struct DoorChoiceTests {
    private let doors: [DoorSettings] = [
        DoorSettings(name: "S2", size: .small, reach: .high), DoorSettings(name: "S1", size: .small, reach: .high),
        DoorSettings(name: "M2", size: .medium, reach: .low), DoorSettings(name: "M9", size: .medium),
        DoorSettings(name: "L1", size: .large), DoorSettings(name: "C1", size: .medium, chilled: true),
        DoorSettings(name: "XB", size: .extraLarge, hasSensor: false),
    ]

    private func best(_ need: DoorChoice.Need, taken: Set<DoorName> = []) -> DoorName? {
        let free = doors.filter { !taken.contains($0.name) }
        let pairs = free.map { ($0.name, DoorState.shutAndEmpty(sensor: $0.hasSensor)) }
        let states = Dictionary(uniqueKeysWithValues: pairs)
        return DoorChoice.best(for: need, among: DoorChoice.byCost(doors)) { states[$0] ?? .unknown }
    }

    @Test(
        "the smallest that fits, then the middle row, then by name",
        arguments: [
            (.small, [], "S1"), (.small, ["S1"], "S2"), (.small, ["S1", "S2"], "M9"), (.medium, [], "M9"),
            (.medium, ["M9"], "M2"), (.medium, ["M9", "M2"], "L1"), (.large, [], "L1"), (.large, ["L1"], "XB"),
            (.extraLarge, [], "XB"), (.extraLarge, ["XB"], nil), (.small, ["S1", "S2", "M2", "M9", "L1", "XB"], nil),
        ] as [(Size, Set<DoorName>, DoorName?)]
    )
    func bestFit(size: Size, taken: Set<DoorName>, door: DoorName?) {
        #expect(best(DoorChoice.Need(size: size), taken: taken) == door)
    }

    @Test("chilled goods go only behind chilled doors, others never")
    func chilled() {
        #expect(best(DoorChoice.Need(size: .small, chilled: true)) == "C1")
        #expect(best(DoorChoice.Need(size: .large, chilled: true)) == nil)
        #expect(best(DoorChoice.Need(size: .medium), taken: ["M2", "M9", "L1", "XB"]) == nil)
    }

    @Test("who cannot reach up or bend down gets that row or none")
    func reach() {
        #expect(best(DoorChoice.Need(size: .small, reach: .low)) == "M2")
        #expect(best(DoorChoice.Need(size: .small, reach: .mid)) == "M9")
        #expect(best(DoorChoice.Need(size: .large, reach: .low)) == nil)
    }

    @Test("a door is free only when it is in service, proven empty, seen shut, and nobody is at it")
    func free() {
        let wired = DoorSettings(name: "A", size: .small)
        let blind = DoorSettings(name: "A", size: .small, hasSensor: false)
        for level in DoorLevel.allCases {
            for contents in Contents.allCases {
                for reason in [nil, OutOfService.failed("broken")] {
                    var state = DoorState.shutAndEmpty(sensor: true)
                    (state.level, state.contents, state.outOfService) = (level, contents, reason)
                    let sound = contents == .empty && reason == nil
                    #expect(DoorChoice.isFree(state, wired) == (sound && level == .closed))
                    #expect(DoorChoice.isFree(state, blind) == sound)
                }
            }
        }
    }

    @Test("a door that nobody knows anything about is never chosen")
    func noState() {
        let found = DoorChoice.best(for: DoorChoice.Need(size: .small), among: DoorChoice.byCost(doors)) { _ in .unknown
        }
        #expect(found == nil)
    }

    @Test("a door that the last recipient may still need comes last")
    func held() {
        let need = DoorChoice.Need(size: .small)
        let state: (DoorName) -> DoorState = { name in
            var state = DoorState.shutAndEmpty(sensor: true)
            if name == "S1" { state.heldUntil = 1 }
            return state
        }
        #expect(DoorChoice.best(for: need, among: DoorChoice.byCost(doors), state: state) == "S1")
        #expect(
            DoorChoice.best(for: need, among: DoorChoice.byCost(doors), state: state, preferring: { $0.heldUntil == 0 })
                == "S2"
        )
        let only = doors.filter { $0.name == "S1" }
        #expect(DoorChoice.best(for: need, among: only, state: state, preferring: { $0.heldUntil == 0 }) == "S1")
    }
}

extension DoorState {
    fileprivate static var unknown: DoorState {
        var state = StationState().door("any")
        state.contents = .unknown
        return state
    }

    fileprivate static func shutAndEmpty(sensor: Bool) -> DoorState {
        var state = StationState().door("any")
        state.level = sensor ? .closed : .unknown
        return state
    }
}
