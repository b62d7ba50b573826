import CountyBooks
import LockerDomain
import Testing

@Suite("Reporting months beside closed ones")
struct ReportCalendarTests {
    private func days(_ period: CountyPeriod?) throws -> [String] {
        let days = try #require(period).days
        return [days.lowerBound, days.upperBound].map { "\(CivilDay(number: $0))" }
    }

    private func closed(_ month: String, ends: Int64) throws -> CountyPeriod {
        try #require(CountyPeriod(.month, month, ends: ends))
    }

    @Test("a month behind a closed one begins on the day after it, whatever the settings are now")
    func changed() throws {
        let earlier = ReportCalendar(ends: 25, closed: [try closed("2026-05", ends: 31)])
        #expect(try days(earlier.period(.month, "2026-05")) == ["2026-05-01", "2026-05-31"])
        #expect(try days(earlier.period(.month, "2026-06")) == ["2026-06-01", "2026-06-25"])
        #expect(try days(earlier.period(.month, "2026-07")) == ["2026-06-26", "2026-07-25"])
        #expect(try days(earlier.period(.year, "2026")) == ["2025-12-26", "2026-12-25"])
        let later = ReportCalendar(ends: 31, closed: [try closed("2026-05", ends: 25)])
        #expect(try days(later.period(.month, "2026-05")) == ["2026-04-26", "2026-05-25"])
        #expect(try days(later.period(.month, "2026-06")) == ["2026-05-26", "2026-06-30"])
        #expect(try days(later.period(.month, "2026-07")) == ["2026-07-01", "2026-07-31"])
        let december = ReportCalendar(ends: 31, closed: [try closed("2026-12", ends: 25)])
        #expect(try days(december.period(.year, "2027")) == ["2026-12-26", "2027-12-31"])
    }

    @Test("a month before a closed one ends on the day before it")
    func before() throws {
        let calendar = ReportCalendar(ends: 31, closed: [try closed("2026-06", ends: 25)])
        #expect(try days(calendar.period(.month, "2026-05")) == ["2026-05-01", "2026-05-25"])
    }

    @Test(
        "every day is in exactly one month, after whichever change of the settings",
        arguments: [(31, 25), (25, 31), (31, 1), (1, 31), (30, 28), (28, 30)] as [(Int64, Int64)]
    )
    func cover(then: Int64, now: Int64) throws {
        let kept = try ["2026-03", "2026-04", "2026-05"].map { try closed($0, ends: then) }
        let calendar = ReportCalendar(ends: now, closed: kept)
        let first = try #require(CivilDay("2026-01-10")).number
        var before = calendar.month(holding: first - 1)
        for day in first...(first + 500) {
            let month = calendar.month(holding: day)
            #expect(month.days.contains(day), "\(CivilDay(number: day)) \(month)")
            #expect(calendar.period(.month, "\(month)") == month)
            guard month != before else { continue }
            #expect(month.days.lowerBound == before.days.upperBound + 1)
            #expect(calendar.previous(before: month) == before)
            #expect(calendar.next(behind: before) == month)
            before = month
        }
        for month in kept { #expect(calendar.period(.month, "\(month)") == month) }
    }

    @Test("a period has no neighbour that no address can name")
    func ends() throws {
        let calendar = ReportCalendar()
        for (first, last) in [("0000", "9999"), ("0000-01", "9999-12"), ("0000-01-01", "9999-12-31")] {
            #expect(calendar.previous(before: try #require(calendar.period(written: first))) == nil)
            #expect(calendar.next(behind: try #require(calendar.period(written: last))) == nil)
        }
        let year = try #require(calendar.period(written: "2026"))
        #expect(calendar.previous(before: year).map { "\($0)" } == "2025")
        #expect(calendar.next(behind: year).map { "\($0)" } == "2027")
        let day = try #require(calendar.period(written: "2026-03-01"))
        #expect(calendar.previous(before: day).map { "\($0)" } == "2026-02-28")
        #expect(calendar.period(written: "2026-1") == nil)
    }

    @Test("a closed month is not due again, and the month behind it is by its own end")
    func due() throws {
        let calendar = ReportCalendar(ends: 25, closed: [try closed("2026-05", ends: 31)])
        let today = try #require(CivilDay("2026-07-03")).number
        #expect(try days(calendar.due(on: today, closesOn: 3)) == ["2026-06-01", "2026-06-25"])
    }
}
