import LockerDomain

extension BackupSettings {
    /// Reads `[backup]`: `path` and `minutes`.
    mutating func take(_ table: inout TableReader) throws(ConfigurationFault) {
        if let text = try table.string("path") {
            // Below it lies a folder of the station's name; `/` would take the root of the system for a medium.
            let isFolder = text.hasPrefix("/") && !text.hasSuffix("/") && text.isOneLine
            let isPlain = !text.split(separator: "/").contains { $0 == ".." || $0 == "." }
            guard text.isEmpty || isFolder && isPlain && text.utf8.count <= Limits.backupPathBytesMax else {
                throw table.fault(
                    "path",
                    "path is no absolute path of a folder",
                    "write path = \"/var/backups/lockerd\", or \"\" for no backup"
                )
            }
            path = text.isEmpty ? nil : text
        }
        minutes = try table.integer("minutes", in: Limits.backupMinutesMin...Limits.backupMinutesMax) ?? minutes
        try table.finish()
    }
}
