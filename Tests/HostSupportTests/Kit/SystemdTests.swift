import Foundation
import Glibc
import Testing

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
