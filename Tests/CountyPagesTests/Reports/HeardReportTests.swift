import CountyBooks
import CountyPages
import LockerDomain
import Synchronization
import Testing

@Suite("A report and the latest statuses of stations")
struct HeardReportTests {
    /// What a station says next to the county.
    private final class SaidStatus: LastStatuses {
        private let said = Mutex<[LastStatus]>([])

        func lastStatuses() -> [LastStatus] { said.withLock { $0 } }
        func say(_ status: LastStatus) { said.withLock { $0 = [status] } }
    }

    @Test("a status that proves the last day of a month is seen at once, though no event came, and then computed once")
    func computedAgain() async throws {
        let county = try ReportCounty(isWhole: true)
        // The second station of the site made its last event an hour before the end of the month.
        county.addSilentStation()
        let midnight = try ReportCounty.moment("2026-12-01")
        let last = midnight - 3_600_000
        let first = try #require(PageTime.day("2026-11-01"))
        county.books.add(ReportCounty.silent, reaches: last, visited: first..<first + 29)
        let said = SaidStatus()
        let desk = Self.desk(county, said)
        try await ReportVisitor.visiting(desk) { logIn in
            let clerk = try await logIn(.clerk)
            let reads = { county.books.reads.count { "\($0)" == "2026-11" } }
            for _ in 1...2 { #expect(try await clerk.get("/reports/2026-11").text.contains("yc-009")) }
            #expect(reads() == 1)
            for minutes in Int64(1)...3 {
                let made = midnight + minutes * 60_000
                said.say(
                    LastStatus(
                        station: ReportCounty.silent,
                        received: made,
                        made: made,
                        clock: .ntp,
                        eventsWaiting: 0,
                        end: LastStatus.ChainEnd(number: 1, made: last)
                    )
                )
                #expect(try await !clerk.get("/reports/2026-11").text.contains("yc-009"))
                // A further minute of the same day proves nothing more.
                #expect(reads() == 2)
            }
        }
    }

    private static func desk(_ county: ReportCounty, _ said: SaidStatus) -> CountyDesk {
        let desk = county.desk()
        var ports = desk.ports
        ports.books = HeardBooks(county.books, said) { county.office.now }
        return CountyDesk(
            ports,
            views: desk.views,
            settings: desk.settings,
            clock: desk.clock,
            uptime: desk.uptime,
            entropy: desk.entropy,
            passwordCost: Office.cost
        )
    }
}
