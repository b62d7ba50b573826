import Glibc

/// Runs another program with the terminal of this one.
enum ProgramRun {
    /// A program that lies beside this one.
    static func beside(_ name: String) -> String {
        guard let own = realpath("/proc/self/exe", nil) else { return "/usr/sbin/\(name)" }
        defer { free(own) }
        let path = String(cString: own)
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        let beside = "\(folder)/\(name)"
        return access(beside, X_OK) == 0 ? beside : "/usr/sbin/\(name)"
    }

    /// Runs it to its end; its exit code, or 128 and the signal that ended it.
    static func run(_ path: String, _ arguments: [String]) throws -> Int32 {
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        // All that such a program needs; secrets of the caller's environment are none of it.
        var environment = [strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nil]
        defer { for word in words + environment { free(word) } }
        var process = pid_t()
        let error = posix_spawn(&process, path, nil, nil, &words, &environment)
        guard error == 0 else {
            throw CommandFailure.refused("\(path) cannot be run: \(String(cString: strerror(error)))")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw CommandFailure.refused("\(path): \(String(cString: strerror(errno)))") }
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
