import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("A keeper settles what is behind a door")
struct AuditTests {
    private var cabinet = Cabinet()

    @Test("a door opens by badge and PIN only", arguments: [Role.keeper, .technician, .courier])
    mutating func badgeAndPIN(role: Role) {
        cabinet.scan("VLK1:DOOR:A02")
        #expect(cabinet.answers == [.needsPIN])
        cabinet.scan(cabinet.badge(role))
        cabinet.scan("VLK1:DOOR:A02")
        // A PIN would not help a courier.
        #expect(cabinet.answers == [role == .courier ? .notForYou : .needsPIN])
        cabinet.givePINs()
        cabinet.type(Cabinet.keeperPIN)
        cabinet.scan("VLK1:DOOR:A02 ")
        #expect(cabinet.pulses == (role == .courier ? [] : ["A02"]))
    }

    @Test("it is empty: the parcel of the books is missing and the door is free again")
    mutating func empty() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.audit("A02")
        #expect(cabinet.types == [.auditStarted, .doorUnlockRequested])
        #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "badge 0000000000000402")
        #expect(cabinet.answers == [.auditOpened])
        cabinet.open("A02")
        cabinet.scan("VLK1:EMPTY")
        #expect(cabinet.types == [.auditDifference, .auditFinished])
        #expect(cabinet.event(AuditDifference.self)?.finding == .missing)
        #expect(cabinet.status("SF7444404156506") == .missing)
        #expect(cabinet.state.door("A02").contents == .empty)
        cabinet.shut("A02")
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.answers == [.askKeeper])
        cabinet.scan("YT8962646785389")
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("a technician who tested a door says that it is empty, and the cabinet stays open for deposits")
    mutating func tested() {
        cabinet.begin(.technician)
        for door in ["A01", "A02", "A03", "A04"] as [DoorName] {
            cabinet.card(.door(door.rawValue))
            #expect(cabinet.answers == [.auditOpened])
            cabinet.open(door)
            cabinet.shut(door)
            cabinet.card(.empty)
            #expect(cabinet.answers == [.auditEmpty])
            #expect(cabinet.event(AuditFinished.self)?.person == TestKeys.person(.technician))
            #expect(cabinet.state.door(door).contents == .empty)
        }
        cabinet.begin(.courier)
        #expect(cabinet.deposit("SF7444404156506") != nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a technician who finds a parcel behind a tested door scans it, as a keeper does")
    mutating func testedWithParcel() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.begin(.technician)
        cabinet.card(.reason(6))
        cabinet.card(.door("A02"))
        cabinet.open("A02")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.types == [.auditFinished] && cabinet.answers == [.auditHolds])
        cabinet.shut("A02")
        cabinet.card(.door("A03"))
        cabinet.open("A03")
        cabinet.scan("YT8962646785389")
        #expect(cabinet.types == [.auditDifference, .parcelReceived, .parcelStored, .auditFinished])
        cabinet.shut("A03")
        cabinet.scan("YT8962646785390")
        #expect(cabinet.answers == [.notForYou], "what is no finding is no work of a technician")
    }

    @Test("it holds the parcel of the books: nothing differs")
    mutating func asBooked() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.send(.level("A02", .open))
        cabinet.shut("A02")
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.types == [.auditFinished])
        #expect(cabinet.answers == [.auditHolds])
        #expect(cabinet.state.door("A02").contents == .occupied)
        cabinet.shut("A02")
        cabinet.typeCode(of: "SF7444404156506")
        #expect(cabinet.answers == [.takeOut])
    }

    @Test("it holds a parcel that the books had elsewhere, or did not have")
    mutating func found() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.audit("A04")
        cabinet.open("A04")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.event(AuditDifference.self)?.finding == .found)
        #expect(cabinet.state.parcels["SF7444404156506"]?.place == .door("A04"))
        cabinet.shut("A04")
        cabinet.scan("VLK1:DOOR:A03")
        cabinet.open("A03")
        cabinet.scan("YT8962646785389")
        #expect(cabinet.types == [.auditDifference, .parcelReceived, .parcelStored, .auditFinished])
        #expect(cabinet.event(ParcelStored.self)?.evidence == .scanned)
        #expect(cabinet.state.door("A03").contents == .occupied)
        #expect(cabinet.state.door("A03").cycle == nil)
    }

    @Test(
        "a parcel found elsewhere ends what was under way for it at another door",
        arguments: [Purpose.deposit, .pickup]
    )
    mutating func foundWhileUnderWay(purpose: Purpose) {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        cabinet.open("A02")
        if purpose == .pickup {
            cabinet.shut("A02")
            cabinet.typeCode(of: "SF7444404156506")
            cabinet.open("A02")
        }
        cabinet.audit("A03")
        cabinet.open("A03")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.event(AuditDifference.self)?.finding == .interrupted)
        #expect(cabinet.event(AuditDifference.self)?.door == "A02")
        #expect(cabinet.state.door("A02").contents == .unknown)
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed])
        #expect(cabinet.state.parcels["SF7444404156506"]?.place == .door("A03"))
        #expect(cabinet.status("SF7444404156506") == .stored)
    }

    @Test("a parcel whose deposit was interrupted is found")
    mutating func afterInterruption() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        cabinet.open("A02")
        cabinet.restart()
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.status("SF7444404156506") == .stored)
        #expect(cabinet.state.door("A02").contents == .occupied)
    }

    @Test("a door out of service comes back after an audit that saw its sensor work")
    mutating func backInService() {
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        cabinet.pulseEnds("A02", fault: "stuck")
        cabinet.open("A03")
        cabinet.shut("A03")
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan("VLK1:EMPTY")
        #expect(cabinet.types == [.doorBackInService, .auditFinished])
        #expect(cabinet.state.door("A02").outOfService == nil)
    }

    @Test("a door that is shut, opened again and then settled is known to be open")
    mutating func openedAgain() {
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.shut("A02")
        cabinet.send(.level("A02", .open))
        #expect(cabinet.state.door("A02").level == .open)
        cabinet.scan("VLK1:EMPTY")
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("SF7444404156506")
        #expect(cabinet.pulses == ["A03"], "no deposit behind a door that stands open")
    }

    @Test("what is found is scanned before the open door: shut, it asks for its card, and EMPTY does not free it")
    mutating func foundShut() {
        cabinet.audit("A04")
        cabinet.open("A04")
        cabinet.shut("A04")
        for text in ["SF7444404156506", Card.empty.text] {
            cabinet.scan(text)
            #expect(cabinet.types == [.scanRejected] && cabinet.answers == [.auditShut])
        }
        cabinet.card(.door("A04"))
        #expect(cabinet.pulses == ["A04"])
        cabinet.open("A04")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.answers == [.auditHolds] && cabinet.state.door("A04").contents == .occupied)
    }

    @Test(
        "a card that asks for a parcel gets it, also while a door is looked into: it is no finding there",
        arguments: [Card.delegate(.relative), .handOut, .move, .told]
    )
    mutating func askedMeanwhile(card: Card) {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.end()
        cabinet.audit("A04")
        cabinet.open("A04")
        cabinet.card(card)
        cabinet.scan("SF7444404156506")
        #expect(!cabinet.types.contains(.auditDifference) && !cabinet.types.contains(.auditFinished))
        #expect(cabinet.place(of: "SF7444404156506") == "A02" || card == .move)
        cabinet.card(.empty)
        #expect(cabinet.state.door("A04").contents == .empty)
    }

    @Test("an audit that nobody settles leaves the contents unknown", arguments: ["VLK1:END", "VLK1:DOOR:A03"])
    mutating func unsettled(next: String) {
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.shut("A02")
        cabinet.scan(next)
        #expect(cabinet.event(AuditDifference.self)?.finding == .interrupted)
        #expect(cabinet.state.door("A02").contents == .unknown)
        #expect(cabinet.state.door("A02").cycle == nil)
    }

    @Test("a door that does not open is not settled by the next scan")
    mutating func neverOpened() {
        cabinet.audit("A02")
        cabinet.scan("VLK1:EMPTY")
        #expect(cabinet.event(ScanRejected.self)?.reason == .outOfContext)
        cabinet.pulseEnds("A02", fault: "stuck")
        #expect(cabinet.types == [.doorOpenFailed, .doorOutOfService])
        #expect(cabinet.answers == [.auditFailed])
        // What the keeper found there is no parcel that is brought, until a card says so.
        for text in ["SF7444404156506", "VLK1:EMPTY"] {
            cabinet.scan(text)
            #expect(cabinet.types == [.scanRejected])
            #expect(cabinet.answers == [.auditFailed])
        }
        cabinet.card(.receive)
        cabinet.scan("SF7444404156506")
        #expect(cabinet.event(ParcelReceived.self)?.waybill == "SF7444404156506")
        #expect(cabinet.pulses == ["A03"])
    }

    @Test("a door that does not open is opened with the key, and settled after its card was scanned again")
    mutating func openedByKey() {
        cabinet.audit("A02")
        cabinet.pulseEnds("A02", fault: "stuck")
        cabinet.send(.level("A02", .open))
        cabinet.scan("VLK1:DOOR:A02")
        cabinet.pulseEnds("A02")
        cabinet.openWaitEnds("A02")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.answers == [.auditHolds])
        #expect(cabinet.place(of: "SF7444404156506") == "A02")
    }

    @Test("while the pulse is under way nothing is taken in")
    mutating func notYetOpen() {
        cabinet.audit("A02")
        cabinet.scan("SF7444404156506")
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.doorBusy])
        #expect(cabinet.parcel("SF7444404156506") == nil)
    }

    @Test("with the door shut again only what is expected there is a finding")
    mutating func shutAgain() {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.audit("A02")
        cabinet.openAndShut("A02")
        cabinet.scan("YT8962646785389")
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.auditShut])
        #expect(cabinet.parcel("YT8962646785389") == nil)
        cabinet.scan("SF7444404156506")
        #expect(cabinet.types == [.auditFinished])
        cabinet.card(.receive)
        #expect(cabinet.deposit("YT8962646785389") == .door("A03"))
    }

    @Test("an occupied door is looked into only with a reason", arguments: [Role.keeper, .technician])
    mutating func reason(role: Role) {
        _ = cabinet.deposit("SF7444404156506")
        cabinet.begin(role)
        cabinet.card(.door("A02"))
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.answers == [.askReason])
        cabinet.card(.door("A03"))
        #expect(cabinet.pulses == ["A03"])
        cabinet.openAndShut("A03")
        cabinet.card(.reason(2))
        cabinet.card(.door("A02"))
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("a keeper need not wait for a step whose end nobody sees")
    mutating func takesOver() {
        cabinet.openForPickup("SF7444404156506")
        cabinet.audit("A02")
        #expect(cabinet.types == [.auditDifference, .auditStarted, .doorUnlockRequested])
        #expect(cabinet.status("SF7444404156506") == .stored)
    }

    @Test("the card of a door with small letters finds it")
    mutating func smallLetters() {
        cabinet = Cabinet(doors: [DoorSettings(name: "left-1", size: .small)])
        cabinet.audit("left-1")
        #expect(cabinet.pulses == ["left-1"])
    }

    @Test("an unknown door and a door in use are said so")
    mutating func refused() {
        cabinet.audit("Z99")
        #expect(cabinet.answers == [.doorUnknown])
        _ = cabinet.deposit("SF7444404156506")
        cabinet.typeCode(of: "SF7444404156506")
        cabinet.scan("VLK1:DOOR:A02")
        #expect(cabinet.answers == [.doorBusy])
    }
}
