import Glibc

/// One daemon for one data folder: two would give the same numbers to different events. The kernel frees the lock when
/// the process ends, however it ends.
public struct InstanceLock: Sendable {
    private let descriptor: Int32

    /// Why the lock is not ours.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        public var description: String
        /// Whether another process has it: then waiting is of no use.
        public var isHeld = false
    }

    /// Takes the lock file of a folder for the life of the process.
    public init(folder: String) throws {
        let path = "\(folder)/lock"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Fault(
                description: "\(path): \(String(cString: strerror(errno))): make the folder writable for lockerd"
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Fault(
                description: "\(path) is held: another lockerd works in \(folder); stop it first",
                isHeld: true
            )
        }
    }
}
