import Glibc

/// Runs another program of the system and waits for its end.
struct Program: Sendable {
    var path: String
    var arguments: [String]

    private static let outputBytesMax = 1 << 20

    /// systemd's command for its units.
    static func systemctl(_ arguments: String...) -> Program {
        Program(path: "/usr/bin/systemctl", arguments: arguments)
    }

    /// The daemon of this installation: beside this program, or where packages put it.
    static func lockerd(_ arguments: [String]) -> Program {
        Program(path: beside("lockerd"), arguments: arguments)
    }

    private static func beside(_ name: String) -> String {
        guard let own = realpath("/proc/self/exe", nil) else { return "/usr/sbin/\(name)" }
        defer { free(own) }
        let path = String(cString: own)
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        let beside = "\(folder)/\(name)"
        return access(beside, X_OK) == 0 ? beside : "/usr/sbin/\(name)"
    }

    /// Runs it on the terminal of this program.
    ///
    /// - Returns: its exit status, or 128 and the signal that ended it.
    func run() throws(CommandFailure) -> Int32 { try wait(for: start(nil)) }

    /// Runs it and reads what it prints, as UTF-8 and at most `outputBytesMax` bytes of it.
    func output() throws(CommandFailure) -> (status: Int32, text: String) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failure(errno) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        for end in ends where end != STDOUT_FILENO { posix_spawn_file_actions_addclose(&actions, end) }
        let child: pid_t
        do throws(CommandFailure) {
            child = try start(&actions)
            close(ends[1])
        } catch {
            close(ends[1])
            throw error
        }
        let text = Self.read(ends[0])
        return (try wait(for: child), text)
    }

    private func start(_ actions: UnsafePointer<posix_spawn_file_actions_t>?) throws(CommandFailure) -> pid_t {
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        // All that such a program needs; secrets of the caller's environment are none of it.
        var environment = [strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nil]
        defer { for word in words + environment { free(word) } }
        var child = pid_t()
        let cause = posix_spawn(&child, path, actions, nil, &words, &environment)
        guard cause == 0 else { throw failure(cause) }
        return child
    }

    private func wait(for child: pid_t) throws(CommandFailure) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw failure(errno) }
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    private func failure(_ cause: Int32) -> CommandFailure {
        let words = String(cString: strerror(cause))
        return .refused("\(path) cannot be run (\(words)): is the package villagelocker-station whole? (请检查软件包)")
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
}
