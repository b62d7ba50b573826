import ArgumentParser
import CountyBooks
import CountyReceiver
import CountySQLite
import LockerDomain

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print 快件进村数据信息汇总 of a day, month or year, and check what was closed. 汇总报表",
        subcommands: [Day.self, Month.self, Year.self, Verify.self]
    )

    struct Options: ParsableArguments {
        @OptionGroup var root: RootOptions
        @Flag(help: "Print canonical CSV: what is closed, with its corrections; else what would be closed now.")
        var csv = false

        func run(_ kind: CountyPeriod.Kind, _ text: String?) throws {
            let offices = try root.offices()
            try offices.books.catchUp()
            let calendar = try offices.periods.calendar(ends: offices.county.settings.periodEnds)
            let today = Moment(wall: offices.county.time, uptime: 0, clock: .none).shanghaiDay
            let present = calendar.present(kind, on: today)
            guard let asked = text.map({ calendar.period(kind, $0) }) ?? present else {
                throw ValidationError(
                    "\(text ?? "") is no \(kind.rawValue): write \(present.map(String.init(describing:)) ?? "")"
                )
            }
            let frozen = try offices.periods.frozen(asked)
            // A closed period has the days that it had then, whatever the settings are now.
            let period = frozen.first?.period ?? asked
            let registers = try offices.readRegisters()
            var builder = ReportBuilder(
                try offices.books.extract(period),
                registers,
                county: offices.name,
                now: offices.county.time
            )
            let (book, context) = (
                PeriodBook(builder.report(), frozen: frozen), ViewContext(registers, now: offices.county.time)
            )
            guard let standing = try book.standing() else { return show(book.report, context) }
            show(book, standing, context)
        }

        /// What is not closed, as the books have it now: books that stand still threw before.
        private func show(_ report: MonthReport, _ context: ViewContext) {
            if csv {
                for station in report.silent where station.isWaiting {
                    Terminal.complain("\(station.station): its events are still to be counted anew 有事件待账簿重新计算")
                }
                return Terminal.bytes(ReportSheet(report).csv)
            }
            Terminal.view(ReportView(report, context).view)
            for line in UnknownThings(report).lines { print("未知 unknown  \(line)") }
        }

        /// What is closed, with its corrections, and below it what came since.
        private func show(_ book: PeriodBook, _ standing: ReportSheet, _ context: ViewContext) {
            // Without a correction these are the bytes that were hashed.
            if csv { return Terminal.bytes(standing.csv) }
            print("已关账的数据，含更正 as it was closed, with its corrections")
            Terminal.view(FrozenReportView(book.frozen, standing: standing, context).view)
            guard !book.report.isToBeCountedAnew else {
                return print("待更正的差异 open differences: 有事件待账簿重新计算 events are still to be counted anew")
            }
            let differences = standing.differences(to: ReportSheet(book.report))
            let count = differences.rows.values.reduce(0) { $0 + $1.changes.count }
            print("待更正的差异 open differences: \(count)")
            guard count > 0 else { return }
            let period = book.report.period
            Terminal.view(ReportComparisonView(period, standing: standing, differences: differences, context).view)
        }
    }

    struct Day: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print one day. 日报")
        @OptionGroup var options: Options
        @Argument(help: "2026-11-21; today when it is left out.")
        var day: String?
        func run() throws { try options.run(.day, day) }
    }

    struct Month: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print one reporting month. 月报")
        @OptionGroup var options: Options
        @Argument(help: "2026-11; the present one when it is left out.")
        var month: String?
        func run() throws { try options.run(.month, month) }
    }

    struct Year: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print one year of reporting months. 年报")
        @OptionGroup var options: Options
        @Argument(help: "2026; the present one when it is left out.")
        var year: String?
        func run() throws { try options.run(.year, year) }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compute the SHA-256 of every closed period and correction again. 核验",
            discussion: """
                Says which text does not fit its SHA-256, which correction does not follow on what stands before it, \
                and where the audit log differs. Ends with status 1 when anything does. 不符时说明差异并返回 1。
                """
        )

        @OptionGroup var root: RootOptions

        func run() throws {
            let offices = try root.offices()
            let log = try entries(offices)
            let closed = try offices.periods.closed().map(\.period)
            var isWhole = true
            for period in closed {
                isWhole = show(PeriodCheck("\(period)", try offices.periods.frozen(period), log: log)) && isWhole
            }
            // A period that is gone stands in the audit log alone.
            for period in Set(log.map(\.object)).subtracting(closed.map { "\($0)" }).sorted() {
                isWhole = show(PeriodCheck(period, [], log: log)) && isWhole
            }
            guard isWhole else { throw ExitCode.failure }
        }

        private func show(_ check: PeriodCheck) -> Bool {
            for line in check.lines { print(line) }
            return check.isWhole
        }

        /// All that the audit log has of closing and correcting.
        private func entries(_ offices: Offices) throws -> [AuditEntry] {
            var entries: [AuditEntry] = []
            var query = AuditQuery(actions: FrozenReport.auditActions)
            while true {
                let page = try offices.accounts.audit(query)
                guard let last = page.last?.number else { return entries }
                entries += page
                query.before = last
            }
        }
    }
}
