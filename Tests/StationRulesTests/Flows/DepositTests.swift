import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Deposit")
struct DepositTests {
    private var cabinet = Cabinet()

    @Test("a scanned parcel gets the smallest free door")
    mutating func smallest() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        #expect(cabinet.types == [.runArrived, .parcelReceived, .doorUnlockRequested])
        #expect(cabinet.event(RunArrived.self)?.how == .implied)
        #expect(cabinet.pulses == ["A02"])
        #expect(cabinet.pulseLengths == [200])
        #expect(cabinet.answers == [.putIn])
        #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "badge 0000000000000401")
        #expect(cabinet.event(ParcelReceived.self)?.parties.brand == "SF")
    }

    @Test("it counts as stored only after the door was seen open and then closed")
    mutating func storedAfterClosing() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        cabinet.pulseEnds("A02")
        #expect(cabinet.status("SF7444404156506") == .received)
        cabinet.send(.level("A02", .open))
        #expect(cabinet.types == [.doorOpened])
        let opened = cabinet.now.wall
        #expect(cabinet.status("SF7444404156506") == .received)
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelStored])
        #expect(cabinet.answers == [.stored])
        let stored = cabinet.event(ParcelStored.self)
        #expect(stored?.evidence == .sensor)
        #expect(stored?.place == .door("A02"))
        #expect(stored?.keyID == TestKeys.codeKey.id)
        #expect(stored?.doorOpenedAt == opened)
        #expect(cabinet.event(DoorClosed.self)?.openMilliseconds == 5_000)
        #expect(cabinet.state.door("A02").contents == .occupied)
        #expect(cabinet.state.door("A02").cycle == nil)
    }

    @Test("a door that closes without ever having opened stores nothing")
    mutating func neverOpen() {
        cabinet.begin(.courier, proven: false)
        cabinet.scan("SF7444404156506")
        cabinet.send(.level("A02", .unknown))
        cabinet.send(.level("A02", .closed))
        #expect(cabinet.types == [.doorClosed])
        cabinet.pulseEnds("A02")
        cabinet.send(.level("A02", .closed))
        #expect(cabinet.events.isEmpty)
        #expect(cabinet.status("SF7444404156506") == .received)
    }

    @Test("forty parcels: each door once, then the shelf, then no place is left")
    mutating func fillsUp() {
        var places: [String] = []
        for index in 0..<6 {
            places.append(cabinet.deposit(Waybill(rawValue: "YT896264678538\(index)"))?.description ?? "none")
        }
        #expect(places == ["A02", "A03", "A04", "S1-01", "S1-02", "none"])
        #expect(cabinet.event(ScanRejected.self)?.reason == .full)
        #expect(cabinet.answers == [.full])
    }

    @Test("on a shelf the parcel is stored by the scan alone")
    mutating func shelf() {
        for index in 0..<3 { _ = cabinet.deposit(Waybill(rawValue: "YT896264678538\(index)")) }
        cabinet.scan("SF7444404156506")
        #expect(cabinet.types == [.parcelReceived, .parcelStored])
        #expect(cabinet.event(ParcelStored.self)?.evidence == .scanned)
        #expect(cabinet.answers == [.putOnShelf])
    }

    @Test("without a badge nothing opens")
    mutating func badgeFirst() {
        cabinet.scan("SF7444404156506")
        #expect(cabinet.event(ScanRejected.self)?.reason == .outOfContext)
        #expect(cabinet.event(ScanRejected.self)?.text == "SF7444404156506")
        #expect(cabinet.answers == [.scanBadgeFirst])
    }

    @Test("a parcel that is in already is not taken twice")
    mutating func twice() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.scan("sf7444404156506")
        #expect(cabinet.event(ScanRejected.self)?.reason == .alreadyStored)
        #expect(cabinet.answers == [.alreadyStored])
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("a parcel whose door stands open is shown that door again")
    mutating func again() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        cabinet.open("A02")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.event(ScanRejected.self)?.reason == .outOfContext)
        #expect(cabinet.answers == [.putIn])
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("a collected parcel that comes again gets another n, and so another code")
    mutating func cameBack() {
        _ = cabinet.deposit("SF7444404156506")
        let code = cabinet.code(of: "SF7444404156506")
        cabinet.typeCode(of: "SF7444404156506")
        cabinet.open("A02")
        cabinet.shut("A02")
        _ = cabinet.deposit("SF7444404156506")
        #expect(cabinet.state.parcels["SF7444404156506"]?.n == 128)
        #expect(cabinet.code(of: "SF7444404156506") != code)
        cabinet.type(code)
        #expect(cabinet.answers == [.wrongCode])
    }

    @Test("n never falls, also when the old parcel is only remembered")
    mutating func longAgo() {
        cabinet.openForPickup("SF7444404156506")
        cabinet.shut("A02")
        cabinet.wait(100 * 86_400_000)
        cabinet.restart()
        cabinet.wait(Limits.clockLeapPauseMilliseconds)
        cabinet.scan("nonsense")
        #expect(cabinet.status("SF7444404156506") == nil)
        #expect(cabinet.state.closed["SF7444404156506"]?.n == 0)
        cabinet.scan(cabinet.badge(.courier, expiry: .max))
        _ = cabinet.deposit("SF7444404156506")
        #expect(cabinet.state.parcels["SF7444404156506"]?.n == 128)
    }

    @Test("what was announced and never came is forgotten after a month, by a clock that can be believed")
    mutating func neverCame() {
        let entry = ManifestEntry(waybill: "SF7444404156506", brand: "SF", operatorName: "sf")
        cabinet.send(.command(Command(id: "c1", number: 1, kind: .manifest(id: "m1", entries: [entry]))))
        cabinet.wait(29 * 86_400_000)
        cabinet.scan("nonsense")
        #expect(cabinet.status("SF7444404156506") == .expected)
        cabinet.wait(2 * 86_400_000)
        cabinet.now.clock = .fake
        cabinet.scan("nonsense")
        #expect(cabinet.status("SF7444404156506") == .expected)
        cabinet.now.clock = .ntp
        cabinet.scan("nonsense")
        #expect(cabinet.status("SF7444404156506") == nil)
        #expect(cabinet.deposit("SF7444404156506") == nil)
        cabinet.scan(cabinet.badge(.courier, expiry: .max))
        #expect(cabinet.deposit("SF7444404156506") == .door("A02"))
        #expect(cabinet.parcel("SF7444404156506")?.n == 0)
    }

    @Test("who takes a parcel from the shelf and scans it twice does not put it into the books again")
    mutating func scannedOutTwice() {
        cabinet = Cabinet(doors: [])
        #expect(cabinet.deposit("SF7444404156506") == .shelf("S1-01"))
        cabinet.typeCode(of: "SF7444404156506")
        for round in 0..<2 {
            cabinet.scan("SF7444404156506")
            #expect(cabinet.types == [round == 0 ? .parcelCollected : .scanRejected])
            #expect(cabinet.answers == [.collected])
        }
        #expect(cabinet.status("SF7444404156506") == .collected)
        cabinet.wait(Limits.lastPickupMilliseconds + 1)
        cabinet.begin(.courier, proven: false)
        #expect(cabinet.deposit("SF7444404156506") == .shelf("S1-01"))
    }
}

