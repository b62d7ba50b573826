import FoundationEssentials
import GRDB
import LockerDomain

/// Copies the file of a database as it stands after its last commit, also while another process writes it. The file and its
/// WAL stay as they are.
public enum SQLiteCopy {
    /// Whether there is anything to copy.
    public static func exists(_ path: String) -> Bool { size(path) != nil || size(path + "-wal") ?? 0 > 0 }

    /// Bytes of the file with what waits in its WAL.
    public static func bytes(of path: String) -> Int { (size(path) ?? 0) + (size(path + "-wal") ?? 0) }

    /// Copies to `copy`, where nothing is.
    ///
    /// Without a WAL nobody has the file open: its bytes are copied as they are, since SQLite would make a WAL beside it to
    /// read it. With one SQLite copies, page by page, within one read transaction.
    /// - Throws: what the disk says; `DatabaseError` for a file that SQLite does not take.
    public static func make(of path: String, at copy: String) throws {
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

    private static func size(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
    }
}
