import ArgumentParser
import CountyBooks
import CountyReceiver
import CountySQLite
import LockerDomain
import OfficeSheets

struct RegisterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Load, print and make up registers: townships, villages, sites, operators, people. 台账",
        subcommands: [Load.self, Print.self, Template.self, MakeUp.self]
    )

    /// `village 行政村, site 网点, …`
    private static let known = RegisterKind.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: ", ")
    static let kindHelp: ArgumentHelp = "The register, one of \(known)."

    /// `village`, `site`, …
    static func kind(_ text: String) throws -> RegisterKind {
        guard let kind = RegisterKind(rawValue: text) ?? RegisterKind.allCases.first(where: { $0.chinese == text })
        else {
            throw ValidationError("\(text) is no register: write one of \(known)")
        }
        return kind
    }

    struct Load: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load a sheet into a register, all rows or none. 导入"
        )

        @OptionGroup var root: RootOptions
        @Argument(help: RegisterCommand.kindHelp, transform: RegisterCommand.kind)
        var kind: RegisterKind
        @Argument(help: "A CSV file as offices save it (UTF-8 or GBK), or - for standard input.")
        var file: String

        func run() throws {
            let offices = try root.offices()
            guard let bytes = Terminal.contents(of: file, limit: CountyLimits.manifestFileBytesMax + 1) else {
                throw CountyFault(file, "cannot be read 无法读取", mend: "check its name and owner 请检查")
            }
            let loaded = try RegisterLoading.load(
                bytes,
                kind,
                into: offices.registers,
                stations: Set(offices.county.sights().map(\.station)),
                county: offices.county.settings.code,
                stamp: Offices.stamp(at: offices.county.time)
            )
            for note in loaded.notes { print(note) }
            print("\(kind.chinese) \(kind.rawValue): \(loaded.rows) rows, \(loaded.changed) new or changed 新增或修改")
        }
    }

    struct Print: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a register as the sheet that load reads. 导出",
            discussion: """
                A text that an office program would take for a formula (it begins with = + - @) has an apostrophe in front, \
                which load takes off again. 以 = + - @ 开头的文字前加撇号，load 读入时去掉。
                """
        )

        @OptionGroup var root: RootOptions
        @Flag(help: "Also rows that held before the newest of each entry.")
        var all = false
        @Argument(help: RegisterCommand.kindHelp, transform: RegisterCommand.kind)
        var kind: RegisterKind

        func run() throws {
            let rows = try root.offices().registers.rows().map(\.dated).filter { $0.row.kind == kind }
            let newest = Dictionary(grouping: rows, by: \.row.key).values.compactMap { versions in
                versions.max { ($0.validFrom?.number ?? .min) < ($1.validFrom?.number ?? .min) }
            }
            let shown = (all ? rows : newest).sorted { $0.row.key < $1.row.key }
            Terminal.bytes(RegisterSheet.csv(shown, of: kind))
        }
    }

    struct Template: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a sheet to fill in. 模板")

        @Argument(help: RegisterCommand.kindHelp, transform: RegisterCommand.kind)
        var kind: RegisterKind

        func run() {
            Terminal.bytes(RegisterSheet.templateCSV(kind))
        }
    }

    struct MakeUp: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make-up",
            abstract: "Fill empty registers with a made-up county for trying things out. 示例县",
            discussion: "Every name in it is marked 示例. Refused where a register has rows already. 已有台账时拒绝。"
        )

        @OptionGroup var root: RootOptions
        @Option(help: "How many villages: nine of ten have a site and a station, one is reached from the next.")
        var villages = 300

        func run() throws {
            let offices = try root.offices(mayMake: true)
            guard (1...MadeUpCounty.villagesMax).contains(villages) else {
                throw ValidationError("--villages is not 1 to \(MadeUpCounty.villagesMax)")
            }
            guard try offices.registers.rows().isEmpty else {
                throw CountyFault(
                    "registers",
                    "have rows already 台账非空",
                    mend: "use an empty county: --root with a new folder 请用新目录"
                )
            }
            let made = MadeUpCounty(villages: villages, county: offices.county.settings.code)
            let time = offices.county.time
            let audit = AuditEntry(
                Offices.stamp(at: time),
                .registerImported,
                object: "made-up county 示例县",
                detail: "\(made.rows.count) rows"
            )
            try offices.registers.keep(made.rows.map { RegisterChange($0) }, by: Offices.user, at: time, audit: audit)
            print("\(made.rows.count) made-up rows, \(villages) villages 示例数据，请勿用于上报")
        }
    }
}
