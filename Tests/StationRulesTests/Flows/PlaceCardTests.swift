import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// The label of a parcel lies behind its door.
@Suite("The card of a place names what lies there")
struct PlaceCardTests: Parcels {
    private var cabinet = Cabinet()

    /// Two parcels of one recipient behind A04.
    private mutating func bringTwo() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A04", size: .large)])
        cabinet.bringTogether(one, two, of: "k1")
    }

    @Test("HANDOUT opens it for its recipient, and an empty one for nobody")
    mutating func handOut() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.begin(.keeper)
        cabinet.card(.handOut)
        cabinet.card(.door("A02"))
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .handOut)
        #expect(cabinet.event(DoorUnlockRequested.self)?.waybills == [one])
        cabinet.openAndShut("A02")
        #expect(cabinet.event(ParcelCollected.self)?.by == .keeper)
        cabinet.card(.door("A02"))
        #expect(cabinet.answers == [.notHere] && cabinet.pulses.isEmpty)
    }

    @Test("all of one recipient behind it are handed out")
    mutating func together() {
        bringTwo()
        cabinet.begin(.keeper)
        cabinet.card(.handOut)
        cabinet.card(.door("A04"))
        #expect(Set(cabinet.event(DoorUnlockRequested.self)?.waybills ?? []) == [one, two])
    }

    @Test("from the shelf the card shows the place and the parcel is scanned out")
    mutating func shelf() {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.begin(.keeper)
        cabinet.card(.handOut)
        cabinet.card(.shelf("S1-01"))
        #expect(cabinet.answers == [.takeFromShelf])
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(ParcelCollected.self)?.by == .keeper)
    }

    @Test("TOLD and EXTEND are about each one there", arguments: [true, false])
    mutating func each(told: Bool) {
        bringTwo()
        cabinet.begin(.keeper)
        cabinet.card(told ? .told : .extend)
        cabinet.card(.door("A04"))
        let type: EventType = told ? .parcelNoticed : .parcelHoldExtended
        #expect(cabinet.types == [type, type])
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("DELEGATE names the villager, WITHDRAW too")
    mutating func delegate() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.begin(.keeper)
        cabinet.card(.delegate(.agent))
        cabinet.card(.door("A02"))
        #expect(cabinet.answers == [.scanAgentBadge])
        cabinet.scan(cabinet.badge(.agent, expiry: .max))
        #expect(cabinet.event(DelegateRecorded.self)?.recipientKey == "k1")
        cabinet.card(.withdraw)
        cabinet.card(.door("A02"))
        #expect(cabinet.answers == [.delegationEnded])
    }

    @Test("RETRIEVE takes one back, with the PIN, though it is not due", arguments: [Role.courier, .keeper])
    mutating func retrieve(role: Role) {
        bringTwo()
        cabinet.begin(role, proven: false)
        cabinet.card(.retrieve)
        cabinet.card(.door("A04"))
        #expect(cabinet.reason == .needsPIN)
        cabinet.begin(role)
        cabinet.card(.door("A04"))
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .retrieval)
        cabinet.openAndShut("A04")
        #expect(cabinet.status(one) == .retrieved && cabinet.status(two) == .retrieved)
        #expect(cabinet.state.door("A04").contents == .empty)
    }

    @Test(
        "RETRIEVE and DELEGATE take the last four digits, as HANDOUT does",
        arguments: [Card.retrieve, .delegate(.agent)]
    )
    mutating func lastFour(card: Card) {
        cabinet.bring(ManifestEntry(one, of: "k1", phone: "13812345678"))
        cabinet.begin(.keeper)
        cabinet.card(card)
        cabinet.type("5678")
        #expect(cabinet.answers == [card == .retrieve ? .takeBack : .scanAgentBadge])
    }

    @Test("in RECEIVE and AUDIT the card opens the door to look into, as ever", arguments: [Card.receive, .audit])
    mutating func elsewhere(card: Card) {
        cabinet.begin(.keeper)
        cabinet.card(card)
        for door in cabinet.pulses { cabinet.openAndShut(door) }
        cabinet.card(.door("A02"))
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .audit)
    }

    @Test("MOVE takes the card of the door, and says which of several behind it")
    mutating func move() {
        bringTwo()
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.card(.door("A04"))
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .move)
        #expect(cabinet.event(DoorUnlockRequested.self)?.waybills == [one])
        #expect(cabinet.answers == [.takeOnly])
        #expect(cabinet.words.contains("A04 6506"))
        cabinet.openAndShut("A04")
        #expect(cabinet.place(of: one) == "S1-01" && cabinet.place(of: two) == "A04")
        cabinet.card(.shelf("S1-01"))
        #expect(cabinet.answers == [.takeFromShelf])
        cabinet.card(.door("A04"))
        #expect(cabinet.answers == [.takeBack])
    }

    @Test("MOVE takes the last four digits too")
    mutating func moveByDigits() {
        cabinet.bring(ManifestEntry(one, of: "k1", phone: "13812345678"))
        cabinet.begin(.keeper)
        cabinet.card(.move)
        cabinet.type("5678")
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .move)
    }

    @Test("REPORT:LOST takes the card of its place and the last four digits", arguments: [true, false])
    mutating func lost(byCard: Bool) {
        cabinet.bring(ManifestEntry(one, of: "k1", phone: "13812345678"))
        cabinet.begin(.keeper)
        cabinet.card(.report(.lost))
        if byCard { cabinet.card(.door("A02")) } else { cabinet.type("5678") }
        #expect(cabinet.types == [.parcelLost, .sessionWorkChanged])
        #expect(cabinet.event(ParcelLost.self)?.report.person == TestKeys.person(.keeper))
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("of several REPORT:LOST takes the one found missing, else its label")
    mutating func lostOfSeveral() {
        cabinet = Cabinet(doors: [DoorSettings(name: "A04", size: .large)])
        cabinet.bring(
            ManifestEntry(one, of: "k1", phone: "13812345678", size: .small),
            ManifestEntry(two, of: "k1", phone: "13812345678")
        )
        cabinet.begin(.keeper)
        cabinet.card(.report(.lost))
        cabinet.type("5678")
        #expect(cabinet.answers == [.scanParcel])
        cabinet.card(.retrieve)
        cabinet.card(.door("A04"))
        cabinet.open("A04")
        cabinet.card(.no)
        #expect(cabinet.status(one) == .missing)
        cabinet.card(.report(.lost))
        cabinet.type("5678")
        #expect(cabinet.event(ParcelLost.self)?.waybill == one)
        cabinet.type("9999")
        #expect(cabinet.answers == [.notHere])
    }
}
