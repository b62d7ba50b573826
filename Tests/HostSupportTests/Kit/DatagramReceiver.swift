import Foundation
import Glibc
import Testing

/// A real datagram socket of the kind that systemd and journald listen at.
final class DatagramReceiver {
    /// As in `NOTIFY_SOCKET`: a path, or `@` for the abstract namespace.
    let name: String
    private let descriptor: Int32
    private var isBound: Bool { !name.hasPrefix("@") }

    init(isAbstract: Bool = false) throws {
        let id = "vl-\(UUID().uuidString)"
        name = isAbstract ? "@\(id)" : NSTemporaryDirectory() + id
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if isAbstract { bytes[0] = 0 }
        try #require(bytes.count < MemoryLayout.size(ofValue: address.sun_path), "\(name) is too long")
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let code = withUnsafePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(code == 0)
    }

    deinit { end() }

    /// Nobody listens there any more.
    func end() {
        close(descriptor)
        if isBound { unlink(name) }
    }

    /// The next datagram that has arrived.
    func nextBytes() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : Array(buffer[..<count])
    }

    func next() -> String? { nextBytes().map { String(decoding: $0, as: UTF8.self) } }

    /// All that have arrived.
    func all() -> [String] {
        var all: [String] = []
        while let text = next() { all.append(text) }
        return all
    }
}

/// What needs variables of the environment stands in one suite: the process has only one.
@Suite("Under systemd", .serialized)
struct SystemdTests {
    /// Runs `work` with these variables, `nil` for one that is not set.
    static func with<Value>(_ variables: [String: String?], _ work: () throws -> Value) rethrows -> Value {
        func set(_ name: String, _ value: String?) { if let value { setenv(name, value, 1) } else { unsetenv(name) } }
        let before = variables.keys.map { ($0, getenv($0).map { String(cString: $0) }) }
        for (name, value) in variables { set(name, value) }
        defer { for (name, value) in before { set(name, value) } }
        return try work()
    }
}
