import CountyBooks
import Glibc
import HostSupport

/// One server for one county: two would fold the same books, and a station's command might be told by neither. Other commands
/// work beside it. The kernel frees the lock when the process ends, however it ends.
struct ServingLock {
    private let lock: InstanceLock

    /// Takes it for the life of the process.
    ///
    /// - Throws: `CountyFault` that names the process which serves.
    init(_ dataDirectory: String) throws {
        let folder = dataDirectory + "/serving"
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw CountyFault(
                folder,
                "cannot be made: \(String(cString: strerror(errno))) 无法建立",
                mend: "make the folder writable for county-server 请检查属主"
            )
        }
        let file = folder + "/pid"
        do {
            lock = try InstanceLock(folder: folder)
        } catch let fault as InstanceLock.Fault {
            guard fault.isHeld else { throw CountyFault(folder, fault.description) }
            let process = Terminal.contents(of: file, limit: Self.digitsMax).map { String(decoding: $0, as: UTF8.self) }
            let number = process.flatMap { $0.isEmpty ? nil : $0 } ?? "?"
            throw CountyFault(
                dataDirectory,
                "is served by process \(number) already 已由进程 \(number) 提供服务",
                mend: "stop that one first, or give another --root 请先停止它，或换用其他 --root"
            )
        }
        Self.write("\(getpid())", to: file)
    }

    /// Whether a server has it now. Nothing is made for the look, and a lock that is shared is let go of at once.
    static func isHeld(_ dataDirectory: String) -> Bool {
        let handle = open(dataDirectory + "/serving/lock", O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        return flock(handle, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Digits of the number of a process.
    private static let digitsMax = 20

    /// Whoever comes second reads it; without it the lock holds all the same.
    private static func write(_ text: String, to file: String) {
        let handle = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard handle >= 0 else { return }
        _ = text.withCString { Glibc.write(handle, $0, strlen($0)) }
        close(handle)
    }
}
