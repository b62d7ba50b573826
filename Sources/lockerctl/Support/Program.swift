import FoundationEssentials
import Glibc

/// Runs another program of the system and waits for its end.
struct Program: Sendable {
    var path: String
    var arguments: [String]

    /// What it left.
    struct Ending: Sendable {
        /// Exit status; 128 and the signal for one that was killed.
        var status: Int32
        /// Standard output as UTF-8, at most `outputBytesMax` bytes of it.
        var output: String
    }

    private static let outputBytesMax = 1 << 20

    /// Standard error and input are those of this program.
    ///
    /// - Throws: `CommandFailure` when it cannot be started.
    func run() throws(CommandFailure) -> Ending {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failure(errno) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        for end in ends where end != STDOUT_FILENO { posix_spawn_file_actions_addclose(&actions, end) }
        // posix_spawn copies the arguments; they are freed behind it.
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let cause = posix_spawnp(&child, path, &actions, nil, &words, environ)
        close(ends[1])
        guard cause == 0 else {
            close(ends[0])
            throw failure(cause)
        }
        let output = Self.read(ends[0])
        close(ends[0])
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let isKilled = status & 0x7F != 0
        return Ending(status: isKilled ? 128 + status & 0x7F : status >> 8 & 0xFF, output: output)
    }

    private func failure(_ cause: Int32) -> CommandFailure {
        let words = String(cString: strerror(cause))
        return .refused("\(path) cannot be started (\(words)): is the package villagelocker-station whole?")
    }

    private static func read(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            if bytes.count < outputBytesMax { bytes += chunk[..<count] }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The daemon of this installation: beside this program, or where packages put it.
    static var lockerd: String {
        guard let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return "/usr/sbin/lockerd"
        }
        let beside = own.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/lockerd"
        return access(beside, X_OK) == 0 ? beside : "/usr/sbin/lockerd"
    }
}
