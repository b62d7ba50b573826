import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Badges and sessions")
struct SessionTests {
    private var cabinet = Cabinet()

    @Test("a courier's badge opens a session")
    mutating func courier() {
        cabinet.scan(cabinet.badge(.courier))
        #expect(cabinet.types == [.sessionOpened])
        #expect(cabinet.answers == [.welcome])
        #expect(cabinet.state.session?.role == .courier)
        #expect(cabinet.state.session?.person == "0000000000000401")
    }

    @Test("the same badge again, or the END card, closes it", arguments: [true, false])
    mutating func end(byBadge: Bool) {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan(byBadge ? cabinet.badge(.courier) : "VLK1:END")
        #expect(cabinet.types == [.sessionClosed])
        #expect(cabinet.event(SessionClosed.self)?.reason == .ended)
        #expect(cabinet.answers == [.goodbye])
        #expect(cabinet.state.session == nil)
    }

    @Test("another badge takes over")
    mutating func takeOver() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan(cabinet.badge(.keeper))
        #expect(cabinet.types == [.sessionClosed, .sessionOpened])
        #expect(cabinet.event(SessionClosed.self)?.reason == .otherBadge)
        #expect(cabinet.answers == [.askPIN])
        #expect(cabinet.state.session?.id == 2)
    }

    @Test("a session ends when nobody scans for long, and an old timer ends no other")
    mutating func idle() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.send(.timer(.sessionIdle(0)))
        #expect(cabinet.events.isEmpty)
        cabinet.wait(Limits.sessionIdleMilliseconds)
        cabinet.send(.timer(.sessionIdle(1)))
        #expect(cabinet.event(SessionClosed.self)?.reason == .idle)
    }

    @Test("each scan starts the idle timer again")
    mutating func keptAlive() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        #expect(
            cabinet.actions.contains(
                .timer(.sessionIdle(1), afterMilliseconds: Limits.sessionIdleMilliseconds)
            )
        )
    }

    @Test("a forged badge and one without a role are refused")
    mutating func refused() {
        cabinet.scan(TestKeys.badge(.courier, isForged: true))
        #expect(cabinet.event(ScanRejected.self)?.reason == .badToken)
        #expect(cabinet.answers == [.badgeRefused])
        #expect(cabinet.state.session == nil)
    }

    @Test("a station that is not enrolled opens no session")
    mutating func notEnrolled() {
        cabinet = Cabinet(enrolled: false)
        cabinet.scan(cabinet.badge(.courier))
        #expect(cabinet.event(SessionRefused.self)?.reason == .notEnrolled)
        #expect(cabinet.answers == [.notEnrolled])
    }

    @Test("villagers who mistype their codes do not lock out the keeper's PIN, nor wrong PINs their codes")
    mutating func locks() {
        for code in cabinet.wrongCodes(Limits.wrongCodesMax) { cabinet.type(code) }
        #expect(cabinet.state.codeLock.remaining(at: cabinet.now) > 0)
        cabinet.begin(.keeper)
        #expect(cabinet.state.session?.proven == true)
        cabinet.end()
        cabinet.wait(Limits.wrongCodeWindowMilliseconds)
        for _ in 0..<Limits.wrongCodesMax {
            if cabinet.state.session == nil { cabinet.begin(.keeper, proven: false) }
            cabinet.type("000000")
        }
        #expect(cabinet.event(PickupLockedOut.self)?.means == .badge)
        if cabinet.state.session == nil { cabinet.begin(.keeper, proven: false) }
        cabinet.type(Cabinet.keeperPIN)
        #expect(cabinet.answers == [.locked])
        cabinet.type(cabinet.wrongCodes(1)[0])
        #expect(cabinet.answers == [.wrongCode])
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("an expired badge is refused, also with a clock that fell back to 1970")
    mutating func expired() {
        let badge = cabinet.badge(.courier, expiry: UInt32(Cabinet.newYear / 1_000) - 1)
        cabinet.scan(badge)
        #expect(cabinet.event(SessionRefused.self)?.reason == .expired)
        #expect(cabinet.answers == [.badgeExpired])
        cabinet.now = Moment(wall: 5_000, uptime: 0, clock: .none)
        cabinet.restart()
        cabinet.scan(badge)
        #expect(cabinet.event(SessionRefused.self)?.reason == .expired)
    }

    @Test("a wrong far-future time without trust expires nothing")
    mutating func untrusted() {
        cabinet.now.wall += 400 * 86_400_000
        cabinet.now.clock = .fake
        cabinet.scan(cabinet.badge(.courier))
        #expect(cabinet.answers == [.welcome])
    }

    @Test("the right PIN proves a keeper, three wrong ones end the session")
    mutating func pins() {
        cabinet.scan(cabinet.badge(.keeper))
        cabinet.type(Cabinet.keeperPIN)
        #expect(cabinet.types == [.sessionProven])
        #expect(cabinet.answers == [.pinRight])
        #expect(cabinet.state.session?.proven == true)
        for attempt in 1...3 {
            cabinet.type("000000")
            #expect(cabinet.event(ScanRejected.self)?.reason == .wrongPIN)
            #expect((cabinet.state.session == nil) == (attempt == 3))
        }
        #expect(cabinet.event(SessionClosed.self)?.reason == .wrongPIN)
    }

    @Test("guessing PINs locks typing, over sessions and power cuts")
    mutating func guessedPINs() {
        for attempt in 1...5 {
            if cabinet.state.session == nil { cabinet.scan(cabinet.badge(.keeper)) }
            cabinet.type("00000\(attempt)")
        }
        #expect(cabinet.types.contains(.pickupLockedOut))
        cabinet.restart()
        cabinet.scan(cabinet.badge(.keeper))
        cabinet.type(Cabinet.keeperPIN)
        #expect(cabinet.answers == [.locked])
        cabinet.wait(120_000)
        cabinet.type(Cabinet.keeperPIN)
        #expect(cabinet.answers == [.pinRight])
    }

    @Test("a recipient who types a code does not keep the keeper's session alive")
    mutating func notKeptAlive() {
        cabinet.scan(cabinet.badge(.keeper))
        cabinet.type("12345678")
        #expect(cabinet.actions.allSatisfy { if case .timer(.sessionIdle, _) = $0 { false } else { true } })
    }

    @Test("couriers, keepers and agents check parcels in without a PIN", arguments: [Role.courier, .keeper, .agent])
    mutating func deposit(role: Role) {
        cabinet.scan(cabinet.badge(role))
        cabinet.scan("SF7444404156506")
        #expect(cabinet.event(ParcelReceived.self)?.person == cabinet.state.session?.person)
        #expect(cabinet.pulses == ["A02"])
        #expect(cabinet.types.contains(.runArrived) == (role == .courier))
    }

    @Test("an inspector and a technician bring no parcels", arguments: [Role.inspector, .technician])
    mutating func noDeposit(role: Role) {
        cabinet.scan(cabinet.badge(role))
        cabinet.scan("SF7444404156506")
        #expect(cabinet.event(ScanRejected.self)?.reason == .outOfContext)
        #expect(cabinet.pulses.isEmpty)
    }
}
