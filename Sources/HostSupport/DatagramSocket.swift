import Glibc

/// Sends single datagrams to sockets that systemd names by their path.
enum DatagramSocket {
    /// A socket that nobody is connected to, or a negative number. `waitMilliseconds`: how long a send waits for a receiver
    /// that is behind; without it, for ever.
    static func open(waitMilliseconds: Int64? = nil) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0, let waitMilliseconds else { return descriptor }
        var wait = timeval(tv_sec: Int(waitMilliseconds / 1_000), tv_usec: Int(waitMilliseconds % 1_000) * 1_000)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        return descriptor
    }

    /// Sends one datagram; returns 0 or the `errno`. An abstract address is written with `@` for its leading zero byte.
    static func send(_ bytes: [UInt8], to path: String, over descriptor: Int32, flags: Int32 = 0) -> Int32 {
        var address = sockaddr_un()
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return ENAMETOOLONG }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        if path.hasPrefix("@") { withUnsafeMutableBytes(of: &address.sun_path) { $0[0] = 0 } }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, flags | Int32(MSG_NOSIGNAL), $0, length)
            }
        }
        return sent < 0 ? errno : 0
    }
}
