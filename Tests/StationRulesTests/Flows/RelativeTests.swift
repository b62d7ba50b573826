import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("A relative takes parcels along")
struct RelativeTests {
    private var cabinet = Cabinet()
    private let own: Waybill = "SF7444404156506"
    private let first: Waybill = "YT8962646785389"
    private let second: Waybill = "YT8962646785390"
    private let third: Waybill = "YT8962646785391"

    private mutating func delegate(_ villager: Waybill, to relative: Waybill) {
        cabinet.begin(.keeper)
        cabinet.card(.delegate(.relative))
        cabinet.scan(villager.rawValue)
        cabinet.scan(relative.rawValue)
        cabinet.end()
    }

    @Test("recorded by a parcel of their own; after their own code Enter opens the villager's door")
    mutating func taken() {
        cabinet.bring(ManifestEntry(own, of: "r"), ManifestEntry(first, of: "v"))
        cabinet.begin(.keeper)
        cabinet.card(.delegate(.relative))
        cabinet.scan(first.rawValue)
        #expect(cabinet.answers == [.scanRelative])
        cabinet.scan(own.rawValue)
        #expect(cabinet.event(DelegateRecorded.self)?.delegate == .relative("r"))
        #expect(cabinet.event(DelegateRecorded.self)?.recipientKey == "v")
        cabinet.end()
        cabinet.typeCode(of: own)
        #expect(cabinet.answers == [.takeOutMore])
        cabinet.openAndShut("A02")
        cabinet.type("")
        #expect(cabinet.pulses == ["A03"])
        #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "relative")
        cabinet.openAndShut("A03")
        #expect(cabinet.event(ParcelCollected.self)?.by == .delegate)
        #expect(cabinet.event(ParcelCollected.self)?.delegate == .relative("r"))
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("whose door needs a second pulse is on record all the same")
    mutating func secondPulse() {
        cabinet.bring(ManifestEntry(own, of: "r"), ManifestEntry(first, of: "v"))
        delegate(first, to: own)
        cabinet.typeCode(of: own)
        cabinet.openAndShut("A02")
        cabinet.type("")
        cabinet.pulseEnds("A03")
        cabinet.openWaitEnds("A03")
        cabinet.openAndShut("A03")
        #expect(cabinet.event(ParcelCollected.self)?.delegate == .relative("r"))
    }

    @Test("WITHDRAW works when nothing waits: by a parcel that was collected, or by the last four digits")
    mutating func withdrawn() {
        for byDigits in [true, false] {
            cabinet = Cabinet()
            cabinet.bring(ManifestEntry(own, of: "r"), ManifestEntry(first, of: "v", phone: "13812345678"))
            delegate(first, to: own)
            cabinet.collect(first)
            cabinet.passHours(24 * 3)
            cabinet.begin(.keeper)
            cabinet.card(.withdraw)
            if byDigits { cabinet.type("5678") } else { cabinet.scan(first.rawValue) }
            #expect(cabinet.event(DelegateWithdrawn.self)?.recipientKey == "v")
            #expect(cabinet.answers == [.delegationEnded])
            #expect(cabinet.state.delegations.isEmpty)
            cabinet.type("9999")
            #expect(cabinet.answers == [.notDelegated])
        }
    }

    @Test("digits of two villagers who let somebody take their parcels end nothing")
    mutating func ambiguousDigits() {
        cabinet.bring(
            ManifestEntry(own, of: "r"),
            ManifestEntry(first, of: "v", phone: "13812345678"),
            ManifestEntry(second, of: "w", phone: "13912345678")
        )
        delegate(first, to: own)
        delegate(second, to: own)
        cabinet.begin(.keeper)
        cabinet.card(.withdraw)
        cabinet.type("5678")
        #expect(cabinet.answers == [.severalPeople])
        #expect(cabinet.state.delegations.count == 2)
    }

    @Test("all parcels of all who let them follow, and no others")
    mutating func allOfThem() {
        cabinet = Cabinet(
            doors: ["B1", "B2", "B3", "B4", "B5"].map { DoorSettings(name: DoorName(rawValue: $0), size: .medium) }
        )
        cabinet.bring(
            ManifestEntry(own, of: "r"),
            ManifestEntry(first, of: "v"),
            ManifestEntry(second, of: "v"),
            ManifestEntry(third, of: "w"),
            ManifestEntry("YT8962646785392", of: "x")
        )
        delegate(first, to: own)
        delegate(third, to: own)
        cabinet.typeCode(of: own)
        cabinet.openAndShut("B1")
        for (door, more) in [("B2", true), ("B3", true), ("B4", false)] as [(DoorName, Bool)] {
            cabinet.card(.next)
            #expect(cabinet.pulses == [door])
            #expect(cabinet.answers == [more ? .takeOutMore : .takeOut])
            cabinet.openAndShut(door)
        }
        cabinet.card(.next)
        #expect(cabinet.answers == [.nothingFollows])
    }

    @Test("nothing follows from one villager to those who let the villager")
    mutating func notFurther() {
        cabinet.bring(ManifestEntry(own, of: "r"), ManifestEntry(first, of: "v"), ManifestEntry(second, of: "w"))
        delegate(first, to: own)
        delegate(second, to: first)
        cabinet.typeCode(of: own)
        cabinet.openAndShut("A02")
        cabinet.card(.next)
        #expect(cabinet.answers == [.takeOut])
        cabinet.openAndShut("A03")
        cabinet.card(.next)
        #expect(cabinet.answers == [.nothingFollows])
        #expect(cabinet.status(second) == .stored)
    }

    @Test("nobody is their own relative, and a parcel of an unknown recipient names nobody")
    mutating func refused() {
        cabinet.bring(ManifestEntry(own, of: "r"), ManifestEntry(first, of: "r"), ManifestEntry(second))
        cabinet.begin(.keeper)
        cabinet.card(.delegate(.relative))
        cabinet.scan(second.rawValue)
        #expect(cabinet.answers == [.notHere])
        cabinet.scan(own.rawValue)
        cabinet.scan(first.rawValue)
        #expect(cabinet.answers == [.scanRelative])
        #expect(cabinet.state.delegations.isEmpty)
    }

    @Test("from the shelf the delegate is on record")
    mutating func shelf() {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(own, of: "r"), ManifestEntry(first, of: "v"))
        delegate(first, to: own)
        cabinet.typeCode(of: own)
        cabinet.scan(own.rawValue)
        #expect(cabinet.event(ParcelCollected.self)?.by == .recipient)
        cabinet.type("")
        cabinet.scan(first.rawValue)
        #expect(cabinet.event(ParcelCollected.self)?.by == .delegate)
        #expect(cabinet.event(ParcelCollected.self)?.delegate == .relative("r"))
    }

    @Test("the keeper needs the PIN, others may not", arguments: Role.allCases)
    mutating func roles(role: Role) {
        cabinet.begin(role, proven: false)
        cabinet.card(.delegate(.relative))
        #expect(cabinet.answers == [role == .keeper ? .needsPIN : .notForYou])
    }
}
