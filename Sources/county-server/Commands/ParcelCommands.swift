import ArgumentParser
import CountyBooks
import CountyReceiver
import LockerDomain
import StationBooks
import SyncWire

/// What every command for parcels at a station asks.
struct ParcelCommandOptions: ParsableArguments {
    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Station where the parcels lie.")
    var station: String
}

/// The entry of a command that was queued for a station.
private func log(_ order: County.Order, of county: County) throws {
    try county.log(
        .commandSent,
        order.station,
        detail: "number \(order.command), \(order.type): \(order.waybills.joined(separator: " "))"
    )
}

/// How a command that was queued for a station is logged and shown.
private func show(_ order: County.Order, _ output: OutputOptions, of county: County) throws {
    try log(order, of: county)
    try output.show(order) {
        let rows = [
            ("station 站点", order.station), ("command 命令", "number \(order.command), \(order.type)"),
            ("parcels 件", order.waybills.joined(separator: " ")),
        ]
        return rows + order.notes.map { ("warning 注意", $0) }
    }
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
        let county = try options.root.county()
        let order = try county.notice(waybills, station: options.station, failure: failed)
        try show(order, options.output, of: county)
    }
}

struct HoldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Print how long a parcel is held, by the hours given here. 保管期",
        discussion: """
            Reckoned from the station's events as the station does, and time in which it was dark does not count \
            (停电不计). But the hours of its policy stand in its station.toml alone (hold_hours, chilled_hold_hours), and \
            no station tells them: where they are others, give them here. 站点自定的保管时长县中心不知，请在此给出。
            """
    )

    @OptionGroup var options: ParcelCommandOptions
    @Argument(help: "The waybill.")
    var waybill: String
    @Option(
        help:
            "Hours of the hold period by the station's policy, hold_hours in its station.toml; 1 to \(CountyLimits.holdHoursMax)."
    )
    var hours = Policy().holdHours
    @Option(help: "The same for chilled goods, chilled_hold_hours.")
    var chilledHours = Policy().chilledHoldHours

    func run() throws {
        var policy = Policy()
        (policy.holdHours, policy.chilledHoldHours) = (hours, chilledHours)
        let period = try options.root.county().holdPeriod(waybill, station: options.station, policy: policy)
        try options.output.show(period) {
            let hold = period.hold
            var rows = [
                ("station 站点", period.station), ("parcel 件", period.waybill),
                ("told 通知", hold.began.map(WireTime.local) ?? "not yet"),
                ("held until 保管至", period.end.map(WireTime.local) ?? "unknown before the notice"),
                ("reckoned with 按", Self.basis(of: period)),
            ]
            if period.missing { rows.append(("missing 未找到", "not found there when somebody looked 请站点查找")) }
            if let paused = hold.paused, paused > 0 { rows.append(("dark 停电", "\(paused / 3_600_000) h, not counted")) }
            if hold.owesReminder { rows.append(("reminder 提醒", "owed before it can be overdue")) }
            if hold.isOverdue { rows.append(("overdue 滞留", "yes")) }
            return rows
        }
    }

    private static func basis(of period: County.HoldPeriod) -> String {
        let option = period.chilled ? "--chilled-hours" : "--hours"
        let added = period.hold.extraHours > 0 ? " + \(period.hold.extraHours) h added 延长" : ""
        return "\(period.hours) h (\(option))\(added); the station's own policy is not known here 站点自定时长未知"
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
        let county = try options.root.county()
        let order = try county.extendHold(waybill, hours: hours, station: options.station)
        try show(order, options.output, of: county)
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

    func run() throws {
        let county = try options.root.county()
        try show(try county.recall(waybills, station: options.station), options.output, of: county)
    }
}

struct ReissueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reissue",
        abstract: "Make a parcel's code anew. 重发取件码",
        discussion: """
            The old code works until the station has done the command, the new one from then on. The station refuses it for \
            a parcel that is not inside by then. 件未入站则站点不执行，新取件码无效。
            """
    )

    @OptionGroup var options: ParcelCommandOptions
    @Argument(help: "The waybill.")
    var waybill: String

    func run() throws {
        let county = try options.root.county()
        let reissue = try county.reissue(waybill, station: options.station)
        guard !options.output.json else {
            try log(reissue.order, of: county)
            return try Terminal.json(reissue)
        }
        try show(reissue.order, options.output, of: county)
        Terminal.table([("new code 新取件码", reissue.code), ("n", "\(reissue.n)")])
    }
}
