import CountyBooks
import LockerDomain
import Testing

@Suite("Months that today reads")
struct TodayMonthsTests {
    private typealias World = ViewWorld

    /// A first day of a reporting month, behind a month of 30 or 31 days.
    struct First: Sendable {
        var date: String
        /// The last day of a reporting month.
        var ends: Int64
        var months: [String]
        /// A day in the midst of what the plots show.
        var between: String
    }

    private static let firsts = [
        First(date: "2026-12-01", ends: 31, months: ["2026-10", "2026-11", "2026-12"], between: "2026-11-15"),
        First(date: "2026-12-26", ends: 25, months: ["2026-11", "2026-12", "2027-01"], between: "2026-12-10"),
        First(date: "2027-03-01", ends: 31, months: ["2027-01", "2027-02", "2027-03"], between: "2027-02-14"),
    ]

    @Test(
        "on the first day of a month, the whole month behind it is read beside the two at its ends",
        arguments: firsts
    )
    func wholeMonthBetween(_ first: First) throws {
        let today = try #require(CivilDay(first.date)).number
        let between = try #require(CivilDay(first.between)).number
        let shown = today - ViewLimits.visitsDays...today
        try #require(shown.contains(between))
        let store = StoredViews()
        let context = World.context(now: World.now + (today - World.today) * 86_400_000)
        #expect(context.today == today)
        let sources = ViewSources(store, store, ends: first.ends)
        _ = try sources.today(context, periods: store, closesOn: nil)
        #expect(store.askedDays == first.months)
        // Each day of the plots is read once, and one that lies in the midst too.
        let asked = try store.askedDays.map { try #require(CountyPeriod(.month, $0, ends: first.ends)) }
        for day in shown { #expect(asked.count { $0.days.contains(day) } == 1, "day \(CivilDay(number: day))") }
    }

    @Test("on the first day of a month, the days of the whole month behind it are in the plot of visits")
    func plot() throws {
        let store = StoredViews()
        let today = CivilDay(year: 2026, month: 12, day: 1).number
        let context = World.context(now: World.now + (today - World.today) * 86_400_000)
        let view = try ViewSources(store, store).today(context, periods: store, closesOn: nil)
        // The station's days end on 21 November.
        let days = try #require(view.extract.days["yc-01"]).map(\.day)
        #expect(days.contains(World.today))
        #expect(days.count == Set(days).count)
    }
}
