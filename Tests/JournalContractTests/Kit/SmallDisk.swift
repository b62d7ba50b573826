import Foundation
import Glibc

/// A file system of its own that can be filled without harm; `nil` where mounting is not permitted.
final class SmallDisk: Sendable {
    let path: String

    init?(megabytes: Int) {
        path = NSTemporaryDirectory() + "small-disk-\(UUID().uuidString)"
        guard mkdir(path, 0o700) == 0 else { return nil }
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
            print(
                "SKIPPED 1: no tmpfs may be mounted here (\(String(cString: strerror(errno)))): a full disk is not tested"
            )
            rmdir(path)
            return nil
        }
    }

    deinit {
        umount2(path, Int32(2))  // MNT_DETACH
        rmdir(path)
    }

    /// Fills what is left with a file.
    func fill() {
        let descriptor = open("\(path)/filler", O_CREAT | O_WRONLY | O_APPEND, 0o600)
        defer { close(descriptor) }
        for size in [65_536, 4_096, 512, 1] {
            let zeros = [UInt8](repeating: 0, count: size)
            while write(descriptor, zeros, size) > 0 {}
        }
    }

    func clear() { unlink("\(path)/filler") }

    /// Lets nobody write, or everybody again.
    func set(readOnly: Bool) -> Bool {
        let (remount, noWrites): (UInt, UInt) = (32, 1)  // MS_REMOUNT, MS_RDONLY
        return mount("tmpfs", path, "tmpfs", remount | (readOnly ? noWrites : 0), nil) == 0
    }
}
