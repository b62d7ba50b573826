import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("Doors that do not do what they should")
struct DoorFaultTests {
    private var cabinet = Cabinet()

    private mutating func startDeposit() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
    }

    @Test("a door that does not open gets three pulses, each longer, then the parcel gets another door")
    mutating func retries() {
        startDeposit()
        for next: Int64 in [300, 500] {
            cabinet.pulseEnds("A02")
            #expect(cabinet.actions.contains { if case .timer(.openWait, 1_500) = $0 { true } else { false } })
            cabinet.openWaitEnds("A02")
            #expect(cabinet.types == [.doorUnlockRequested])
            #expect(cabinet.pulseLengths == [next])
            #expect(cabinet.answers == [.doorTryAgain])
        }
        cabinet.pulseEnds("A02")
        cabinet.openWaitEnds("A02")
        #expect(cabinet.types == [.doorOpenFailed, .doorOutOfService, .doorUnlockRequested])
        #expect(cabinet.event(DoorOpenFailed.self)?.attempts == 3)
        #expect(cabinet.pulses == ["A03"])
        #expect(cabinet.actions.contains(.answer(Answer(.putInstead, "6506 -> A03"))))
        cabinet.open("A03")
        cabinet.shut("A03")
        #expect(cabinet.state.parcels["SF7444404156506"]?.place == .door("A03"))
        #expect(cabinet.state.door("A02").outOfService != nil)
        #expect(cabinet.deposit("YT8962646785389") == .door("A04"))
    }

    @Test(
        "when no other door is left the parcel goes to the shelf, else the courier keeps it",
        arguments: [true, false]
    )
    mutating func lastDoor(shelf: Bool) {
        let doors = [DoorSettings(name: "A02", size: .medium)]
        cabinet = Cabinet(doors: doors, shelf: shelf ? ["S1-01"] : [])
        startDeposit()
        cabinet.pulseEnds("A02", fault: "line busy")
        #expect(cabinet.types.prefix(2) == [.doorOpenFailed, .doorOutOfService])
        #expect(cabinet.answers == (shelf ? [.shelveInstead] : [.full]))
        if shelf { #expect(cabinet.actions.contains(.answer(Answer(.shelveInstead, "6506 -> S1-01")))) }
        #expect(cabinet.status("SF7444404156506") == (shelf ? .stored : .received))
    }

    @Test("a fault of the pulse is not tried again")
    mutating func pulseFault() {
        startDeposit()
        cabinet.pulseEnds("A02", fault: "the line cannot be set")
        #expect(cabinet.event(DoorOpenFailed.self)?.reason == "the line cannot be set")
        #expect(cabinet.pulses == ["A03"])
    }

    @Test("a pickup whose door does not open leaves the parcel stored and sends to the keeper")
    mutating func pickupFails() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.typeCode(of: "SF7444404156506")
        for _ in 0..<3 {
            cabinet.pulseEnds("A02")
            cabinet.openWaitEnds("A02")
        }
        #expect(cabinet.types == [.doorOpenFailed])
        #expect(cabinet.answers == [.doorFailed])
        #expect(cabinet.status("SF7444404156506") == .stored)
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.answers == [.takeOut])
    }

    @Test("a sensor that reads open already counts as opened: a broken cable locks nobody out")
    mutating func readsOpen() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.send(.level("A02", .open))
        cabinet.typeCode(of: "SF7444404156506")
        cabinet.pulseEnds("A02")
        cabinet.openWaitEnds("A02")
        #expect(cabinet.types == [.doorOpened])
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelCollected])
    }

    @Test("late timers and results of an old opening do nothing")
    mutating func late() {
        startDeposit()
        cabinet.open("A02")
        for input: Input in [
            .pulseEnded("A02", cycle: 1, fault: "late"), .pulseEnded("A02", cycle: 9, fault: nil),
            .timer(.openWait("A02", cycle: 1, attempt: 1)), .timer(.openWait("A02", cycle: 9, attempt: 1)),
            .timer(.assumed("A02", cycle: 1)), .timer(.leftOpen("A02", cycle: 7)), .level("A02", .open),
            .level("Z99", .open), .pulseEnded("Z99", cycle: 1, fault: nil),
        ] {
            cabinet.send(input)
            #expect(cabinet.events.isEmpty && cabinet.actions.isEmpty, "\(input)")
        }
    }

    @Test("an opening that nobody asked for is on record and makes the contents unknown")
    mutating func unexpected() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.send(.level("A02", .open))
        #expect(cabinet.types == [.doorOpenedUnexpectedly])
        #expect(cabinet.answers == [.shutDoor])
        #expect(cabinet.state.door("A02").contents == .unknown)
        #expect(cabinet.actions.contains(.timer(.leftOpen("A02", cycle: 0), afterMilliseconds: 30_000)))
        cabinet.wait(30_000)
        cabinet.send(.timer(.leftOpen("A02", cycle: 0)))
        #expect(cabinet.event(DoorLeftOpen.self)?.openMilliseconds == 30_000)
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed])
    }

    @Test("a door left open after a pickup is reminded of")
    mutating func leftOpen() {
        cabinet.openForPickup("SF7444404156506")
        cabinet.wait(30_000)
        cabinet.send(.timer(.leftOpen("A02", cycle: 2)))
        #expect(cabinet.types == [.doorLeftOpen])
        #expect(cabinet.answers == [.shutDoor])
        cabinet.shut("A02")
        #expect(cabinet.answers == [.collected])
    }

    @Test("a sensor that dies makes the door unknown: no deposit goes there")
    mutating func sensorDies() {
        cabinet.send(.level("A02", .unknown))
        #expect(cabinet.types == [.doorSensorFault])
        #expect(cabinet.deposit("SF7444404156506") == .door("A03"))
    }

    @Test("a sensor that dies in the middle of a step leaves it to the clock")
    mutating func diesOpen() {
        startDeposit()
        cabinet.open("A02")
        cabinet.send(.level("A02", .unknown))
        #expect(cabinet.actions.contains(.timer(.assumed("A02", cycle: 1), afterMilliseconds: 60_000)))
        cabinet.wait(60_000)
        cabinet.send(.timer(.assumed("A02", cycle: 1)))
        #expect(cabinet.event(ParcelStored.self)?.evidence == .assumed)
        #expect(cabinet.event(ParcelStored.self)?.doorOpenedAt == cabinet.now.wall - 60_000)
    }

    @Test("a pickup that no sensor saw points to no recording of an earlier opening")
    mutating func staleRecording() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.send(.level("A02", .unknown))
        cabinet.typeCode(of: "SF7444404156506")
        cabinet.pulseEnds("A02")
        cabinet.wait(60_000)
        cabinet.send(.timer(.assumed("A02", cycle: 2)))
        #expect(cabinet.event(ParcelCollected.self)?.evidence == .assumed)
        #expect(cabinet.event(ParcelCollected.self)?.doorOpenedAt == nil)
    }
}
