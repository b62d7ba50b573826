import ArgumentParser
import CountyBooks
import CountyReceiver
import CountySQLite
import SyncWire

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Make and list accounts of the county's pages. 账号",
        subcommands: [Add.self, Reset.self, List.self]
    )

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account and print the sheet with its one-time password. 新增账号",
            discussion: """
                The password works once and must be changed at the first log-in; it is good for \
                \(CountyBooksLimits.oneTimePasswordDays) days. 密码只能用一次，首次登录须修改。
                """
        )

        @OptionGroup var root: RootOptions
        @Argument(help: "Log-in name: letters, digits or Chinese characters, and - _ . behind the first. 账号可用汉字")
        var name: String
        @Option(help: "One of \(AccountRole.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: ", ")).")
        var role: String
        @Option(help: "Name of the person.")
        var person: String?
        @Option(help: "The first nine digits of 区划代码 of the one township that the account sees.")
        var township: String?
        @Option(help: "Name of the firm, for operatorFirm.")
        var firm: String?
        @Option(parsing: .upToNextOption, help: "Names of the brands, for carrier.")
        var brands: [String] = []

        func run() throws {
            guard let role = AccountRole(rawValue: role) else {
                throw ValidationError(
                    "--role \(self.role) is none of \(AccountRole.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            guard let scope = AccountScope(text: township ?? AccountScope.county.text) else {
                throw ValidationError("--township \(township ?? "") is not nine digits of 区划代码")
            }
            let offices = try root.offices(mayMake: true)
            let rights = try AccountRights(
                role: role,
                scope: scope,
                firm: firm,
                brands: brands
            )
            try rights.check(in: try offices.readRegisters())
            let change = try AccountBook(offices.accounts.accounts()).add(
                name,
                displayName: person,
                rights: rights,
                stamp: Offices.stamp(at: offices.county.time),
                entropy: Offices.entropy
            )
            try offices.accounts.save(change)
            if let sheet = change.sheet { print(sheet.text(), terminator: "") }
            let (place, data) = (offices.county.settings.logInAddress, offices.county.settings.dataDirectory)
            guard !ServingLock.isHeld(data) else { return print("open \(place) 请打开此网址") }
            print("start with county-server serve, then open \(place) 启动 county-server serve 后打开此网址")
        }
    }

    struct Reset: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a new sheet for a forgotten password; the old one is over at once. 重置密码"
        )

        @OptionGroup var root: RootOptions
        @Argument(help: "Log-in name.")
        var name: String

        func run() throws {
            let offices = try root.offices()
            let change = try AccountBook(offices.accounts.accounts()).resetPassword(
                name,
                version: nil,
                stamp: Offices.stamp(at: offices.county.time),
                entropy: Offices.entropy
            )
            try offices.accounts.save(change)
            if let sheet = change.sheet { print(sheet.text(), terminator: "") }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts. 账号列表")

        @OptionGroup var root: RootOptions

        func run() throws {
            let offices = try root.offices()
            Terminal.table(
                try offices.accounts.accounts().map { account in
                    let state = account.isEnabled ? "" : "  off 停用"
                    let isFresh = account.mustChange ? "  password of the sheet 未改密码" : ""
                    return (name: account.name, value: account.rights.text + state + isFresh)
                }
            )
        }
    }
}
