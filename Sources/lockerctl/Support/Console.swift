import ArgumentParser
import ControlAPI
import Glibc

/// Standard output and error of a command.
enum Console {
    /// Whether standard output is a terminal.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Emphasis only on a terminal that wants it (no-color.org).
    static var style: TextStyle {
        TextStyle(isEnabled: isTerminal && variable("NO_COLOR") == nil && variable("TERM") != "dumb")
    }

    /// Writes lines to standard output.
    static func write(lines: [String]) throws {
        try write(Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// Writes bytes to standard output; a reader that went away ends the program quietly, as `head` expects it.
    static func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                throw ExitCode.success
            } else if errno != EINTR {
                throw CommandFailure.refused("standard output cannot be written (error \(errno)): is the disk full?")
            }
        }
    }

    /// Writes a line to standard error.
    static func complain(_ message: String) {
        let bytes = Array("lockerctl: \(message.printable)\n".utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Runs, and says why it failed.
    static func reporting(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let failure as CommandFailure {
            complain(failure.message)
            throw failure.code
        }
    }

    // Safe: the environment is not changed while the program runs, so the string stays where it is while it is copied.
    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
