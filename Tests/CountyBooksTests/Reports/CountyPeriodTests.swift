import CountyBooks
import LockerDomain
import Testing

@Suite("Periods of the county's reports")
struct CountyPeriodTests {
    private func days(_ period: CountyPeriod?) throws -> [String] {
        let days = try #require(period).days
        return [days.lowerBound, days.upperBound].map { "\(CivilDay(number: $0))" }
    }

    @Test("a month is the calendar's unless it ends before")
    func months() throws {
        #expect(try days(CountyPeriod(.month, "2026-11")) == ["2026-11-01", "2026-11-30"])
        #expect(try days(CountyPeriod(.month, "2026-11", ends: 25)) == ["2026-10-26", "2026-11-25"])
        #expect(try days(CountyPeriod(.month, "2027-01", ends: 25)) == ["2026-12-26", "2027-01-25"])
        #expect(try days(CountyPeriod(.month, "2027-02", ends: 30)) == ["2027-01-31", "2027-02-28"])
        #expect(try days(CountyPeriod(.month, "2027-03", ends: 30)) == ["2027-03-01", "2027-03-30"])
        #expect(try days(CountyPeriod(.year, "2026", ends: 25)) == ["2025-12-26", "2026-12-25"])
    }

    @Test("every day belongs to exactly one reporting month", arguments: [31, 30, 29, 28, 25, 1] as [Int64])
    func cover(ends: Int64) throws {
        let first = try #require(CivilDay("2026-01-01")).number
        let calendar = ReportCalendar(ends: ends)
        var before = CountyPeriod(monthHolding: first, ends: ends)
        for day in first...(first + 800) {
            let month = CountyPeriod(monthHolding: day, ends: ends)
            #expect(month.days.contains(day))
            if month != before { #expect(month.days.lowerBound == before.days.upperBound + 1) }
            #expect(calendar.month(holding: day) == month)
            if month != before { #expect(calendar.previous(before: month) == before) }
            if month != before { #expect(calendar.next(behind: before) == month) }
            #expect(CountyPeriod(.month, "\(month)", ends: ends) == month)
            before = month
        }
    }

    @Test(
        "what is no period is none",
        arguments: [
            (.month, "2026-13"), (.month, "2026-1"), (.month, ""), (.day, "2026-02-30"), (.year, "26"),
            (.year, "20266"),
        ] as [(CountyPeriod.Kind, String)]
    )
    func none(kind: CountyPeriod.Kind, text: String) {
        #expect(CountyPeriod(kind, text) == nil)
    }

    @Test("a kept period has the days under which it was closed, whatever the settings say since")
    func kept() throws {
        let closed = try #require(CountyPeriod(.month, "2026-11", ends: 25))
        #expect(CountyPeriod(kept: "2026-11", days: closed.days) == closed)
        #expect(CountyPeriod(kept: "november", days: closed.days) == nil)
    }
}
