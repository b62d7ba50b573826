import ArgumentParser
import CountyBooks
import CountyReceiver
import SyncWire

/// A day as an option.
enum DayOption {
    /// The day's last second, milliseconds since 1970.
    static func end(_ text: String) throws -> Int64 {
        guard let end = ShanghaiDay.end(of: text) else {
            throw ValidationError("\"\(text)\" is no day: write it as 2026-12-31")
        }
        return end
    }
}

struct RevokeBadgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke-badge",
        abstract: "Withdraw a badge, or all of a person, and tell every station. 工牌作废",
        discussion: """
            A badge that the books do not know, as after a county's backup was restored, is withdrawn by its id as well. \
            --person finds the badges of a person in the books and in the stations' events. 备份恢复后账中没有的工牌也可作废。
            """
    )

    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "Id of the badge: the 16 hex digits that county-server badge printed.")
    var badge: String?
    @Option(help: "Decimal number on the badge (人员编号): all badges of the person.")
    var person: String?

    func validate() throws {
        guard (badge == nil) != (person == nil) else { throw ValidationError("give the id of a badge or --person") }
    }

    func run() throws {
        let county = try root.county()
        var revocations: [County.Revocation] = []
        if let badge { revocations.append(try county.revokeBadge(badge)) }
        if let person { revocations += try county.revokeBadges(ofPerson: person) }
        for revocation in revocations {
            try county.log(.badgeRevoked, revocation.badge, detail: revocation.stations.joined(separator: " "))
        }
        try output.show(revocations) {
            revocations.flatMap { revocation in
                let stations = revocation.stations.joined(separator: " ")
                let rows = [
                    ("badge 工牌", revocation.badge),
                    ("queued for 待下发", revocation.stations.isEmpty ? "no stations" : stations),
                ]
                let note = "not in these books: check the id; the stations are told all the same 账中无此工牌，请核对"
                return revocation.isKnown ? rows : rows + [("UNKNOWN 未知", note)]
            }
        }
    }
}

struct DelegationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delegation",
        abstract: "Print a token by which somebody takes a recipient's parcels. 代取码",
        discussion: """
            A station knows a phone that was typed there by another key than the same phone in a manifest, and a token \
            opens the parcels of one key: those that it covers are named, and by which parcel a further token is made for \
            the others. 站点录入的电话与预报单上的分开识别，未涵盖的件需另发代取码。
            """
    )

    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Station at which it works.")
    var station: String
    @Option(help: ArgumentHelp("A parcel of the recipient.", valueName: "waybill"))
    var recipientOf: String
    @Option(
        help: ArgumentHelp("Last day on which it works.", valueName: "yyyy-mm-dd"),
        transform: DayOption.end
    )
    var until: Int64

    func run() throws {
        let county = try root.county()
        let delegation = try county.delegation(recipientOf: recipientOf, station: station, until: until)
        try county.log(.codeIssued, recipientOf, detail: "delegation 代取码 at \(station) until \(delegation.expires)")
        try output.show(delegation) {
            let covers = delegation.covers.isEmpty ? "none now 暂无" : delegation.covers.joined(separator: " ")
            var rows = [
                ("station 站点", delegation.station), ("token 代取码", delegation.barcode),
                ("expires 到期", delegation.expires), ("covers 可取", covers),
            ]
            if !delegation.others.isEmpty {
                let others = delegation.others.joined(separator: " ")
                rows.append(("NOT covered 不可取", "\(others): other parcels of the same phone 同一电话的其他件"))
            }
            let options = "--station \(station) --until \(delegation.expires.prefix(10))"
            rows += delegation.further.map {
                ("to do 待办", "a further token 另发代取码: county-server delegation --recipient-of \($0) \(options)")
            }
            return rows
        }
    }
}

struct ContactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contact",
        abstract: "Show the phone number that was typed for a parcel at its station. 收件人电话",
        discussion: "Numbers lie sealed in the books, until \(CountyLimits.contactDays) days after the parcel's end."
    )

    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The waybill.")
    var waybill: String
    @Option(help: "Station where it was typed.")
    var station: String
    @Option(help: "Why this recipient must be called, for the audit log. 理由")
    var reason: String?

    func run() throws {
        let county = try root.county()
        let contact = try county.contact(waybill, station: station)
        // The look stands in the log before the number is shown.
        try county.log(.phoneLooked, contact.waybill, detail: "at \(station)", reason: reason)
        try output.show(contact) {
            var rows = [
                ("waybill 运单号", contact.waybill), ("phone 电话", contact.phone),
                ("received 收到", WireTime.local(contact.received)),
                ("others 其他件", contact.others.isEmpty ? "none" : contact.others.joined(separator: " ")),
            ]
            if contact.codeChanged {
                rows.append(("CHANGED 取件码已变", "see county-server code, and tell the recipient again 请重新通知收件人"))
            }
            return rows
        }
    }
}

struct SupportCodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support-code",
        abstract: "Make a code, dictated by phone, that opens one door for one person, once. 客服开箱码",
        discussion: "Ask first who is calling and why. It also opens a door that was marked abnormal."
    )

    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Station of the door.")
    var station: String
    @Option(help: "Name of the door.")
    var door: String
    @Option(
        help:
            "Decimal number on the badge with which the caller is signed in there (人员编号); without it, nobody is signed in."
    )
    var person = ""
    @Option(
        help:
            "What `lockerctl status` shows there as the support counter, when its journal was lost and the link is down."
    )
    var counter: UInt32?

    func run() throws {
        let county = try root.county()
        let order = try county.supportCode(station: station, door: door, person: person, counter: counter)
        try county.log(.codeIssued, station, detail: "support code 客服开箱码 for door \(door), person \(order.person)")
        try output.show(order) {
            [
                ("station 站点", order.station), ("door 格口", order.door),
                ("person 人员", order.person.isEmpty ? "nobody signed in 未登录" : order.person), ("code 开箱码", order.code),
            ]
        }
    }
}
