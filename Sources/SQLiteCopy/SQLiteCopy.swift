import FoundationEssentials
import GRDB
import Glibc
import LockerDomain

/// Copies the file of a database as it stands after its last commit, also while another process writes it. The file and its
/// WAL stay as they are.
public enum SQLiteCopy {
    /// Whether there is anything to copy.
    public static func exists(_ path: String) -> Bool {
        let path = target(of: path)
        return size(path) != nil || size(path + "-wal") ?? 0 > 0
    }

    /// Bytes of the file with what waits in its WAL.
    public static func bytes(of path: String) -> Int {
        let path = target(of: path)
        return (size(path) ?? 0) + (size(path + "-wal") ?? 0)
    }

    /// A pipe would be waited at for ever, a device may have no end.
    ///
    /// - Parameter others: files that are read beside the database.
    /// - Throws: `TrialFault` when one that is there is no plain file, nor a link to one.
    public static func requirePlain(_ path: String, others: [String] = []) throws(TrialFault) {
        let target = target(of: path)
        for name in [path, target + "-wal", target + "-shm", target + "-journal"] + others {
            var info = stat()
            guard stat(name, &info) == 0, info.st_mode & S_IFMT != S_IFREG else { continue }
            throw TrialFault(
                name,
                cause: .init("不是普通文件", "it is no plain file, but a pipe, a device or a folder"),
                fix: .init("移走它", "move it away")
            )
        }
    }

    /// Whether an error says that the disk is full.
    public static func isFull(_ error: any Error) -> Bool {
        if let error = error as? DatabaseError { return error.resultCode == .SQLITE_FULL }
        return (error as? CocoaError)?.code == .fileWriteOutOfSpace
    }

    /// Whether an error says that the file is no intact database.
    public static func isDamage(_ error: any Error) -> Bool {
        switch (error as? DatabaseError)?.resultCode {
        case .SQLITE_NOTADB?, .SQLITE_CORRUPT?, .SQLITE_FORMAT?: true
        default: false
        }
    }

    /// Copies to `copy`, where nothing is.
    ///
    /// Without a WAL nobody has the file open: its bytes are copied as they are, since SQLite would make a WAL beside it to
    /// read it. With one SQLite copies, page by page, within one read transaction.
    /// - Throws: what the disk says; `DatabaseError` for a file that SQLite does not take.
    public static func make(of path: String, at copy: String) throws {
        // A link would be copied as one, and the trial would work on what it leads to.
        let path = target(of: path)
        if size(path + "-wal") == nil {
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            guard size(path + "-wal") != nil else { return }
            // Somebody has opened it meanwhile.
            try FileManager.default.removeItem(atPath: copy)
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(TimeInterval(ServiceLimits.trialBusySeconds))
        let source = try DatabaseQueue(path: path, configuration: configuration)
        var fresh = Configuration()
        // It is thrown away: nothing of it has to survive a power cut.
        fresh.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
        let target = try DatabaseQueue(path: copy, configuration: fresh)
        try source.backup(to: target)
        try target.close()
        try source.close()
    }

    /// SQLite keeps its WAL beside the file that a link leads to.
    private static func target(of path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func size(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
    }
}
