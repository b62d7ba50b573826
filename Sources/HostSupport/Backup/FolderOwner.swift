import Glibc
import LockerDomain

/// The user to whom the files of the station belong. What root puts back is written as that user; what is read is read as
/// root, since a stick of another board knows its user by another number.
public struct FolderOwner: Sendable, Hashable {
    public var user: UInt32
    public var group: UInt32

    /// The owner of a folder; of one that root made, the user of the service where there is one.
    public init(of folder: String, service: String) {
        var info = stat()
        (user, group) = (geteuid(), getegid())
        if stat(folder, &info) == 0 { (user, group) = (info.st_uid, info.st_gid) }
        guard user == 0, geteuid() == 0, let entry = getpwnam(service) else { return }
        (user, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
        chown(folder, user, group)
    }

    /// Runs as the owner; without the rights to become it, as who it is.
    public func run<Value>(_ body: () throws -> Value) throws -> Value {
        guard geteuid() == 0, user != 0 else { return try body() }
        guard setegid(group) == 0, seteuid(user) == 0 else {
            throw BackupFault(.refused, "user \(user)", String(cString: strerror(errno)))
        }
        defer {
            seteuid(0)
            setegid(0)
        }
        return try body()
    }

    /// Within `run`: with the rights of the caller again.
    public func leave<Value>(_ body: () throws -> Value) throws -> Value {
        guard getuid() == 0, geteuid() != 0 else { return try body() }
        guard seteuid(0) == 0, setegid(0) == 0 else {
            throw BackupFault(.refused, "root", String(cString: strerror(errno)))
        }
        defer {
            setegid(group)
            seteuid(user)
        }
        return try body()
    }

    /// Within `run`: gives a file that root wrote to the owner.
    public func own(_ path: String) { _ = try? leave { chown(path, user, group) } }
}
