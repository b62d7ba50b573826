import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Fees")
struct FeeTests {
    private let waybill: Waybill = "SF7444404156506"
    private let line = TariffLine(name: "over-72h", periodHours: 24, fen: 50, fenMax: 200)

    /// What the recipient owes who comes so many hours after being told.
    private func fee(
        after hours: Int64,
        isWelfare: Bool = false,
        tariff: TariffLine? = nil,
        isPublished: Bool = true,
        isTold: Bool = true,
        extended: Int = 0,
        clock: ClockTrust = .ntp
    ) -> Fee? {
        var policy = Policy()
        policy.publicWelfare = isWelfare
        policy.tariff = isPublished ? tariff ?? line : nil
        var cabinet = Cabinet(policy: policy)
        cabinet.bring(ManifestEntry(waybill))
        if isTold { cabinet.command(.notices([Notice(waybill: waybill)])) }
        if extended > 0 { cabinet.command(.extendHold(waybill, hours: extended)) }
        cabinet.passHours(hours)
        cabinet.now.clock = clock
        cabinet.typeCode(of: waybill)
        cabinet.openAndShut("A02")
        let collected = cabinet.event(ParcelCollected.self)
        #expect(collected != nil)
        return collected?.fee
    }

    @Test("none unless somebody publishes a line and the station does not serve public welfare")
    func none() {
        #expect(Policy().publicWelfare && Policy().tariff == nil)
        #expect(fee(after: 500, isWelfare: true) == nil)
        #expect(fee(after: 500, isPublished: false) == nil)
        #expect(fee(after: 500, isWelfare: true, isPublished: false) == nil)
    }

    @Test("who pays is told how much, for all that was taken at once", arguments: [1, 2])
    func told(count: Int) {
        var policy = Policy()
        policy.publicWelfare = false
        policy.tariff = TariffLine(name: "over-72h", periodHours: 24, fen: 105, fenMax: 500)
        var cabinet = Cabinet(doors: [DoorSettings(name: "A02", size: .medium)], policy: policy)
        let other: Waybill = "YT8962646785389"
        if count == 1 { cabinet.bring(ManifestEntry(waybill)) } else { cabinet.bringTogether(waybill, other, of: "k1") }
        cabinet.command(.notices([Notice(waybill: waybill), Notice(waybill: other)]))
        cabinet.passHours(73)
        cabinet.collect(waybill)
        #expect(cabinet.answers.last == .collectedFee)
        #expect(cabinet.words.contains(count == 1 ? "1.05" : "2.10"))
    }

    @Test("none within the hold period, then for each started period, capped")
    func byLine() {
        for (hours, fen) in [(71, nil), (72, 50), (95, 50), (96, 100), (120, 150), (500, 200)] as [(Int64, Int?)] {
            #expect(fee(after: hours)?.fen == fen, "after \(hours) h")
        }
        #expect(fee(after: 100)?.line == "over-72h")
    }

    @Test("a door that opens again for the same code, since nobody saw the pickup, costs nothing more")
    func again() {
        var policy = Policy()
        policy.publicWelfare = false
        policy.tariff = line
        var cabinet = Cabinet(doors: Cabinet.blindDoors, policy: policy)
        cabinet.announce([ManifestEntry(waybill)])
        cabinet.begin(.courier, proven: false)
        cabinet.scan(waybill.rawValue)
        cabinet.pulseEnds("B01")
        cabinet.end()
        cabinet.end()
        cabinet.command(.notices([Notice(waybill: waybill)]))
        cabinet.passHours(73)
        for fen in [50, nil] {
            cabinet.typeCode(of: waybill)
            #expect(cabinet.pulses == ["B01"])
            cabinet.pulseEnds("B01")
            cabinet.end()
            #expect(cabinet.event(ParcelCollected.self)?.fee?.fen == fen)
            #expect(cabinet.answers.first == (fen == nil ? .collected : .collectedFee))
        }
    }

    @Test("none for what an agent delivers: keeping ended when the agent took it")
    func delivered() {
        var policy = Policy()
        policy.publicWelfare = false
        policy.tariff = line
        var cabinet = Cabinet(policy: policy)
        cabinet.bring(ManifestEntry(waybill, of: "k1"))
        cabinet.command(.notices([Notice(waybill: waybill)]))
        cabinet.delegateToAgent(waybill)
        cabinet.passHours(73)
        cabinet.begin(.agent)
        cabinet.card(.take)
        cabinet.openAndShut("A02")
        cabinet.card(.delivered)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.event(ParcelCollected.self) != nil)
        #expect(cabinet.event(ParcelCollected.self)?.fee == nil)
    }

    @Test("none for somebody who was never told")
    func untold() { #expect(fee(after: 500, isTold: false) == nil) }

    @Test("a longer hold period costs nothing")
    func extended() {
        #expect(fee(after: 90, extended: 24) == nil)
        #expect(fee(after: 97, extended: 24)?.fen == 50)
    }

    @Test("never by a clock that cannot be believed", arguments: [ClockTrust.fake, .none])
    func untrusted(clock: ClockTrust) { #expect(fee(after: 500, clock: clock) == nil) }

    @Test("a line of a period of no hours is one of an hour, and nothing overflows")
    func odd() {
        let odd = TariffLine(name: "odd", periodHours: 0, fen: 1, fenMax: 1_000)
        #expect(fee(after: 73, tariff: odd)?.fen == 2)
        let large = TariffLine(name: "large", periodHours: 1, fen: 1_000_000, fenMax: 2_000_000)
        #expect(fee(after: 5_000, tariff: large)?.fen == 2_000_000)
    }
}
