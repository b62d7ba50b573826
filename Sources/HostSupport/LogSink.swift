import Glibc
import LockerDomain
import Logging
import Synchronization

/// Where the lines of the log of one process go: to journald with fields, when systemd started the process, else to stderr.
///
/// Metadata never holds codes, tokens, keys or anything about a person (DESIGN rule 10). Safe from any thread.
public final class LogSink: Sendable {
    private struct State: Sendable {
        var descriptor: Int32 = -1
        /// journald did not take the last line in time: the next ones do not wait.
        var isLate = false
        /// Lines that it did not take.
        var lost = 0
    }

    private let identifier: String
    private let errors: Int32
    /// journald's socket; `nil` when stderr does not lead to it.
    private let journal: String?
    private let state = Mutex(State())

    /// Looks where stderr leads to.
    /// - Parameters:
    ///   - identifier: name of the program in the log.
    ///   - errors: the descriptor of stderr.
    public init(
        identifier: String,
        errors: Int32 = 2,
        journal: String = "/run/systemd/journal/socket"
    ) {
        self.identifier = identifier
        self.errors = errors
        self.journal = Self.isJournal(errors) ? journal : nil
    }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

    /// `JOURNAL_STREAM` names the device and the inode of the stream that systemd made: a child whose stderr was sent
    /// elsewhere has the variable, too (systemd.exec(5)).
    private static func isJournal(_ descriptor: Int32) -> Bool {
        var info = stat()
        guard let stream = getenv("JOURNAL_STREAM"), fstat(descriptor, &info) == 0 else { return false }
        return String(cString: stream) == "\(info.st_dev):\(info.st_ino)"
    }

    func write(_ message: String, _ level: Logger.Level, logger: String, _ metadata: Logger.Metadata) {
        let fields = metadata.sorted { $0.key < $1.key }.map { (key: $0.key, value: "\($0.value)") }
        if let journal {
            var entry = entry(message, level)
            if logger != identifier { entry.add("LOGGER", logger) }
            for field in fields { entry.add(metadata: field.key, field.value) }
            if send(entry, to: journal) { return }
        }
        let prefix = journal == nil ? "\(level.rawValue): " : "<\(Self.priority(level))>"
        let line = fields.reduce(prefix + message) { "\($0) \($1.key)=\($1.value)" }
        let bytes = Array("\(line.replacing("\n", with: " "))\n".utf8)
        _ = Glibc.write(errors, bytes, bytes.count)
    }

    private func entry(_ message: String, _ level: Logger.Level) -> JournalEntry {
        var entry = JournalEntry()
        entry.add("MESSAGE", message)
        entry.add("PRIORITY", "\(Self.priority(level))")
        entry.add("SYSLOG_IDENTIFIER", identifier)
        return entry
    }

    /// `false` when the line has to go another way. One that journald does not take in time is counted, and its number is
    /// written when it listens again: stderr leads to it as well, and would hold up the caller for ever.
    private func send(_ entry: JournalEntry, to path: String) -> Bool {
        state.withLock { state in
            if state.descriptor < 0 {
                state.descriptor = DatagramSocket.open(waitMilliseconds: ServiceLimits.logWaitMilliseconds)
            }
            guard state.descriptor >= 0 else { return false }
            if state.lost > 0, Self.send(notice(state.lost), to: path, state) == 0 { state.lost = 0 }
            switch Self.send(entry, to: path, state) {
            case 0:
                state.isLate = false
                return true
            case EAGAIN:
                (state.isLate, state.lost) = (true, state.lost + 1)
                return true
            default: return false
            }
        }
    }

    private func notice(_ lost: Int) -> JournalEntry {
        entry("\(lost) lines of the log are lost: journald did not take them in time", .warning)
    }

    /// 0 or the `errno`. What is too long for a datagram is cut.
    private static func send(_ entry: JournalEntry, to path: String, _ state: State) -> Int32 {
        let flags = state.isLate ? Int32(MSG_DONTWAIT) : 0
        var code = DatagramSocket.send(entry.bytes(), to: path, over: state.descriptor, flags: flags)
        var limit = ServiceLimits.logValueBytesMax
        while code == EMSGSIZE, limit >= ServiceLimits.logValueBytesMin {
            code = DatagramSocket.send(entry.bytes(valuesUpTo: limit), to: path, over: state.descriptor, flags: flags)
            limit /= 2
        }
        return code
    }

    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
