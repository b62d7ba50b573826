import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// One code for the parts of a waybill (子母件): which of their doors it opens when one does not open or nobody saw it.
@Suite("The code of several parts")
struct PartCodeTests: TwoParts {
    private var cabinet = Cabinet()

    private var line: ManifestEntry {
        ManifestEntry(whole, of: "zhang", phone: "13812345678", size: .small, bag: "B7", run: "R7")
    }

    private mutating func bringParts() {
        cabinet.announce([line])
        cabinet.begin(.courier, proven: false)
        for part in [first, second] { _ = cabinet.deposit(part) }
        cabinet.end()
    }

    private var code: String { cabinet.code(of: whole) }

    @Test("without sensors the code goes round: each part may be the one whose door never opened")
    mutating func goesRound() {
        cabinet = Cabinet(doors: Cabinet.blindDoors, shelf: [])
        cabinet.announce([line])
        cabinet.begin(.courier, proven: false)
        for (part, door) in [(first, "B01"), (second, "B02")] as [(Waybill, DoorName)] {
            cabinet.scan(part.rawValue)
            cabinet.pulseEnds(door)
        }
        // The first ends the step.
        for _ in 1...2 { cabinet.end() }
        for door in ["B01", "B02", "B01", "B02", "B01"] as [DoorName] {
            cabinet.type(code)
            #expect(cabinet.pulses == [door])
            cabinet.pulseEnds(door)
        }
        #expect(cabinet.status(second) == .collected)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("for a minute the door that was seen shut last opens again, then one that nobody saw open")
    mutating func seenAndUnseen() {
        bringParts()
        cabinet.send(.level("A01", .unknown))
        cabinet.type(code)
        cabinet.pulseEnds("A01")
        cabinet.type(code)
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        cabinet.type(code)
        #expect(cabinet.pulses == ["A02"] && cabinet.event(DoorUnlockRequested.self)?.purpose == .reopen)
        cabinet.openAndShut("A02")
        cabinet.wait(Limits.reopenMilliseconds)
        cabinet.type(code)
        #expect(cabinet.pulses == ["A01"])
    }

    @Test("a part that only came in with its bag hides none that nobody saw leave")
    mutating func notStoredYet() {
        cabinet.announce([line])
        cabinet.begin(.courier, proven: false)
        cabinet.scan("B7")
        _ = cabinet.deposit(first)
        cabinet.end()
        #expect(cabinet.place(of: first) == "A01")
        cabinet.send(.level("A01", .unknown))
        for _ in 1...2 {
            cabinet.type(code)
            #expect(cabinet.pulses == ["A01"])
            cabinet.pulseEnds("A01")
        }
    }

    @Test("a part behind an abnormal door hides no other, by the code and by Enter", arguments: [true, false])
    mutating func abnormalDoor(byEnter: Bool) {
        cabinet.announce([line])
        cabinet.begin(.keeper)
        for number in 1...3 {
            _ = cabinet.deposit(Waybill(rawValue: "\(whole)-\(number)-3-"))
            if number == 2 { cabinet.card(.abnormal) }
        }
        cabinet.end()
        cabinet.type(code)
        #expect(cabinet.pulses == ["A01"])
        cabinet.openAndShut("A01")
        cabinet.type(byEnter ? "" : code)
        #expect(cabinet.pulses == ["A03"])
        cabinet.openAndShut("A03")
        cabinet.type(byEnter ? "" : code)
        #expect(cabinet.pulses.isEmpty && cabinet.answers == [.codeAmbiguous], "the keeper sees to it")
    }

    @Test("nor one whose door did not open: it is tried again after the others")
    mutating func stuckDoor() {
        bringParts()
        cabinet.type(code)
        cabinet.pulseEnds("A01", fault: "stuck")
        #expect(cabinet.answers == [.doorFailed])
        cabinet.type(code)
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        cabinet.type(code)
        #expect(cabinet.pulses == ["A01"])
    }

    @Test("nor one whose door is open for something else")
    mutating func busyDoor() {
        bringParts()
        cabinet.type(cabinet.supportCode("A01", for: "", counter: 0))
        #expect(cabinet.pulses == ["A01"])
        cabinet.type(code)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("the announced code opens a part, too, whose recipient was told its own before the manifest came")
    mutating func bothCodes() {
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(first)
        cabinet.end()
        cabinet.command(.notices([Notice(waybill: first)]))
        cabinet.announce([line])
        #expect(cabinet.parcel(first)?.codeOf == nil)
        cabinet.type(code)
        #expect(cabinet.pulses.count == 1)
    }

    @Test("a part of a parcel whose phone was typed gets the county's key with the manifest, as its parent does")
    mutating func typedParent() {
        cabinet.announce([ManifestEntry(whole)])
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(whole)
        cabinet.wait(3_000)
        cabinet.send(.text("13812345678", from: TextSource(device: "1-2", role: .keypad, recipientKey: "r1")))
        _ = cabinet.deposit(second)
        #expect([whole, second].allSatisfy { cabinet.parcel($0)?.recipientKey == "r1" })
        #expect([whole, second].allSatisfy { cabinet.parcel($0)?.hasCountysKey == false })
        cabinet.announce([line])
        #expect([whole, second].allSatisfy { cabinet.parcel($0)?.recipientKey == "zhang" })
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a part whose suffix was read wrong and says no count does not end the wait for the others")
    mutating func misread() {
        cabinet.announce([line])
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit("JD0118080218877-1-3-")
        _ = cabinet.deposit("JD0118080218877-0-3-")
        #expect(cabinet.status(whole) == .expected)
        _ = cabinet.deposit("JD0118080218877-3-3-")
        #expect(cabinet.status(whole) == .inParts)
    }
}
