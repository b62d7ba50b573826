import Glibc
import LockerDomain

/// Speaks `sd_notify` (sd_notify(3)): one datagram to the socket that systemd names. Without systemd it does nothing.
public struct ServiceManager: Sendable {
    private let path: String?

    /// Reads `NOTIFY_SOCKET`.
    public init() { path = getenv("NOTIFY_SOCKET").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }

    /// Whether systemd listens.
    public var isThere: Bool { path != nil }

    /// Milliseconds from one ping to the next; `nil` when systemd watches nothing, or another process.
    public var pingMilliseconds: Int64? {
        guard let micros = Self.number("WATCHDOG_USEC"), micros > 0 else { return nil }
        if let process = Self.number("WATCHDOG_PID"), process != Int64(getpid()) { return nil }
        return Self.pingMilliseconds(ofWatchdog: micros / 1_000)
    }

    /// Milliseconds from one ping to the next for a watchdog of so many. The last ping may be one interval old when a commit
    /// begins: what is left of the watchdog is what the commit may take.
    package static func pingMilliseconds(ofWatchdog milliseconds: Int64) -> Int64 {
        max(1, milliseconds / ServiceLimits.watchdogPingsMin)
    }

    private static func number(_ variable: String) -> Int64? {
        getenv(variable).map { String(cString: $0) }.flatMap { Int64($0) }
    }

    /// Ready for work.
    public func ready() { send("READY=1") }

    /// The engine has come round. It never waits: PID 1 that is behind must not hold up a turn, and the next ping is near.
    public func alive() { send("WATCHDOG=1", flags: Int32(MSG_DONTWAIT)) }

    /// The start goes on, and may take so much longer.
    public func starting(forSeconds seconds: Int64) {
        send("EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000)", flags: Int32(MSG_DONTWAIT))
    }

    /// On the way down.
    public func stopping() { send("STOPPING=1") }

    /// One line for `systemctl status`.
    public func status(_ text: String) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        send("STATUS=\(String(decoding: line.utf8.prefix(ServiceLimits.statusBytesMax), as: UTF8.self))")
    }

    private func send(_ message: String, flags: Int32 = 0) {
        guard let path else { return }
        let descriptor = DatagramSocket.open()
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = DatagramSocket.send(Array(message.utf8), to: path, over: descriptor, flags: flags)
    }
}
