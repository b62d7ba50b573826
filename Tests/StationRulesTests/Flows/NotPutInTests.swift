import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("NO at the door of a deposit: it does not fit")
struct NotPutInTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    private mutating func beginDeposit() {
        cabinet.begin(.courier, proven: false)
        cabinet.scan(waybill.rawValue)
    }

    @Test("nothing is stored, the next larger door opens for it without a scan, and the first is free again")
    mutating func larger() {
        beginDeposit()
        cabinet.open("A02")
        cabinet.card(.no)
        #expect(cabinet.types == [.doorPurposeChanged, .doorUnlockRequested])
        #expect(cabinet.event(DoorPurposeChanged.self)?.notPutIn == waybill)
        #expect(cabinet.event(DoorUnlockRequested.self)?.waybills == [waybill])
        #expect(cabinet.pulses == ["A04"], "not another one of the same size")
        #expect(cabinet.answers == [.putIn])
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed])
        #expect(cabinet.state.door("A02").contents == .empty)
        #expect(cabinet.state.door("A02").cycle == nil)
        #expect(cabinet.replayed == cabinet.state)
        cabinet.openAndShut("A04")
        #expect(cabinet.place(of: waybill) == "A04")
        #expect(cabinet.journal.count { $0.event.type == .parcelStored } == 1)
        #expect(cabinet.deposit("YT8962646785389") == .door("A02"))
    }

    @Test("then the shelf, and where there is none the courier is told so", arguments: [true, false])
    mutating func noLarger(shelf: Bool) {
        cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)], shelf: shelf ? ["S1-01"] : [])
        beginDeposit()
        cabinet.open("A02")
        cabinet.card(.no)
        #expect(cabinet.answers == (shelf ? [.putOnShelf] : [.full]))
        #expect(cabinet.reason == (shelf ? nil : .full))
        cabinet.shut("A02")
        #expect(cabinet.status(waybill) == (shelf ? .stored : .received))
        #expect(cabinet.state.door("A02").contents == .empty)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("chilled goods go behind chilled doors alone")
    mutating func chilled() {
        let cold = [
            DoorSettings(name: "C01", size: .medium, chilled: true),
            DoorSettings(name: "C02", size: .large, chilled: true),
            DoorSettings(name: "C03", size: .large),
        ]
        cabinet = Cabinet(doors: cold)
        cabinet.announce([ManifestEntry(waybill) { $0.chilled = true }])
        beginDeposit()
        for (door, next) in [("C01", "C02"), ("C02", nil)] as [(DoorName, DoorName?)] {
            cabinet.open(door)
            cabinet.card(.no)
            #expect(cabinet.pulses == (next.map { [$0] } ?? []))
            cabinet.shut(door)
        }
        #expect(cabinet.reason == nil)
        #expect(cabinet.status(waybill) == .received)
    }

    @Test("said after the door was shut, the parcel is moved out of the books again and the door is free")
    mutating func afterShutting() {
        beginDeposit()
        let code = cabinet.code(of: waybill)
        cabinet.openAndShut("A02")
        #expect(cabinet.status(waybill) == .stored)
        cabinet.card(.no)
        #expect(cabinet.types == [.parcelReceived, .auditFinished, .doorUnlockRequested])
        #expect(cabinet.event(ParcelReceived.self)?.how == .move)
        #expect(cabinet.event(AuditFinished.self)?.contents == .empty)
        #expect(cabinet.pulses == ["A04"])
        cabinet.openAndShut("A04")
        #expect(cabinet.types == [.doorClosed, .parcelRelocated])
        #expect(cabinet.place(of: waybill) == "A04")
        #expect(cabinet.code(of: waybill) == code)
        #expect(cabinet.state.door("A02").contents == .empty)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a door that somebody else used since, or another session, is not taken back", arguments: [true, false])
    mutating func tooLate(otherSession: Bool) {
        beginDeposit()
        cabinet.openAndShut("A02")
        if otherSession {
            cabinet.begin(.keeper)
        } else {
            cabinet.wait(Limits.followUpMilliseconds + 1)
        }
        cabinet.card(.no)
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.status(waybill) == .stored)
    }

    @Test("before the door is open there is nothing to say NO to")
    mutating func notOpenYet() {
        beginDeposit()
        cabinet.card(.no)
        #expect(cabinet.types == [.scanRejected])
        cabinet.openAndShut("A02")
        #expect(cabinet.status(waybill) == .stored)
    }

    @Test("of several parcels in one door the last one is meant, the others go in")
    mutating func shared() {
        let other: Waybill = "YT8962646785380"
        cabinet = Cabinet(doors: [
            DoorSettings(name: "A04", size: .large), DoorSettings(name: "A05", size: .extraLarge),
        ])
        cabinet.announce([waybill, other].map { ManifestEntry($0, of: "zhang", size: .small) })
        beginDeposit()
        cabinet.open("A04")
        cabinet.scan(other.rawValue)
        cabinet.card(.no)
        #expect(cabinet.event(DoorPurposeChanged.self)?.purpose == .deposit)
        #expect(cabinet.pulses == ["A05"])
        cabinet.shut("A04")
        #expect(cabinet.types == [.doorClosed, .parcelStored])
        #expect(cabinet.place(of: waybill) == "A04")
        cabinet.openAndShut("A05")
        #expect(cabinet.place(of: other) == "A05")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("with two doors open it is about the parcel scanned last")
    mutating func twoDoors() {
        beginDeposit()
        cabinet.open("A02")
        cabinet.scan("YT8962646785389")
        cabinet.open("A03")
        cabinet.card(.no)
        #expect(cabinet.event(DoorPurposeChanged.self)?.door == "A03")
        cabinet.shut("A02")
        #expect(cabinet.place(of: waybill) == "A02")
    }

    @Test("a door without a sensor is free on the word of the person")
    mutating func blind() {
        cabinet = Cabinet(doors: Cabinet.blindDoors)
        beginDeposit()
        cabinet.pulseEnds("B01")
        cabinet.card(.no)
        #expect(cabinet.types == [.doorPurposeChanged, .parcelStored])
        #expect(cabinet.place(of: waybill) == "S1-01")
        #expect(cabinet.state.door("B01").contents == .empty)
        #expect(cabinet.state.door("B01").cycle == nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("on the reserve nothing else opens, and nothing is stored")
    mutating func reserve() {
        beginDeposit()
        cabinet.open("A02")
        cabinet.send(.storage(.reserve))
        cabinet.card(.no)
        #expect(cabinet.types == [.doorPurposeChanged, .scanRejected])
        cabinet.shut("A02")
        #expect(cabinet.status(waybill) == .received)
    }

    @Test("a power cut after it leaves the first door to an audit, and the parcel to the next scan")
    mutating func powerCut() {
        beginDeposit()
        cabinet.open("A02")
        cabinet.card(.no)
        cabinet.restart()
        #expect(cabinet.state.door("A02").asksInside == nil)
        #expect(cabinet.state.door("A04").asksInside == waybill)
        cabinet.begin(.courier, proven: false)
        cabinet.card(.no)
        #expect(cabinet.deposit(waybill) == .door("A03"))
    }

    @Test("an exception card for the next parcel stays with that, when NO is about the one before")
    mutating func exceptionOfNext() {
        beginDeposit()
        cabinet.openAndShut("A02")
        cabinet.card(.exception(.damaged))
        cabinet.card(.no)
        #expect(cabinet.parcel(waybill)?.exception == nil)
        cabinet.openAndShut("A04")
        #expect(cabinet.place(of: waybill) == "A04")
        cabinet.scan("YT8962646785389")
        #expect(cabinet.parcel("YT8962646785389")?.exception == .damaged)
        #expect(cabinet.place(of: "YT8962646785389") == "S1-01")
        #expect(cabinet.replayed == cabinet.state)
    }
}
