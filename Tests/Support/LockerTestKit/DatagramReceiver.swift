import FoundationEssentials
import Glibc

/// A real datagram socket of the kind that systemd and journald listen at.
public final class DatagramReceiver {
    /// As in `NOTIFY_SOCKET`: a path, or `@` for the abstract namespace.
    public let name: String
    private let descriptor: Int32

    /// Why there is no socket.
    public struct Fault: Error {}

    public init(isAbstract: Bool = false) throws {
        let id = "vl-\(UUID().uuidString)"
        name = isAbstract ? "@\(id)" : FileManager.default.temporaryDirectory.appending(path: id).path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if isAbstract { bytes[0] = 0 }
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw Fault() }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let code = withUnsafePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard code == 0 else { throw Fault() }
    }

    deinit { end() }

    /// Nobody listens there any more.
    public func end() {
        close(descriptor)
        if !name.hasPrefix("@") { unlink(name) }
    }

    /// The next datagram that has arrived.
    public func nextBytes() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : Array(buffer[..<count])
    }

    /// The same as text.
    public func next() -> String? { nextBytes().map { String(decoding: $0, as: UTF8.self) } }

    /// All that have arrived.
    public func all() -> [String] {
        var all: [String] = []
        while let text = next() { all.append(text) }
        return all
    }
}
