import ArgumentParser
import ControlAPI

/// `lockerctl report`
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The station's own figures of a day or month (报表), without a network.",
        subcommands: [ReportDay.self, ReportMonth.self],
        defaultSubcommand: ReportDay.self
    )

    @OptionGroup var options: SocketOptions
}

/// `lockerctl report day`
struct ReportDay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "day", abstract: "The figures of one day (日报).")

    @Option(help: ArgumentHelp("Which day. (default: today)", valueName: "yyyy-mm-dd"))
    var of: String?

    @OptionGroup var sheet: ReportSheet
    @OptionGroup var options: SocketOptions

    func run() async throws { try await sheet.show("day", of: of, options) }
}

/// `lockerctl report month`
struct ReportMonth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "month", abstract: "The figures of one month (月报).")

    @Option(help: ArgumentHelp("Which month. (default: this one)", valueName: "yyyy-mm"))
    var of: String?

    @OptionGroup var sheet: ReportSheet
    @OptionGroup var options: SocketOptions

    func run() async throws { try await sheet.show("month", of: of, options) }
}

/// Where a report goes.
struct ReportSheet: ParsableArguments {
    @Option(help: ArgumentHelp("Write it for a spreadsheet instead of showing it.", valueName: "file"))
    var csv: String?

    func validate() throws {
        guard csv?.isEmpty != true else { throw ValidationError("--csv is empty: name a file.") }
    }

    func show(_ period: String, of: String?, _ options: SocketOptions) async throws {
        let request = ControlRequest.report(period, of: of)
        guard let csv else { return try await options.show(request, as: ReportReply.self) { $0.lines(style: $1) } }
        try await options.ask { client in
            let reply = try await client.send(request, as: ReportReply.self)
            try OutputFile.write(Array(reply.value.csv.utf8), to: csv)
            if options.json { return try Console.write(reply.bytes + [0x0A]) }
            let closed = reply.value.closed ? "" : ", not closed yet (未结)"
            try Console.write(lines: ["\(csv): \(reply.value.period), \(reply.value.csvRows) rows\(closed)".printable])
        }
    }
}
