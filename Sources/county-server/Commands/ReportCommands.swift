import ArgumentParser
import CountyBooks
import CountyReceiver
import CountySQLite
import LockerDomain
import SyncWire

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print 快件进村数据信息汇总 of a day, month or year, and check what was closed. 汇总报表",
        subcommands: [Day.self, Month.self, Year.self, Verify.self]
    )

    struct Options: ParsableArguments {
        @OptionGroup var root: RootOptions
        @Flag(help: "Print canonical CSV: what is frozen when the period is closed.")
        var csv = false

        func run(_ kind: CountyPeriod.Kind, _ text: String?) throws {
            let offices = try root.offices()
            try offices.keeper.catchUp()
            let settings = offices.county.settings
            let today = Moment(wall: offices.county.time, uptime: 0, clock: .none).shanghaiDay
            let present = ReportCommand.present(kind, today, ends: settings.periodEnds)
            guard let period = text.map({ CountyPeriod(kind, $0, ends: settings.periodEnds) }) ?? present else {
                throw ValidationError(
                    "\(text ?? "") is no \(kind.rawValue): write \(present.map(String.init(describing:)) ?? "")"
                )
            }
            var builder = ReportBuilder(
                try offices.books.extract(period),
                try offices.readRegisters(),
                county: offices.name,
                now: offices.county.time
            )
            let report = builder.report()
            if csv { return Terminal.bytes(ReportSheet(report).csv) }
            let registers = try offices.readRegisters()
            Terminal.view(ReportView(report, ViewContext(registers, now: offices.county.time)).view)
            for part in try offices.periods.frozen(period) {
                print("\(part.name)  SHA-256 \(part.sha256)  \(WireTime.local(part.frozenAt)) \(part.by)")
            }
        }
    }

    /// The period of now, as an example and a default.
    static func present(_ kind: CountyPeriod.Kind, _ today: Int64, ends: Int64) -> CountyPeriod? {
        switch kind {
        case .day: CountyPeriod(day: today)
        case .month: CountyPeriod(monthHolding: today, ends: ends)
        case .year: CountyPeriod(.year, String(CivilDay(number: today).year), ends: ends)
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
            discussion: "Ends with status 1 when one does not fit. 不符时返回 1。"
        )

        @OptionGroup var root: RootOptions

        func run() throws {
            let offices = try root.offices()
            var isWhole = true
            for closed in try offices.periods.closed() {
                for part in try offices.periods.frozen(closed.period) {
                    isWhole = isWhole && part.isIntact
                    let verdict = part.isIntact ? "fits 相符" : "DOES NOT FIT 不符"
                    print(
                        "\(part.period)  \(part.name)  \(part.sha256)  \(verdict)  \(WireTime.local(part.frozenAt)) \(part.by)"
                    )
                }
            }
            guard isWhole else { throw ExitCode.failure }
        }
    }
}
