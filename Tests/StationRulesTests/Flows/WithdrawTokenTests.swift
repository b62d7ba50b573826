import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("WITHDRAW ends delegation tokens too")
struct WithdrawTokenTests: Parcels {
    private var cabinet = Cabinet()

    private var seconds: UInt32 { UInt32(clamping: cabinet.now.wall / 1_000) }

    /// The keeper hears the villager take back what was given.
    private mutating func withdraw(_ waybill: Waybill) {
        cabinet.begin(.keeper)
        cabinet.card(.withdraw)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.answers == [.delegationEnded])
        cabinet.end()
    }

    private mutating func opens(_ token: String) -> Bool {
        cabinet.scan(token)
        return !cabinet.pulses.isEmpty
    }

    @Test("a token made before opens nothing more, one made after does; nobody else's is touched")
    mutating func beforeAndAfter() {
        cabinet.bring(ManifestEntry(one, of: "k1"), ManifestEntry(two, of: "k2"))
        let before = TestKeys.delegationToken("k1", issued: seconds)
        withdraw(one)
        #expect(cabinet.event(DelegateWithdrawn.self) == nil && cabinet.state.withdrawals.count == 1)
        #expect(!opens(before))
        #expect(cabinet.reason == .expired)
        #expect(cabinet.answers == [.pickupExpired])
        cabinet.restart()
        #expect(!opens(before))
        #expect(opens(TestKeys.delegationToken("k2", issued: seconds - 3_600)))
        #expect(opens(TestKeys.delegationToken("k1", issued: seconds + 60)))
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a token that does not say when it was made counts as older")
    mutating func undated() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        withdraw(one)
        #expect(!opens(TestKeys.delegationToken("k1")))
        #expect(cabinet.status(one) == .stored)
    }

    @Test("by a clock that could not know the time none opens until one can")
    mutating func withoutClock() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        cabinet.now.clock = .none
        withdraw(one)
        #expect(!opens(TestKeys.delegationToken("k1", issued: .max)))
        cabinet.now.clock = .ntp
        cabinet.send(.clockChanged(before: .none, after: .ntp, jumpMilliseconds: 0))
        #expect(!opens(TestKeys.delegationToken("k1", issued: seconds)))
        #expect(opens(TestKeys.delegationToken("k1", issued: seconds + 60)))
    }

    @Test("what a delegate asked for on the shelf and has not fetched stays there")
    mutating func asked() {
        cabinet = Cabinet(doors: [])
        cabinet.bring(ManifestEntry(one, of: "k1", phone: "13812345678"))
        cabinet.scan(TestKeys.delegationToken("k1", issued: seconds))
        #expect(cabinet.answers == [.takeFromShelf])
        cabinet.begin(.keeper)
        cabinet.card(.withdraw)
        cabinet.type("5678")
        #expect(cabinet.answers == [.delegationEnded])
        cabinet.end()
        cabinet.scan(one.rawValue)
        #expect(cabinet.status(one) == .stored)
        cabinet.collect(one)
        cabinet.scan(one.rawValue)
        #expect(cabinet.status(one) == .collected, "the recipient's own code is not touched")
    }

    @Test("it is forgotten when no such token can live any more")
    mutating func forgotten() {
        cabinet.bring(ManifestEntry(one, of: "k1"))
        withdraw(one)
        cabinet.wait(Limits.delegationDays * 86_400_000)
        cabinet.scan("nonsense")
        #expect(cabinet.state.withdrawals.isEmpty)
    }
}
