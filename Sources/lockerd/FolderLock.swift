import HostSupport
import Synchronization

/// The lock of the data folder, taken once and kept for the life of the process.
final class FolderLock: Sendable {
    private let lock = Mutex<InstanceLock?>(nil)

    /// Takes it unless it is ours already.
    func take(_ folder: String) throws {
        try lock.withLock { lock in
            if lock == nil { lock = try InstanceLock(folder: folder) }
        }
    }
}