@Suite("Keys that can be read again")
struct KeysReadTests {
    @Test("parcels are taken from then on, and no event says that anybody enrolled")
    func keysRead() {
        var cabinet = Cabinet(enrolled: false)
        cabinet.send(.keysRead(cabinet.credentials))
        #expect(cabinet.types == [])
        cabinet.begin(.courier, proven: false)
        #expect(cabinet.deposit("SF7444404156506") != nil)
        #expect(cabinet.replayed == cabinet.state)
    }
}

@Suite("A clock that comes from 1970")
struct FromEpochTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    init() {
        cabinet = Cabinet(enrolled: false)
        cabinet.now = Moment(wall: 60_000, uptime: 60_000, clock: .none)
        cabinet.send(.enrolled(cabinet.credentials, by: "tester"))
    }

    private mutating func timeIsKnown() {
        let before = cabinet.now
        cabinet.now = Moment(wall: Cabinet.newYear + 86_400_000, uptime: before.uptime + 1_000, clock: .ntp)
        let jump = cabinet.now.wall - before.wall
        cabinet.send(.clockChanged(before: before.clock, after: .ntp, jumpMilliseconds: jump))
    }

    @Test("what was announced under it is not a month old when the time is known, and its code stays")
    mutating func announced() {
        cabinet.announce([ManifestEntry(waybill: waybill, brand: "SF", operatorName: "sf")])
        timeIsKnown()
        #expect(cabinet.status(waybill) == .expected)
        cabinet.wait(29 * 86_400_000)
        cabinet.begin(.courier, proven: false)
        #expect(cabinet.deposit(waybill) == .door("A02"))
        #expect(cabinet.parcel(waybill)?.n == 0)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("the code of a pickup that nobody saw works for a day from the moment that the time is known")
    mutating func assumed() {
        cabinet = Cabinet(doors: Cabinet.blindDoors)
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.now = Moment(wall: 60_000, uptime: 60_000, clock: .none)
        cabinet.restart()
        cabinet.typeCode(of: waybill)
        let door = cabinet.pulses.first
        cabinet.scan("nonsense")
        #expect(cabinet.status(waybill) == .collected)
        timeIsKnown()
        cabinet.wait(23 * 3_600_000)
        cabinet.typeCode(of: waybill)
        #expect(cabinet.pulses.first == door && door != nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a shelf code that was typed before a fall of the clock hands nothing to who scans the parcel after it")
    mutating func released() {
        cabinet = Cabinet(doors: [])
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.typeCode(of: waybill)
        cabinet.now = Moment(wall: 60_000, uptime: 60_000, clock: .none)
        cabinet.restart()
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.status(waybill) == .stored)
    }
}
