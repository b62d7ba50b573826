import Glibc

/// Speaks `sd_notify` (sd_notify(3)): one datagram to the socket that systemd names. Without systemd it does nothing.
public struct ServiceManager: Sendable {
    private let path: String?

    /// Reads `NOTIFY_SOCKET`.
    public init() { path = getenv("NOTIFY_SOCKET").map { String(cString: $0) } }

    /// Half of the watchdog interval in milliseconds; `nil` when systemd watches nothing.
    public var watchdogMilliseconds: Int64? {
        guard let text = getenv("WATCHDOG_USEC").map({ String(cString: $0) }), let micros = Int64(text), micros > 0
        else { return nil }
        return max(1, micros / 2_000)
    }

    /// Ready for work.
    public func ready() { send("READY=1") }

    /// The engine has come round.
    public func alive() { send("WATCHDOG=1") }

    /// On the way down.
    public func stopping() { send("STOPPING=1") }

    private func send(_ message: String) {
        guard let path, path.utf8.count < 108 else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        // An abstract socket is written with @ for its leading zero byte.
        if path.hasPrefix("@") { withUnsafeMutableBytes(of: &address.sun_path) { $0[0] = 0 } }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
        let bytes = Array(message.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, bytes, bytes.count, 0, $0, length)
            }
        }
    }
}
