import Glibc
import Synchronization

/// Disk space held back for pickups (DESIGN rule 6): a file of allocated blocks that is given up when the disk is full.
final class Reserve: Sendable {
    private let path: String
    private let bytes: Int
    private let held = Mutex(false)

    init(path: String, bytes: Int) {
        self.path = path
        self.bytes = bytes
    }

    /// Allocates the reserve when there is room for it and as much again. `false` while there is not.
    @discardableResult
    func fill() -> Bool {
        held.withLock { held in
            if held { return true }
            var info = stat()
            if stat(path, &info) == 0, Int(info.st_blocks) * 512 >= bytes {
                held = true
                return true
            }
            let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
            guard Self.freeBytes(folder.isEmpty ? "/" : String(folder)) >= 2 * bytes else { return false }
            let descriptor = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            guard posix_fallocate(descriptor, 0, bytes) == 0, fsync(descriptor) == 0 else {
                unlink(path)
                return false
            }
            held = true
            return true
        }
    }

    /// Bytes that a user may still write to the disk on which a file or folder lies; 0 when it does not say.
    static func freeBytes(_ path: String) -> Int {
        var space = statvfs()
        return statvfs(path, &space) == 0 ? Int(space.f_bavail) * Int(space.f_frsize) : 0
    }

    /// Gives the space up. `false` when there was none.
    func release() -> Bool {
        held.withLock { held in
            held = false
            return unlink(path) == 0
        }
    }
}
