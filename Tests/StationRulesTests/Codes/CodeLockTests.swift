import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Locking of typing after wrong codes")
struct CodeLockTests {
    private var cabinet = Cabinet()

    private mutating func typeWrong(_ count: Int) {
        for code in cabinet.wrongCodes(count) { cabinet.type(code) }
    }

    private var locked: Int64 { cabinet.state.codeLock.remaining(at: cabinet.now) }

    @Test("four wrong codes lock nothing, the fifth locks for two minutes")
    mutating func five() {
        typeWrong(4)
        #expect(cabinet.answers == [.wrongCode])
        #expect(locked == 0)
        typeWrong(1)
        #expect(cabinet.types == [.pickupFailed, .pickupLockedOut])
        #expect(cabinet.answers == [.locked])
        #expect(locked == 120_000)
    }

    @Test("five wrong codes over more than ten minutes lock nothing")
    mutating func slow() {
        for _ in 0..<10 {
            typeWrong(1)
            cabinet.wait(151_000)
        }
        #expect(locked == 0)
    }

    @Test("while it is locked even the right code is refused, and does not count")
    mutating func refusedWhileLocked() {
        _ = cabinet.deposit("SF7444404156506")
        typeWrong(5)
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.event(PickupFailed.self)?.reason == .locked)
        #expect(cabinet.answers == [.locked])
        #expect(cabinet.state.codeLock.wrongToday == 5)
        cabinet.wait(120_000)
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.answers == [.takeOut])
    }

    @Test("each further lock doubles up to a quarter of an hour")
    mutating func growth() {
        var lengths: [Int64] = []
        for _ in 0..<5 {
            typeWrong(5)
            lengths.append(locked)
            cabinet.wait(locked)
        }
        #expect(lengths == [120_000, 240_000, 480_000, 900_000, 900_000])
    }

    @Test("after ten quiet minutes the next lock is short again")
    mutating func quiet() {
        typeWrong(5)
        cabinet.wait(locked + Limits.wrongCodeWindowMilliseconds)
        typeWrong(5)
        #expect(locked == 120_000)
    }

    /// Five wrong codes and the lock after them, eight times.
    private mutating func typeWrongForty() {
        for _ in 0..<8 {
            typeWrong(5)
            cabinet.wait(locked)
        }
    }

    @Test("after forty wrong codes in one day a parcel whose phone nobody knows needs the keeper until the next day")
    mutating func dayLimit() {
        _ = cabinet.deposit("SF7444404156506")
        typeWrongForty()
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.event(PickupFailed.self)?.reason == .ambiguous)
        #expect(cabinet.answers == [.codeAmbiguous])
        cabinet.scan(TestKeys.pickupToken("SF7444404156506"))
        #expect(cabinet.answers == [.takeOut])
        cabinet.open("A02")
        cabinet.now.wall = Cabinet.newYear + 86_400_000
        typeWrong(1)
        #expect(cabinet.answers == [.wrongCode])
    }

    @Test("after forty wrong codes in one day typing also asks the last four digits of the phone")
    mutating func lastFour() {
        cabinet.announce([
            ManifestEntry(waybill: "SF7444404156506", brand: "SF", operatorName: "sf", phoneMasked: "1******5678")
        ])
        _ = cabinet.deposit("SF7444404156506")
        typeWrongForty()
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.event(PickupFailed.self)?.reason == .asksLastFour)
        #expect(cabinet.pulses.isEmpty)
        cabinet.type("5678")
        #expect(cabinet.answers == [.takeOut])
    }

    @Test("a jump of the clock neither ends a lock nor makes it longer than it was")
    mutating func clockJump() {
        typeWrong(5)
        for jump: Int64 in [86_400_000, -3_000_000_000] {
            cabinet.now.wall += jump
            cabinet.send(.clockChanged(before: .none, after: .ntp, jumpMilliseconds: jump))
            #expect(locked == 120_000)
        }
    }

    @Test("a power cut with a clock that lags gives a guesser no new tries")
    mutating func powerCut() {
        typeWrong(4)
        cabinet.now.wall -= 30_000
        cabinet.restart()
        typeWrong(1)
        #expect(cabinet.answers == [.locked])
        cabinet.wait(60_000)
        cabinet.now.clock = .fake
        cabinet.restart()
        #expect(locked == 120_000, "nothing proves that the minute has passed")
    }

    @Test("a lock runs the rest of its length after a power cut, and not once more with the next")
    mutating func restOfLock() {
        cabinet.now.clock = .fake
        typeWrong(5)
        cabinet.wait(70_000)
        cabinet.begin(.courier, proven: false)
        let rest = locked
        #expect(rest < 120_000 && rest > 0)
        for _ in 0..<3 {
            cabinet.restart()
            #expect(locked == rest)
        }
        cabinet.wait(rest)
        #expect(locked == 0)
        cabinet.end()
        cabinet.restart()
        #expect(locked == 0)
    }

    @Test("a lock that was served comes back with no start and no jump of the clock, whatever was typed since")
    mutating func servedStaysServed() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.end()
        typeWrong(5)
        cabinet.wait(locked)
        cabinet.begin(.courier, proven: false)
        cabinet.end()
        cabinet.passHours(96)
        cabinet.send(.clockChanged(before: .ntp, after: .none, jumpMilliseconds: -96 * 3_600_000))
        #expect(locked == 0)
        cabinet.now.clock = .fake
        cabinet.restart()
        #expect(locked == 0)
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.answers == [.takeOut])
    }

    @Test("a power cut of days is time served when the clock can be believed before and after it")
    mutating func servedInTheDark() {
        typeWrong(5)
        cabinet.now.wall += 86_400_000
        cabinet.restart()
        #expect(locked == 0)
    }

    @Test("wrong codes of last week are not recent after a start or a jump of the clock", arguments: [true, false])
    mutating func oldFailures(byStart: Bool) {
        typeWrong(4)
        cabinet.passHours(7 * 24)
        cabinet.begin(.courier, proven: false)
        cabinet.end()
        if byStart {
            cabinet.now.clock = .fake
            cabinet.restart()
        } else {
            cabinet.send(.clockChanged(before: .ntp, after: .none, jumpMilliseconds: -1))
        }
        typeWrong(1)
        #expect(cabinet.answers == [.wrongCode])
        #expect(locked == 0)
    }

    @Test("after forty wrong codes a power cut back to 1970 takes nothing off the count of the day")
    mutating func dayLimitIn1970() {
        typeWrongForty()
        cabinet.now = Moment(wall: 5_000, uptime: 0, clock: .none)
        cabinet.restart()
        #expect(cabinet.state.codeLock.asksLastFour(at: cabinet.now))
        cabinet.passHours(24)
        #expect(!cabinet.state.codeLock.asksLastFour(at: cabinet.now))
    }

    @Test("a start that is written behind another event counts on all the same")
    mutating func lateStart() {
        cabinet.passHours(50)
        typeWrong(5)
        let before = cabinet.state
        cabinet.now = Moment(wall: cabinet.now.wall, uptime: 20_000, clock: .fake)
        var state = before
        state.apply(.stationStorageLow(StorageLow(storage: .reserve)), at: cabinet.now)
        state.apply(.stationStarted(StationStarted(version: "test", doors: 5, shelfPlaces: 2)), at: cabinet.now)
        #expect(state.codeLock.remaining(at: cabinet.now) == 100_000, "twenty seconds of the boot have passed")
    }

    @Test("a lock that was served does not come back with the next power cut")
    mutating func served() {
        _ = cabinet.deposit("SF7444404156506")
        typeWrong(5)
        cabinet.wait(locked + Limits.wrongCodeWindowMilliseconds)
        cabinet.typeCode(of: "SF7444404156506")
        cabinet.open("A02")
        cabinet.shut("A02")
        cabinet.restart()
        #expect(locked == 0)
    }

    @Test("tokens and badges go on while typing is locked, and do not unlock it")
    mutating func tokens() {
        _ = cabinet.deposit("SF7444404156506")
        typeWrong(5)
        cabinet.scan(TestKeys.pickupToken("SF7444404156506"))
        #expect(cabinet.answers == [.takeOut])
        cabinet.open("A02")
        cabinet.shut("A02")
        #expect(cabinet.answers == [.collected])
        #expect(locked > 0)
    }
}
