import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("An audit of all doors")
struct AuditModeTests: Parcels {
    private var cabinet = Cabinet()

    @Test("opens empty doors in turn and leaves the occupied ones shut")
    mutating func empties() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, by: .audit)
        #expect(cabinet.types == [.sessionWorkChanged, .auditStarted, .doorUnlockRequested])
        for (door, next) in [("A01", "A03"), ("A03", "A04"), ("A04", "A05"), ("A05", nil)] as [(DoorName, DoorName?)] {
            #expect(cabinet.pulses == [door])
            cabinet.open(door)
            cabinet.card(.empty)
            #expect(cabinet.event(AuditFinished.self)?.door == door)
            #expect(cabinet.pulses == (next.map { [$0] } ?? []))
        }
        #expect(cabinet.state.session?.queue.isEmpty == true)
        #expect(cabinet.status(one) == .stored)
    }

    @Test("with a reason the occupied ones too: the parcel confirms them")
    mutating func occupied() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, by: .reason(3), .audit)
        cabinet.open("A01")
        cabinet.card(.empty)
        #expect(cabinet.pulses == ["A02"])
        cabinet.open("A02")
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.auditFinished, .doorUnlockRequested])
        #expect(cabinet.event(AuditFinished.self)?.contents == .occupied)
        #expect(cabinet.pulses == ["A03"])
        cabinet.shut("A02")
        cabinet.typeCode(of: one)
        #expect(cabinet.answers == [.takeOut])
    }

    @Test("a door nobody knows about is looked into without a reason, unless the books have a parcel there")
    mutating func unknown() {
        cabinet.bring(ManifestEntry(one))
        for door: DoorName in ["A01", "A02"] {
            cabinet.send(.level(door, .open))
            cabinet.shut(door)
        }
        cabinet.begin(.keeper, by: .audit)
        #expect(cabinet.state.door("A01").contents == .unknown && cabinet.pulses == ["A01"])
        #expect(cabinet.state.session?.queue == ["A03", "A04", "A05"])
        cabinet.end()
        cabinet.shut("A01")
        cabinet.begin(.keeper, by: .reason(6), .audit)
        cabinet.open("A01")
        cabinet.card(.empty)
        #expect(cabinet.pulses == ["A02"])
        cabinet.open("A02")
        cabinet.card(.empty)
        #expect(cabinet.event(AuditDifference.self)?.finding == .missing)
        #expect(cabinet.status(one) == .missing)
    }

    @Test(
        "what a villager left behind a door nobody knows about needs a reason as parcels do",
        arguments: [true, false]
    )
    mutating func unknownDropOff(byCardOfDoor: Bool) {
        cabinet.dropOff(one)
        cabinet.send(.level("A02", .open))
        cabinet.shut("A02")
        #expect(cabinet.state.door("A02").contents == .unknown)
        cabinet.begin(.keeper)
        cabinet.card(byCardOfDoor ? .door("A02") : .audit)
        if byCardOfDoor {
            #expect(cabinet.reason == .outOfContext && cabinet.answers == [.askReason])
        } else {
            #expect(cabinet.state.session?.queue == ["A03", "A04", "A05"])
        }
        cabinet.end()
        cabinet.begin(.keeper, by: .reason(4))
        cabinet.card(.door("A02"))
        cabinet.open("A02")
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.auditFinished])
        #expect(cabinet.state.shipments[one]?.place == .door("A02"))
    }

    @Test("a door in the row that was not seen open is out of service, and NEXT opens the next, but nobody's Enter")
    mutating func stuck() {
        cabinet.begin(.keeper, by: .audit)
        cabinet.pulseEnds("A01", fault: "stuck")
        #expect(cabinet.types == [.doorOpenFailed, .doorOutOfService])
        #expect(cabinet.answers == [.auditStuck])
        cabinet.type("")
        #expect(cabinet.pulses.isEmpty && cabinet.answers == [.nothingFollows])
        cabinet.card(.next)
        #expect(cabinet.types == [.doorUnlockRequested])
        #expect(cabinet.pulses == ["A02"])
        cabinet.open("A02")
        cabinet.card(.empty)
        #expect(cabinet.pulses == ["A03"])
    }

    @Test("what the keeper scans at a door whose sensor missed it is booked behind no other door")
    mutating func unseen() {
        cabinet.begin(.keeper, by: .audit)
        for _ in Limits.pulseMilliseconds {
            cabinet.pulseEnds("A01")
            cabinet.openWaitEnds("A01")
        }
        #expect(cabinet.answers == [.auditStuck])
        for text in [one.rawValue, Card.empty.text] {
            cabinet.scan(text)
            #expect(cabinet.types == [.scanRejected])
            #expect(cabinet.answers == [.auditStuck])
        }
        // The key moves it, and the sensor with it: its card settles it, and the row goes on.
        cabinet.send(.level("A01", .open))
        cabinet.card(.door("A01"))
        cabinet.pulseEnds("A01")
        cabinet.openWaitEnds("A01")
        cabinet.card(.empty)
        #expect(cabinet.event(AuditFinished.self)?.door == "A01")
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("NEXT leads no row on while its door is being looked into, nor when none is left")
    mutating func nothingToLead() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A01", size: .small), DoorSettings(name: "A02", size: .small)])
        cabinet.begin(.keeper, by: .audit)
        cabinet.open("A01")
        cabinet.card(.next)
        #expect(cabinet.answers == [.nothingFollows])
        cabinet.card(.empty)
        cabinet.pulseEnds("A02", fault: "stuck")
        #expect(cabinet.answers == [.auditFailed])
        cabinet.card(.next)
        #expect(cabinet.answers == [.nothingFollows])
    }

    @Test("between two doors, and after the last, a scan is no deposit")
    mutating func noDeposit() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A01", size: .small)])
        cabinet.begin(.keeper, by: .audit)
        cabinet.scan(one.rawValue)
        #expect(cabinet.answers == [.doorBusy])
        cabinet.open("A01")
        cabinet.card(.empty)
        cabinet.shut("A01")
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.scanReceive])
        #expect(cabinet.parcel(one) == nil)
    }

    @Test("an abnormal door is left out")
    mutating func abnormal() {
        cabinet.begin(.keeper)
        cabinet.scan("VLK1:DOOR:A01")
        cabinet.open("A01")
        cabinet.card(.empty)
        cabinet.shut("A01")
        cabinet.card(.abnormal)
        #expect(cabinet.event(DoorOutOfService.self)?.person == TestKeys.person(.keeper))
        cabinet.card(.audit)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("a door at which a recipient stands meanwhile is passed over")
    mutating func inUse() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, by: .reason(1), .audit)
        cabinet.open("A01")
        cabinet.typeCode(of: one)
        cabinet.open("A02")
        cabinet.card(.empty)
        #expect(cabinet.event(SessionWorkChanged.self)?.detail == "A02")
        #expect(cabinet.pulses == ["A03"])
        cabinet.shut("A02")
        #expect(cabinet.status(one) == .collected)
    }

    @Test("several parcels behind one door: each is scanned", arguments: [true, false])
    mutating func several(areBothThere: Bool) {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium), DoorSettings(name: "A03", size: .medium)])
        cabinet.bringTogether(one, two, of: "k1")
        cabinet.begin(.keeper, by: .reason(1), .audit)
        cabinet.open("A02")
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.doorParcelAdded])
        #expect(cabinet.answers == [.scanRest])
        cabinet.scan(one.rawValue)
        #expect(cabinet.reason == .doubled)
        if areBothThere { cabinet.scan(two.rawValue) } else { cabinet.card(.empty) }
        #expect(cabinet.event(AuditFinished.self)?.contents == .occupied)
        #expect(cabinet.pulses == ["A03"])
        #expect(cabinet.status(one) == .stored)
        #expect(cabinet.status(two) == (areBothThere ? .stored : .missing))
        cabinet.shut("A02")
        cabinet.typeCode(of: one)
        #expect(cabinet.event(DoorUnlockRequested.self)?.waybills == (areBothThere ? [one, two] : [one]))
    }

    @Test("two parcels behind a door that nobody knows about are both scanned, in any order", arguments: [true, false])
    mutating func doubtful(isFirstFirst: Bool) {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        cabinet.bringTogether(one, two, of: "k1")
        cabinet.send(
            .journalReplaced(JournalReplaced(previous: "00", lastSequence: "1", lastHash: "00", reason: .restored))
        )
        let order = isFirstFirst ? [one, two] : [two, one]
        #expect(order.allSatisfy { cabinet.parcel($0)?.isDoubtful == true })
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(order[0].rawValue)
        #expect(cabinet.answers == [.scanRest] && cabinet.status(order[1]) == .stored)
        cabinet.scan(order[1].rawValue)
        #expect(cabinet.answers == [.auditHolds])
        #expect(order.allSatisfy { cabinet.status($0) == .stored && cabinet.parcel($0)?.isDoubtful == false })
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("one more of the same recipient in front of the expected one makes it not missing", arguments: [true, false])
    mutating func oneMore(isExpectedThere: Bool) {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)])
        cabinet.announce([ManifestEntry(two, of: "k1")])
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(two.rawValue)
        #expect(cabinet.answers == [.scanRest] && cabinet.status(one) == .stored)
        if isExpectedThere { cabinet.scan(one.rawValue) } else { cabinet.card(.empty) }
        #expect(cabinet.answers == [.auditHolds])
        #expect(cabinet.status(one) == (isExpectedThere ? .stored : .missing))
        #expect(cabinet.place(of: two) == "A02" && cabinet.state.door("A02").contents == .occupied)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a stranger's parcel may not stay with the expected one: that comes in anew, under its own code")
    mutating func stranger() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(two.rawValue)
        #expect(cabinet.answers == [.auditHolds] && cabinet.status(one) == .missing)
        cabinet.end()
        cabinet.shut("A02")
        cabinet.begin(.keeper)
        let door = cabinet.deposit(one)
        #expect(door != nil && door != .door("A02") && cabinet.status(one) == .stored && cabinet.parcel(one)?.n == 0)
    }

    @Test("a stranger's parcel beside one that was scanned is to be taken out, and makes nothing missing")
    mutating func strangerBeside() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium), DoorSettings(name: "A03", size: .medium)])
        cabinet.bringTogether(one, two, of: "k1")
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(one.rawValue)
        cabinet.scan("YT8962646785390")
        #expect(cabinet.types == [.scanRejected] && cabinet.answers == [.anothersParcel])
        #expect(cabinet.status(two) == .stored && cabinet.parcel("YT8962646785390") == nil)
        cabinet.scan(two.rawValue)
        #expect(cabinet.answers == [.auditHolds] && cabinet.status(two) == .stored)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("ended in the middle: the open door is unknown, the rest as before")
    mutating func ended() {
        cabinet.begin(.keeper, by: .audit)
        cabinet.open("A01")
        cabinet.end()
        #expect(cabinet.event(AuditDifference.self)?.finding == .interrupted)
        #expect(cabinet.state.door("A01").contents == .unknown)
        #expect(cabinet.state.door("A02").contents == .empty)
    }

    @Test("the keeper alone, with the PIN", arguments: Role.allCases)
    mutating func roles(role: Role) {
        cabinet.begin(role, proven: false)
        cabinet.card(.audit)
        #expect(cabinet.answers == [role == .keeper ? .needsPIN : .notForYou])
        cabinet.begin(role, by: .audit)
        #expect(cabinet.pulses == (role == .keeper ? ["A01"] : []))
    }

    @Test("a recipient's code goes on to work during an audit")
    mutating func meanwhile() {
        cabinet.bring(ManifestEntry(one))
        cabinet.begin(.keeper, by: .audit)
        cabinet.open("A01")
        cabinet.collect(one)
        #expect(cabinet.status(one) == .collected)
        cabinet.card(.empty)
        #expect(cabinet.pulses == ["A03"])
    }
}
