import FoundationEssentials
import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Events in the books")
struct ApplyTests {
    private let now = Moment(wall: Cabinet.newYear, uptime: 0, clock: .ntp)

    @Test("each event can be taken by a state that knows nothing of it", arguments: EventType.allCases)
    func emptyState(type: EventType) throws {
        let event = try GoldenLines.event(type)
        #expect(event.type == type)
        var state = StationState()
        for _ in 0..<2 { state.apply(event, at: now) }
        #expect(state.trustedTime == now.wall)
    }

    @Test("any two events after each other can be taken, in a state that knows things", arguments: EventType.allCases)
    func pairs(type: EventType) throws {
        let first = try GoldenLines.event(type)
        var cabinet = Cabinet()
        _ = cabinet.deposit("SF7444404156506")
        cabinet.typeCode(of: "SF7444404156506")
        for other in EventType.allCases {
            var state = cabinet.state
            state.apply(first, at: now)
            state.apply(try GoldenLines.event(other), at: now)
            #expect(state.door("A05").level == .closed)
        }
    }

    @Test("a clock that is not confirmed moves no trusted time", arguments: ClockTrust.allCases)
    func trustedTime(clock: ClockTrust) throws {
        var state = StationState()
        state.apply(try GoldenLines.event(.stationStopped), at: Moment(wall: 99, uptime: 0, clock: clock))
        state.apply(try GoldenLines.event(.stationStopped), at: Moment(wall: 50, uptime: 0, clock: clock))
        #expect(state.trustedTime == (clock.isConfirmed ? 99 : 0))
    }

    @Test("county and technician set a trusted time back, at a start and at a change of the clock; NTP does not")
    func setBack() throws {
        let wrong = Cabinet.newYear + 22 * 365 * 86_400_000
        for clock in ClockTrust.allCases {
            for event in [try GoldenLines.event(.stationStarted), try GoldenLines.event(.stationClockChanged)] {
                var state = StationState()
                state.apply(try GoldenLines.event(.stationStopped), at: Moment(wall: wrong, uptime: 0, clock: .ntp))
                state.apply(event, at: Moment(wall: now.wall, uptime: 5, clock: clock))
                let isSetBack = clock == .county || clock == .manual
                #expect(state.trustedTime == (isSetBack ? now.wall : wrong), "\(clock)")
                #expect(state.sweptDay == (isSetBack ? now : Moment(wall: wrong, uptime: 0, clock: .ntp)).shanghaiDay)
            }
        }
    }

    @Test("names of types come back from the wire, others do not")
    func wireNames() {
        for type in EventType.allCases { #expect(EventType(wireName: type.wireName) == type) }
        for name in [
            "", "door.opened", "dev.villagelocker.door.opened.v2", "dev.villagelocker.v1", "dev.villagelocker..v1",
        ] {
            #expect(EventType(wireName: name) == nil)
        }
    }

    @Test("a snapshot holds the whole state")
    func snapshot() throws {
        var cabinet = Cabinet()
        _ = cabinet.deposit("SF7444404156506")
        cabinet.audit("A03")
        cabinet.send(.scanner(.attached("1-1", role: .scanner, usb: "05f9:2214", serial: nil)))
        cabinet.send(.camera("front", .good))
        for code in cabinet.wrongCodes(6) { cabinet.type(code) }
        let bytes = try JSONEncoder().encode(cabinet.state)
        #expect(try JSONDecoder().decode(StationState.self, from: bytes) == cabinet.state)
    }
}
