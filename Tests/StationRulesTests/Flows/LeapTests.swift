import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("A confirmed clock that leaps")
struct LeapTests {
    private var cabinet = Cabinet()
    private let announced: Waybill = "YT8962646785389"
    private let stored: Waybill = "SF7444404156506"
    private static let leap: Int64 = 40 * 86_400_000

    init() {
        cabinet.announce([ManifestEntry(waybill: announced, brand: "YTO", operatorName: "yto")])
        _ = cabinet.deposit(stored)
        cabinet.command(.notices([Notice(waybill: stored)]))
        cabinet.end()
    }

    private mutating func leap(_ milliseconds: Int64, to clock: ClockTrust) {
        let before = cabinet.now.clock
        cabinet.now.wall += milliseconds
        cabinet.now.clock = clock
        cabinet.send(.clockChanged(before: before, after: clock, jumpMilliseconds: milliseconds))
    }

    @Test(
        "forty days that are taken back within an hour forget nothing, and nothing is overdue",
        arguments: [.county, .manual] as [ClockTrust]
    )
    mutating func undone(by clock: ClockTrust) {
        let before = cabinet.now.wall
        leap(Self.leap, to: .ntp)
        cabinet.keepHouse()
        cabinet.wait(Limits.clockLeapPauseMilliseconds - 1)
        cabinet.keepHouse()
        #expect(cabinet.status(announced) == .expected)
        #expect(cabinet.parcel(stored)?.hold.isOverdue == false)
        leap(-Self.leap, to: clock)
        #expect(cabinet.state.trustedTime == before + Limits.clockLeapPauseMilliseconds - 1)
        cabinet.wait(2 * Limits.clockLeapPauseMilliseconds)
        cabinet.keepHouse()
        cabinet.scan("nonsense")
        #expect(cabinet.status(announced) == .expected)
        #expect(cabinet.parcel(stored)?.hold.isOverdue == false)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("what the county gives back during a leap makes nothing forgotten")
    mutating func recoveredMeanwhile() throws {
        leap(Self.leap, to: .ntp)
        let page = BooksRecovered(
            incarnation: String(repeating: "a", count: 32),
            first: "1",
            last: "1",
            hash: "",
            kept: 1,
            digest: ""
        )
        let revoked = try GoldenLines.event(.sessionBadgeRevoked)
        cabinet.send(.booksRecovered(page, [RecoveredEvent(revoked, at: cabinet.now)]))
        #expect(cabinet.state.revokedBadges.count == 1)
        #expect(cabinet.status(announced) == .expected)
    }

    @Test("NTP that comes back by itself leaves nothing forgotten either")
    mutating func cameBack() {
        leap(Self.leap, to: .ntp)
        leap(-Self.leap, to: .ntp)
        cabinet.wait(2 * Limits.clockLeapPauseMilliseconds)
        cabinet.scan("nonsense")
        #expect(cabinet.status(announced) == .expected)
    }

    @Test("what stands for an hour is the time: what is over by it goes")
    mutating func stands() {
        leap(Self.leap, to: .ntp)
        cabinet.wait(Limits.clockLeapPauseMilliseconds)
        cabinet.scan("nonsense")
        #expect(cabinet.status(announced) == nil)
        cabinet.keepHouse()
        #expect(cabinet.parcel(stored)?.hold.isOverdue == true)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a week without an event is no leap")
    mutating func quiet() {
        cabinet.wait(31 * 86_400_000)
        cabinet.scan("nonsense")
        #expect(cabinet.status(announced) == nil)
    }

    @Test(
        "a badge whose expiry lies more than 91 days ahead was made under a wrong clock",
        arguments: [91, 92] as [Int64]
    )
    mutating func badge(days: Int64) {
        let badge = TestKeys.badge(.courier, expiry: UInt32(cabinet.now.wall / 1_000 + days * 86_400))
        cabinet.scan(badge)
        #expect(cabinet.answers == [days == 91 ? .welcome : .badgeRefused])
        #expect(cabinet.event(SessionRefused.self)?.reason == (days == 91 ? nil : .livesTooLong))
        guard days == 92 else { return }
        cabinet.now.clock = .fake
        cabinet.wait(Limits.duplicateScanMilliseconds + 1)
        cabinet.scan(badge)
        #expect(cabinet.answers == [.welcome], "a clock that may stand behind refuses nobody")
    }
}
