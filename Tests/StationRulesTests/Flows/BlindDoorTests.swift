import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("Doors without a sensor")
struct BlindDoorTests {
    private var cabinet = Cabinet(doors: Cabinet.blindDoors, shelf: [])

    private mutating func startDeposit() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        cabinet.pulseEnds("B01")
    }

    @Test("the next scan ends the step, as assumed")
    mutating func nextScan() {
        startDeposit()
        #expect(cabinet.actions == [.timer(.assumed("B01", cycle: 1), afterMilliseconds: 60_000)])
        cabinet.scan("YT8962646785389")
        #expect(cabinet.types == [.parcelStored, .parcelReceived, .doorUnlockRequested])
        #expect(cabinet.event(ParcelStored.self)?.evidence == .assumed)
        #expect(cabinet.event(ParcelStored.self)?.doorOpenedAt == nil)
        #expect(cabinet.answers == [.stored, .putIn])
        #expect(cabinet.pulses == ["B02"])
    }

    @Test("the END card ends it too, and so do sixty seconds", arguments: [true, false])
    mutating func endOrTime(card: Bool) {
        startDeposit()
        if card {
            cabinet.scan("VLK1:END")
        } else {
            cabinet.wait(60_000)
            cabinet.send(.timer(.assumed("B01", cycle: 1)))
        }
        #expect(cabinet.types.first == .parcelStored)
        #expect(cabinet.state.door("B01").contents == .unknown)
        #expect(cabinet.state.door("B01").cycle == nil)
    }

    @Test("the words of a card on a number pad are a line like any other", arguments: ["VLK1:NO", "VLK1:END"])
    mutating func typedCard(words: String) {
        startDeposit()
        cabinet.type(words)
        #expect(cabinet.types == [.parcelStored, .scanRejected])
        #expect(cabinet.event(ParcelStored.self)?.evidence == .assumed)
        #expect(cabinet.answers == [.stored, .unknownCode])
        #expect(cabinet.state.session != nil)
    }

    @Test("levels of a line that is not wired are ignored")
    mutating func noLine() {
        startDeposit()
        cabinet.send(.level("B01", .open))
        cabinet.send(.level("B01", .closed))
        #expect(cabinet.events.isEmpty)
    }

    private mutating func pickUpAssumed() {
        startDeposit()
        cabinet.scan("VLK1:END")
        cabinet.type("18081673")
        cabinet.pulseEnds("B01")
        cabinet.wait(60_000)
        cabinet.send(.timer(.assumed("B01", cycle: 2)))
    }

    @Test("after an assumed pickup the contents are unknown and the code works again for a day")
    mutating func codeAgain() {
        pickUpAssumed()
        #expect(cabinet.event(ParcelCollected.self)?.evidence == .assumed)
        #expect(cabinet.state.door("B01").contents == .unknown)
        cabinet.wait(23 * 3_600_000)
        cabinet.type("18081673")
        #expect(cabinet.answers == [.takeOut])
        #expect(cabinet.pulses == ["B01"])
    }

    @Test("a day later it is over")
    mutating func codeOver() {
        pickUpAssumed()
        cabinet.wait(86_400_000)
        cabinet.type("18081673")
        #expect(cabinet.answers == [.askKeeper])
    }

    @Test("no deposit goes there until a keeper confirms it empty, and then the old code is dead")
    mutating func untilAudited() {
        pickUpAssumed()
        #expect(cabinet.deposit("YT8962646785389") == nil)
        cabinet.scan("VLK1:END")
        #expect(cabinet.state.parcels["YT8962646785389"]?.place == .door("B02"))
        cabinet.audit("B01")
        cabinet.pulseEnds("B01")
        cabinet.scan("VLK1:EMPTY")
        #expect(cabinet.answers == [.auditEmpty])
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("JT5261988016578")
        #expect(cabinet.pulses == ["B01"])
        cabinet.pulseEnds("B01")
        cabinet.scan("VLK1:END")
        cabinet.type("18081673")
        #expect(cabinet.answers == [.askKeeper], "the old code must not open a door with another parcel behind it")
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("a parcel that is just going out again is neither announced nor taken in anew")
    mutating func goingOut() {
        pickUpAssumed()
        cabinet.type("18081673")
        let entry = ManifestEntry(waybill: "SF7444404156506", brand: "SF", operatorName: "sf")
        cabinet.send(.command(Command(id: "c1", number: 1, kind: .manifest(id: "m1", entries: [entry]))))
        #expect(cabinet.types == [.commandReceived, .commandCompleted])
        cabinet = Cabinet()
        _ = cabinet.deposit("SF7444404156506")
        cabinet.send(.level("A02", .unknown))
        for _ in 0..<2 {
            cabinet.typeCode(of: "SF7444404156506")
            cabinet.pulseEnds("A02")
            cabinet.send(.timer(.assumed("A02", cycle: cabinet.state.door("A02").cycle?.id ?? 0)))
        }
        cabinet.send(.level("A02", .closed))
        cabinet.typeCode(of: "SF7444404156506")
        cabinet.open("A02")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.event(ScanRejected.self)?.reason == .outOfContext)
        #expect(cabinet.answers == [.doorBusy])
        cabinet.shut("A02")
        #expect(cabinet.status("SF7444404156506") == .collected)
    }

    @Test("an assumed pickup comes back to the books as collected once only, however often it is opened")
    mutating func opensTwice() {
        pickUpAssumed()
        cabinet.type("18081673")
        cabinet.pulseEnds("B01")
        cabinet.wait(60_000)
        cabinet.send(.timer(.assumed("B01", cycle: 3)))
        #expect(cabinet.status("SF7444404156506") == .collected)
        #expect(cabinet.state.waiting.isEmpty)
    }

    @Test("what the books have there is looked into only with a reason", arguments: [true, false])
    mutating func reason(byDoor: Bool) {
        cabinet = Cabinet(doors: Cabinet.blindDoors)
        cabinet.begin(.keeper)
        cabinet.scan("SF7444404156506")
        cabinet.pulseEnds("B01")
        cabinet.scan("nonsense")
        #expect(cabinet.state.door("B01").contents == .unknown && cabinet.place(of: "SF7444404156506") == "B01")
        cabinet.card(byDoor ? .door("B01") : .audit)
        #expect(cabinet.pulses == (byDoor ? [] : ["B02"]))
        if byDoor { #expect(cabinet.answers == [.askReason]) }
        cabinet.card(.reason(6))
        cabinet.card(byDoor ? .door("B01") : .audit)
        #expect(cabinet.pulses.contains("B01"))
    }
}
