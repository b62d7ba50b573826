import ArgumentParser
import CountyReceiver
import LockerDomain

/// What every command for parcels at a station asks.
struct ParcelCommandOptions: ParsableArguments {
    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Station where the parcels lie.")
    var station: String
}

/// How a command that was queued for a station is shown.
private func show(_ order: County.Order, _ output: OutputOptions) throws {
    guard !output.json else { return try Terminal.json(order) }
    Terminal.table([
        ("station 站点", order.station), ("command 命令", "number \(order.command), \(order.type)"),
        ("parcels 件", order.waybills.joined(separator: " ")),
    ])
}

struct NoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice",
        abstract: "Tell a station that recipients were told, or could not be told. 通知结果",
        discussion: "The hold period begins with the notice. Whom nobody could tell, the keeper tells in person."
    )

    @OptionGroup var options: ParcelCommandOptions
    @Argument(help: "The waybills.")
    var waybills: [String]
    @Option(help: ArgumentHelp("Why they could not be told.", valueName: "reason"))
    var failed: String?

    func run() throws {
        try show(try options.root.county().notice(waybills, station: options.station, failure: failed), options.output)
    }
}

struct ExtendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: "Let a parcel wait longer. 延长保管期"
    )

    @OptionGroup var options: ParcelCommandOptions
    @Argument(help: "The waybill.")
    var waybill: String
    @Option(help: "Hours that the hold period grows, at most \(Limits.extensionHoursMax).")
    var hours = Limits.extensionHours

    func run() throws {
        try show(try options.root.county().extendHold(waybill, hours: hours, station: options.station), options.output)
    }
}

struct RecallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Want parcels back: the next courier takes them out. 召回"
    )

    @OptionGroup var options: ParcelCommandOptions
    @Argument(help: "The waybills.")
    var waybills: [String]

    func run() throws { try show(try options.root.county().recall(waybills, station: options.station), options.output) }
}

struct ReissueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reissue",
        abstract: "Make a parcel's code anew. 重发取件码",
        discussion: "The old code works until the station has done the command, the new one from then on."
    )

    @OptionGroup var options: ParcelCommandOptions
    @Argument(help: "The waybill.")
    var waybill: String

    func run() throws {
        let reissue = try options.root.county().reissue(waybill, station: options.station)
        guard !options.output.json else { return try Terminal.json(reissue) }
        try show(reissue.order, options.output)
        Terminal.table([("new code 新取件码", reissue.code), ("n", "\(reissue.n)")])
    }
}
