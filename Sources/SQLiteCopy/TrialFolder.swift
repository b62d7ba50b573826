import FoundationEssentials
import Glibc
import LockerDomain

/// A folder of mode 0700 for the copy with which an upgrade is tried.
public struct TrialFolder: Sendable {
    /// Where it lies.
    public let path: String

    private static let prefix = "try-upgrade-"

    /// Makes it beside the books, else where there is room.
    ///
    /// - Parameters:
    ///   - books: the folder with the files that are copied.
    ///   - bytes: how large they are.
    ///   - others: folders that serve as well.
    ///   - free: bytes that a folder has room for; `nil` when it cannot be used.
    public init(
        beside books: String,
        bytes: Int,
        others: [String] = ["/var/tmp", "/tmp"],
        free: (String) -> Int? = TrialFolder.freeBytes
    ) throws(TrialFault) {
        // What a power cut left of another one: it holds a copy of the books. Elsewhere another service may be at it just now.
        Self.removeLeft(in: books, olderThanSeconds: nil)
        for folder in others { Self.removeLeft(in: folder, olderThanSeconds: ServiceLimits.trialStaleSeconds) }
        let needed = bytes + ServiceLimits.trialSpareBytes
        let rooms = ([books] + others).map { (folder: $0, free: free($0) ?? 0) }
        guard let room = rooms.first(where: { $0.free >= needed }) else {
            let most = rooms.max { $0.free < $1.free } ?? (books, 0)
            throw TrialFault(
                books,
                cause: .init(
                    "空间不足：试升级需要 \(Self.text(needed))，最多只有 \(Self.text(most.free))（\(most.folder)）",
                    "no room to try the upgrade on a copy: it needs \(Self.text(needed)), "
                        + "\(most.folder) has \(Self.text(most.free)) and no other folder more"
                ),
                fix: .init("腾出空间后再次安装软件包", "make room there, then install the package again")
            )
        }
        guard let path = Self.make(in: room.folder) else {
            throw TrialFault(
                room.folder,
                cause: .init("不能建立文件夹", "no folder can be made (\(String(cString: strerror(errno))))"),
                fix: .init("使它对该服务的用户可写", "make it writable for the user of the service")
            )
        }
        self.path = path
    }

    /// The folder that it was made in.
    var parent: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

    /// Whether a fault of the trial is that of a full disk: SQLite says so, or nothing more fits.
    public func isFull(_ error: any Error) -> Bool {
        SQLiteCopy.isFull(error) || Self.freeBytes(path) ?? .max < ServiceLimits.trialFullBytes
    }

    /// Removes it with what is in it, once nothing of it is open any more.
    public func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Room for a user who is not root.
    public static let freeBytes: @Sendable (String) -> Int? = { folder in
        var space = statvfs()
        guard access(folder, W_OK) == 0, statvfs(folder, &space) == 0 else { return nil }
        return Int(space.f_bavail) * Int(space.f_frsize)
    }

    private static func make(in folder: String) -> String? {
        var template = Array(("\(folder)/\(prefix)" + String(repeating: "X", count: 6)).utf8CString)
        return template.withUnsafeMutableBufferPointer { pointer in
            pointer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
    }

    /// Removes folders of this user. A clock that was wrong makes one old as well.
    private static func removeLeft(in folder: String, olderThanSeconds age: Int?) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let path = "\(folder)/\(name)"
            var info = stat()
            guard lstat(path, &info) == 0, info.st_uid == geteuid() else { continue }
            if let age, abs(time(nil) - info.st_mtim.tv_sec) < age { continue }
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    private static func text(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MiB" }
}
