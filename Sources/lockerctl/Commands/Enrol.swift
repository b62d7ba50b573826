import ArgumentParser
import ControlAPI

/// `lockerctl enrol`
struct Enrol: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Enrols the station at its county with a one-time token (登记)."
    )

    @Argument(help: "The token that the county's clerk gave.")
    var token: String

    @OptionGroup var options: SocketOptions

    func run() async throws {
        let request = try ControlRequest.post(
            ControlPath.enrol,
            EnrolRequest(token: token),
            seconds: ControlLimits.enrolSeconds
        )
        try await options.show(request, as: EnrolReply.self) { _, style in [style.green("Enrolled (已登记).")] }
    }
}
