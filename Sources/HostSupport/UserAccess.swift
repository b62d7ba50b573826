import Glibc

/// What another user may do with a file, by its owner, its groups and the mode: a technician who checks a station as root
/// wants to know what `lockerd` will meet.
public struct UserAccess: Sendable {
    private let name: String
    private let uid: uid_t
    private let groups: Set<gid_t>

    /// `nil` when the machine has no such user.
    public init?(user: String) {
        guard let entry = getpwnam(user) else { return nil }
        var count: Int32 = 256
        var found = [gid_t](repeating: 0, count: Int(count))
        guard getgrouplist(user, entry.pointee.pw_gid, &found, &count) >= 0 else { return nil }
        (name, uid, groups) = (user, entry.pointee.pw_uid, Set(found.prefix(Int(count))))
    }

    /// For tests: a user by its numbers.
    package init(name: String, uid: UInt32, groups: Set<UInt32>) {
        (self.name, self.uid, self.groups) = (name, uid, groups)
    }

    /// Why the user cannot use a file or folder that is there; `nil` when it can, or when there is none.
    ///
    /// - Parameter fix: what to do about it.
    public func fault(_ path: String, writing: Bool, fix: String) -> String? {
        var info = stat()
        guard stat(path, &info) == 0, uid != 0 else { return nil }
        let wanted: mode_t = writing ? 0o6 : 0o4
        let shift: mode_t = info.st_uid == uid ? 6 : groups.contains(info.st_gid) ? 3 : 0
        guard (info.st_mode >> shift) & wanted != wanted else { return nil }
        let owner = getpwuid(info.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "\(info.st_uid)"
        let group = getgrgid(info.st_gid).map { String(cString: $0.pointee.gr_name) } ?? "\(info.st_gid)"
        let mode = String(info.st_mode & 0o7777, radix: 8)
        return
            "\(path): \(owner):\(group), mode \(mode): \(name) may not \(writing ? "write" : "read") it (没有权限); \(fix)"
    }
}
