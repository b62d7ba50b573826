import ArgumentParser
import ControlAPI

/// `lockerctl first-boot`
struct FirstBoot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "first-boot",
        abstract: "Enrols a new board by the file on its boot partition; a unit of the image calls it (首次启动).",
        discussion: """
            Exit codes: 0 enrolled, 1 the file must be corrected, 75 try again: the county was not reached.
            """
    )

    /// `EX_TEMPFAIL` of sysexits.h.
    private static let tryAgain = ExitCode(75)

    @Argument(help: "The enrolment file.", completion: .file())
    var file: String

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await Console.reporting {
            let faults: [String]
            do {
                faults = try await Commissioning(options: options).enrol(by: file, isRepeated: true)
            } catch var failure as CommandFailure where failure.isTemporary || failure.isUnreachable {
                failure.code = Self.tryAgain
                throw failure
            }
            try Console.write(lines: ["Enrolled (已登记)."] + faults.map { "board: \($0)".printable })
        }
    }
}
