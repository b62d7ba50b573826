import ArgumentParser
import ControlAPI
import LockerDomain

/// `lockerctl scan`
struct Scan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plays a scan or a typed line; only on a simulated station.",
        discussion: "Exits with 0 when the station answered, whatever it answered."
    )

    @Argument(help: "The text as a device would read it; behind -- if it begins with a hyphen.")
    var text: String

    @Flag(help: "Typed at the number pad instead of scanned.")
    var keypad = false

    @OptionGroup var options: SocketOptions

    func run() async throws {
        let scan = ScanRequest(text: text, role: keypad ? .keypad : .scanner)
        try await options.show(.post(ControlPath.scan, scan), as: ScanReply.self) { $0.lines(style: $1) }
    }
}
