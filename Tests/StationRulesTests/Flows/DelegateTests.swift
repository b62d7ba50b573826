import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Agents and relatives take parcels for villagers")
struct DelegateTests: Parcels {
    private var cabinet = Cabinet()

    private mutating func bring() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k1"), ManifestEntry(three, of: "k2"))
    }

    @Test("the keeper records an agent by a parcel and a badge, for twelve months")
    mutating func recorded() {
        bring()
        cabinet.begin(.keeper)
        cabinet.card(.delegate(.agent))
        #expect(cabinet.answers == [.scanVillager])
        cabinet.scan(one.rawValue)
        #expect(cabinet.answers == [.scanAgentBadge])
        cabinet.scan(cabinet.badge(.agent, expiry: .max))
        let fact = cabinet.event(DelegateRecorded.self)
        #expect(fact?.recipientKey == "k1" && fact?.delegate == .agent(TestKeys.person(.agent)))
        #expect(fact?.until == cabinet.now.wall + 365 * 86_400_000)
        #expect(fact?.person == TestKeys.person(.keeper))
        #expect(cabinet.answers == [.delegated])
        #expect(cabinet.state.session?.role == .keeper)
    }

    @Test("TAKE opens the doors of the agent's villagers in turn, and the custody goes on to the recipient")
    mutating func taken() {
        bring()
        cabinet.delegateToAgent(one)
        cabinet.begin(.agent)
        cabinet.card(.take)
        #expect(cabinet.pulses == ["A02"])
        #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "badge \(TestKeys.person(.agent))")
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed, .parcelHandedToAgent, .doorUnlockRequested])
        #expect(cabinet.pulses == ["A03"])
        cabinet.openAndShut("A03")
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.status(two) == .withAgent && cabinet.status(three) == .stored)
        #expect(cabinet.parcel(one)?.holder == TestKeys.person(.agent))
        #expect(cabinet.state.door("A02").contents == .empty)
        cabinet.card(.delivered)
        cabinet.scan(one.rawValue)
        let fact = cabinet.event(ParcelCollected.self)
        #expect(fact?.by == .delegate && fact?.means == .badge && fact?.person == TestKeys.person(.agent))
        #expect(fact?.delegate == .agent(TestKeys.person(.agent)))
        #expect(cabinet.answers == [.delivered])
        cabinet.scan(three.rawValue)
        #expect(cabinet.answers == [.notDelegated])
    }

    @Test("a door that sticks does not stop the row")
    mutating func stuck() {
        bring()
        cabinet.delegateToAgent(one)
        cabinet.begin(.agent)
        cabinet.card(.take)
        cabinet.pulseEnds("A02", fault: "line busy")
        #expect(cabinet.pulses == ["A03"])
        #expect(cabinet.status(one) == .stored)
    }

    @Test("without the PIN, and without a delegation, an agent takes nothing", arguments: [true, false])
    mutating func nothing(isRecorded: Bool) {
        bring()
        if isRecorded { cabinet.delegateToAgent(one) }
        cabinet.begin(.agent, proven: !isRecorded)
        cabinet.card(.take)
        #expect(cabinet.reason == (isRecorded ? .needsPIN : nil))
        cabinet.scan(one.rawValue)
        #expect(cabinet.pulses.isEmpty)
        #expect(cabinet.status(one) == .stored)
    }

    @Test("from the shelf by scanning, with the PIN, those of the villager alone")
    mutating func shelf() {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k2"))
        cabinet.delegateToAgent(one)
        cabinet.begin(.agent, proven: false)
        cabinet.card(.take)
        cabinet.scan(one.rawValue)
        #expect(cabinet.reason == .needsPIN)
        cabinet.begin(.agent)
        cabinet.scan(two.rawValue)
        #expect(cabinet.answers == [.notDelegated])
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(ParcelHandedToAgent.self)?.evidence == .scanned)
        #expect(cabinet.status(one) == .withAgent)
    }

    @Test("withdrawn: the agent takes nothing more, also when it is said twice")
    mutating func withdrawn() {
        bring()
        cabinet.delegateToAgent(one)
        cabinet.begin(.keeper)
        cabinet.card(.withdraw)
        cabinet.scan(two.rawValue)
        #expect(cabinet.event(DelegateWithdrawn.self)?.recipientKey == "k1")
        #expect(cabinet.answers == [.delegationEnded])
        cabinet.scan(two.rawValue)
        #expect(cabinet.answers == [.delegationEnded])
        cabinet.begin(.agent)
        cabinet.card(.take)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("another delegate takes the place of the first, who is withdrawn; the same one again is not")
    mutating func replaced() {
        bring()
        cabinet.delegateToAgent(one)
        cabinet.begin(.keeper)
        cabinet.card(.delegate(.relative))
        cabinet.scan(one.rawValue)
        cabinet.scan(three.rawValue)
        #expect(cabinet.types == [.delegateWithdrawn, .delegateRecorded, .sessionNoted])
        #expect(cabinet.event(DelegateWithdrawn.self)?.recipientKey == "k1")
        #expect(cabinet.event(DelegateWithdrawn.self)?.person == TestKeys.person(.keeper))
        #expect(cabinet.event(DelegateWithdrawn.self)?.replaced == true)
        #expect(cabinet.state.withdrawals.isEmpty, "the county's tokens stay good")
        #expect(cabinet.answers == [.delegatedInstead])
        #expect(cabinet.state.delegations["k1"]?.delegate == .relative("k2"))
        cabinet.scan(one.rawValue)
        cabinet.scan(three.rawValue)
        #expect(cabinet.types == [.delegateRecorded, .sessionNoted] && cabinet.answers == [.delegated])
        cabinet.wait(Limits.delegationDays * 86_400_000)
        cabinet.delegateToAgent(one)
        #expect(cabinet.journal.count { $0.event.type == .delegateWithdrawn } == 1, "that one had run out")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("after twelve months it is over")
    mutating func over() {
        bring()
        cabinet.delegateToAgent(one)
        cabinet.wait(Limits.delegationDays * 86_400_000)
        cabinet.begin(.agent)
        cabinet.card(.take)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("a withdrawn or expired badge is not recorded", arguments: [true, false])
    mutating func badBadge(isRevoked: Bool) {
        bring()
        if isRevoked { cabinet.command(.revokeBadge(TestKeys.badgeID(.agent))) }
        cabinet.begin(.keeper)
        cabinet.card(.delegate(.agent))
        cabinet.scan(one.rawValue)
        cabinet.scan(cabinet.badge(.agent, expiry: isRevoked ? .max : 1))
        #expect(cabinet.event(SessionRefused.self)?.reason == (isRevoked ? .revoked : .expired))
        #expect(cabinet.state.delegations.isEmpty)
    }

    @Test("an agent whose badge was withdrawn later takes nothing")
    mutating func revokedLater() {
        bring()
        cabinet.delegateToAgent(one)
        cabinet.command(.revokeBadge(TestKeys.badgeID(.agent)))
        cabinet.scan(cabinet.badge(.agent))
        #expect(cabinet.answers == [.badgeRefused])
        #expect(cabinet.state.session == nil)
    }

    @Test("an agent brings parcels on to the next station, which is no run, and back to this one")
    mutating func arrives() {
        cabinet.announce([ManifestEntry(one, of: "k1")])
        cabinet.begin(.agent, proven: false)
        cabinet.scan(one.rawValue)
        #expect(cabinet.event(ParcelReceived.self)?.person == TestKeys.person(.agent))
        #expect(cabinet.event(RunArrived.self) == nil)
        cabinet.openAndShut("A02")
        #expect(cabinet.status(one) == .stored)
        cabinet.delegateToAgent(one)
        cabinet.begin(.agent)
        cabinet.card(.take)
        cabinet.openAndShut("A02")
        cabinet.card(.receive)
        cabinet.scan(one.rawValue)
        cabinet.openAndShut("A02")
        #expect(cabinet.status(one) == .stored && cabinet.parcel(one)?.n == 0)
        #expect(cabinet.parcel(one)?.holder == nil)
    }
}
