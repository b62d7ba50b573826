import GRDB
import Glibc
import LockerDomain

/// Room in the write-ahead log, written with zeros before it is needed.
///
/// A commit that makes the file longer costs the card the file system's own books on top, several times what the event itself
/// takes; one that overwrites what is there costs its blocks alone. SQLite takes zeros behind its last frame for the log's end.
struct WALRoom {
    let path: String
    let bytes: Int

    /// Makes the log as long as the room, where the disk has plenty. Without it commits are only dearer.
    func make(_ queue: DatabaseQueue) {
        var info = stat()
        guard stat(path, &info) == 0, Int(info.st_size) < bytes else { return }
        // The other connection must not write a frame where the zeros go.
        try? queue.inTransaction(.immediate) { _ in
            fill()
            return .rollback
        }
    }

    private func fill() {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, Int(info.st_size) < bytes, Reserve.freeBytes(path) >= 4 * bytes else {
            return
        }
        if !zeros(from: Int(info.st_size), descriptor) || fsync(descriptor) != 0 {
            _ = ftruncate(descriptor, info.st_size)
        }
    }

    private func zeros(from start: Int, _ descriptor: Int32) -> Bool {
        let zeros = [UInt8](repeating: 0, count: Self.chunkBytes)
        for offset in stride(from: start, to: bytes, by: zeros.count) {
            let count = min(zeros.count, bytes - offset)
            guard pwrite(descriptor, zeros, count, off_t(offset)) == count else { return false }
        }
        return true
    }

    private static let chunkBytes = 64 * 1_024
}
