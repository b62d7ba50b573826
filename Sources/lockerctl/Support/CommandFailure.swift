import ArgumentParser

/// Why a command was not done: the thing, the cause and the fix, and the exit code.
struct CommandFailure: Error, Sendable {
    var code: ExitCode
    var message: String
    /// Whether the same may succeed later: somebody else was not reached.
    var isTemporary = false

    /// Refused by the station, or failed.
    static func refused(_ message: String) -> CommandFailure { CommandFailure(code: .failure, message: message) }

    /// `EX_UNAVAILABLE`: the daemon is not there.
    static func unreachable(_ message: String) -> CommandFailure {
        CommandFailure(code: ExitCode(69), message: message)
    }

    var isUnreachable: Bool { code.rawValue == 69 }
}
