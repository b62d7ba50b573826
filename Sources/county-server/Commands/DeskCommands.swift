import ArgumentParser
import CountyBooks
import CountyReceiver
import LockerDomain
import OfficeSheets
import SyncWire

struct EnrolToken: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol-token",
        abstract: "Print a one-time token with which a station enrols. 注册口令"
    )

    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "Id of the station, as in its station.toml.")
    var station: String
    @Option(help: "Days that the token works, 1 to \(CountyLimits.enrolmentDaysMax). 有效天数")
    var days = Int(CountyLimits.enrolmentHours / 24)

    private struct Line: Encodable {
        var token: String
        var station: String
        var expires: String
    }

    func validate() throws {
        let most = CountyLimits.enrolmentDaysMax
        guard (1...most).contains(days) else {
            throw ValidationError("--days is not a number from 1 to \(most) (有效天数应为 1 至 \(most)): correct it")
        }
    }

    func run() throws {
        let county = try root.county()
        let (token, expires) = try county.makeEnrolmentToken(
            station: station,
            hours: Int64(days) * 24,
            stamp: Offices.stamp(at: county.time)
        )
        guard output.json else { return print(token.description) }
        try Terminal.json(Line(token: token.description, station: station, expires: WireTime.text(expires)))
    }
}

struct BadgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "badge",
        abstract: "Make a person's badge for one or more stations. 工牌"
    )

    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .customLong("station"), parsing: .upToNextOption, help: "Stations at which the badge's PIN works.")
    var stations: [String]
    @Option(help: "Number of the person (人员编号), from 1: it is what everybody calls them by. No name is kept.")
    var person: UInt64
    @Option(help: "courier, keeper, technician, inspector or agent.", transform: Self.role)
    var role: Role
    @Option(help: "Days that the badge lives, at most \(Limits.badgeDaysMax).")
    var days = Limits.badgeDaysMax
    @Option(help: "Six digits; asked for when it is left out.")
    var pin: String?
    @Option(
        help: ArgumentHelp("Last day on which the person's training counts (安全教育培训).", valueName: "yyyy-mm-dd"),
        transform: DayOption.end
    )
    var trainedUntil: Int64?

    private static func role(_ text: String) throws -> Role {
        guard let role = Role(rawValue: text) else {
            throw ValidationError("use \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return role
    }

    func run() throws {
        let county = try root.county()
        guard let pin = pin ?? Terminal.secret("PIN (6 digits, 6 位数字密码): ") else {
            throw CountyFault("PIN", "none was typed", mend: "type it or give --pin")
        }
        let badge = try county.makeBadge(
            person: person,
            role: role,
            days: days,
            pin: pin,
            stations: stations,
            trainedUntil: trainedUntil
        )
        try county.log(
            .badgeMade,
            badge.id,
            detail: "person \(badge.person), \(badge.role.rawValue), \(badge.stations.joined(separator: " "))"
        )
        try output.show(badge) {
            [
                ("badge 工牌", badge.id), ("person 人员", badge.person),
                ("role 角色", badge.role.rawValue),
                ("expires 到期", badge.expires), ("stations 站点", badge.stations.joined(separator: " ")),
                ("barcode 二维码", badge.barcode),
            ]
        }
    }
}

struct ManifestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest",
        abstract: "Announce parcels to a station. 预报单",
        subcommands: [Load.self]
    )

    struct Load: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load a manifest and tell the station.",
            discussion: """
                A sheet as Excel or WPS saves it (CSV UTF-8, CSV, Unicode 文本) with a row that names the columns: \
                \(ManifestColumn.list). Only \(ManifestColumn.waybill.names) and \(ManifestColumn.brand.names) are \
                needed; other names that offices use are known, and columns that nobody needs are named and passed \
                over. consent is user_consent, sender_named_locker, none or unknown; station names the one a parcel \
                belongs to, when that is another. Or JSON {"id":…,"entries":[…]}, all of it or nothing. Phones are masked and hashed; the \
                whole number is kept nowhere.
                """
        )

        @OptionGroup var root: RootOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The file, or - for standard input.")
        var file: String
        @Option(help: "Station that the parcels go to.")
        var station: String
        @Flag(help: "Load the good rows of a sheet where others are bad; those are named. 略过坏行")
        var skipBad = false

        func run() throws {
            guard let bytes = Terminal.contents(of: file, limit: CountyLimits.manifestFileBytesMax + 1) else {
                throw CountyFault(file, "cannot be read", mend: "check its name and owner")
            }
            let county = try root.county()
            let loaded: County.LoadedManifest
            do {
                loaded = try county.loadManifest(
                    bytes,
                    station: station,
                    skippingBadRows: skipBad,
                    stamp: Offices.stamp(at: county.time)
                )
            } catch let fault as CountyFault {
                throw CountyFault(file, fault.description)
            }
            try output.show(loaded) {
                var rows = [
                    ("manifest 预报单", loaded.manifest), ("station 站点", loaded.station),
                    ("parcels 件数", "\(loaded.count)"),
                    ("command 命令", "number \(loaded.command)"), ("sha256", loaded.sha256),
                ]
                if !loaded.raised.isEmpty { rows.append(("n raised 换码", loaded.raised.joined(separator: " "))) }
                rows += loaded.notes.map { ("note 提示", $0) } + loaded.leftOut.map { ("left out 未载入", $0) }
                return rows
            }
        }
    }
}

struct CodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code",
        abstract: "Print what a recipient is told. 取件码"
    )

    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The waybill.")
    var waybill: String
    @Option(help: "Station where the parcel lies, or will.")
    var station: String
    @Flag(help: "Also print a token for a QR code.")
    var token = false
    @Option(help: "Days that the token works, at most \(CountyLimits.tokenDaysMax).")
    var expiresDays = CountyLimits.tokenDays

    func run() throws {
        let county = try root.county()
        let notice = try county.pickupNotice(waybill, station: station, tokenDays: token ? expiresDays : nil)
        try county.log(.codeIssued, notice.waybill, detail: "code 取件码\(token ? " and token" : "") at \(station)")
        try output.show(notice) {
            let age =
                notice.heard.map { "station heard \(Age.ago($0, now: county.time))" } ?? "station never heard 从未联系"
            var rows = [
                ("waybill 运单号", notice.waybill), ("code 取件码", notice.code), ("n", "\(notice.n)"),
                ("state 状态", "\(notice.stateWords) (\(age))"),
            ]
            if let former = notice.formerCode {
                rows += [
                    ("CHANGED 取件码已变", "\(former) was told or announced before and opens it no longer 原取件码已失效"),
                    ("to do 待办", "tell the recipient the new code, then: county-server notice 请重新通知收件人"),
                ]
            }
            if !notice.partsChanged.isEmpty {
                let parts = notice.partsChanged.joined(separator: " ")
                rows.append(("CHANGED 子件码已变", "\(parts): ask for the code of each 请逐件查询"))
            }
            if let token = notice.token, let expires = notice.tokenExpires {
                rows += [("token 取件二维码", token), ("expires 到期", expires)]
            }
            return rows
        }
    }
}
