import ArgumentParser
import CountyBooks
import CountyReceiver
import Glibc

struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Show or confirm the county's clock. 县中心时钟",
        discussion: """
            While it is in doubt no badge and no manifest is made, no phone number is erased, and no station is told the \
            time. 时钟存疑时不制工牌、不发预报单、不删除电话、不向站点授时。
            """,
        subcommands: [Show.self, Confirm.self]
    )

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print what is known of the clock. 查看")

        @OptionGroup var root: RootOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let state = try root.county().checkClock()
            try output.show(state) { state.lines.map { ($0.name, $0.value) } }
        }
    }

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that the clock shows the right time; recorded with your user name. 确认时间无误"
        )

        @OptionGroup var root: RootOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Do not ask.")
        var yes = false

        func run() throws {
            let county = try root.county()
            if !yes {
                let line = try county.checkClock().lines[0]
                print("\(line.name)  \(line.value)  right? type yes 时间无误请输入 yes: ", terminator: "")
                fflush(nil)
                guard readLine() == "yes" else {
                    throw CountyFault("clock", "is not confirmed 未确认", mend: "look at another clock, then type yes")
                }
            }
            let state = try county.confirmClock(by: Offices.user)
            try county.log(.clockConfirmed, "clock 时钟")
            try output.show(state) { state.lines.map { ($0.name, $0.value) } }
        }
    }
}
