import LockerDomain
import Testing

@Suite("Days and months of a report")
struct PeriodTests {
    @Test("a day begins and ends at midnight in Asia/Shanghai")
    func day() throws {
        let period = try #require(ReportPeriod(.day, "2026-11-21"))
        #expect(period.start == 1_795_190_400_000)
        #expect(period.end - period.start == 86_400_000)
        #expect(Moment(wall: period.start, uptime: 0, clock: .ntp).shanghaiDay == period.days.lowerBound)
        #expect(Moment(wall: period.start - 1, uptime: 0, clock: .ntp).shanghaiDay == period.days.lowerBound - 1)
        #expect(period.description == "2026-11-21")
    }

    @Test(
        "a month has all its days and no other",
        arguments: [
            ("2026-11", 30, "2026-12-01"), ("2026-12", 31, "2027-01-01"), ("2027-02", 28, "2027-03-01"),
            ("2028-02", 29, "2028-03-01"), ("2100-02", 28, "2100-03-01"),
        ]
    )
    func month(text: String, length: Int, next: String) throws {
        let period = try #require(ReportPeriod(.month, text))
        #expect(period.days.count == length)
        #expect(CivilDay(number: period.days.lowerBound).description == text + "-01")
        #expect(CivilDay(number: period.days.upperBound).description == next)
        #expect(period.description == text)
        for day in period.days { #expect(ReportPeriod(.month, holding: day) == period) }
    }

    @Test(
        "what is no day or month is not read",
        arguments: [
            "", "2026", "2026-11", "2026-11-31", "2026-13-01", "2026-00-10", "2026-11-00", "26-11-21", "2026-1-21",
            "2026-11-21 ", "+026-11-21", "２026-11-21", "2026-11-21-1", "2027-02-29", "2026/11/21",
        ]
    )
    func bad(text: String) {
        #expect(ReportPeriod(.day, text) == nil)
        #expect(text == "2026-11" || ReportPeriod(.month, text) == nil)
    }

    @Test("every day of eight centuries survives the calendar")
    func calendar() {
        for number in stride(from: Int64(-150_000), through: 150_000, by: 1) {
            let day = CivilDay(number: number)
            guard day.number == number, CivilDay(day.description) == day else {
                Issue.record("\(number) \(day)")
                return
            }
        }
        #expect(CivilDay(number: 0).description == "1970-01-01")
    }
}
