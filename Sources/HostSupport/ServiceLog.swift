import Glibc
public import Logging

/// Writes log lines to stderr; under systemd with the `<N>` prefix that journald reads as the priority
/// (sd-daemon(3)). Metadata never holds codes, tokens or keys.
public struct ServiceLog: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level = .info
    private let underSystemd: Bool

    /// Looks for `JOURNAL_STREAM`.
    public init() { underSystemd = getenv("JOURNAL_STREAM") != nil }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let prefix = underSystemd ? "<\(priority(event.level))>" : "\(event.level.rawValue): "
        var line = prefix + event.message.description
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted(by: {
            $0.key < $1.key
        }) {
            line += " \(key)=\(value)"
        }
        line = line.replacing("\n", with: " ") + "\n"
        let bytes = Array(line.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    private func priority(_ level: Logger.Level) -> Int {
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
