import Glibc

/// The system's account database. Calls block on `/etc/passwd`, `/etc/group` or what `nsswitch.conf` names.
enum Accounts {
    /// Bytes of one entry; a group with thousands of members needs more than it is worth.
    private static let entryBytesMax = 1 << 20

    static var ownUser: UInt32 { geteuid() }

    /// The number of a group; `nil` when there is none.
    static func group(named name: String) -> UInt32? {
        read { buffer, length in
            var entry = Glibc.group()
            var found: UnsafeMutablePointer<Glibc.group>?
            let code = getgrnam_r(name, &entry, buffer, length, &found)
            return (code, found == nil ? nil : entry.gr_gid)
        }
    }

    /// The name of a user, `uid 1234` when it has none.
    static func name(ofUser user: UInt32) -> String {
        let name: String? = read { buffer, length in
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            let code = getpwuid_r(user, &entry, buffer, length, &found)
            // Safe: on success pw_name points at a terminated string within `buffer`, which outlives this closure.
            return (code, found == nil ? nil : entry.pw_name.map { String(cString: $0) })
        }
        return name ?? "uid \(user)"
    }

    /// Asks with a growing buffer until the entry fits.
    private static func read<Value>(
        _ ask: (UnsafeMutablePointer<CChar>, Int) -> (code: Int32, value: Value?)
    ) -> Value? {
        var bytes = 1_024
        while bytes <= entryBytesMax {
            // Safe: the pointer is used only within the closure, with the length that was allocated.
            let (code, value) = withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes) { buffer in
                buffer.baseAddress.map { ask($0, buffer.count) } ?? (ENOMEM, nil)
            }
            if code == 0 { return value }
            guard code == ERANGE || code == EINTR else { return nil }
            if code == ERANGE { bytes *= 2 }
        }
        return nil
    }
}
