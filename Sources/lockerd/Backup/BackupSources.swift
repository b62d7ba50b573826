import Glibc
import HostSupport
import LockerDomain
import SQLiteJournal
import StationConfiguration
import SyncWire

/// What a backup takes of a station: no key but that of the journal (DESIGN 4.9).
enum BackupSources {
    static func journal(_ places: ConfigurationLoader.Places) -> JournalBackup {
        JournalBackup(path: places.journal) { Digest.sha256Bytes($0) }
    }

    static func of(
        _ places: ConfigurationLoader.Places,
        _ configuration: StationConfiguration
    ) -> [BackupSource] {
        let folder = "\(places.root)/\(BackupLayout.configuration)"
        var sources = [
            BackupSource(name: BackupLayout.configuration + "station.toml", path: places.station),
            BackupSource(name: BackupLayout.county, path: places.county),
            BackupSource(name: BackupLayout.journalKey, path: "\(places.keys)/journal"),
        ]
        for name in ConfigurationLoader.overlays(places) {
            sources.append(
                BackupSource(name: "\(BackupLayout.configuration)station.d/\(name)", path: "\(places.overlays)/\(name)")
            )
        }
        // The county's own authority, where it lies beside the configuration that names it.
        if let path = configuration.countyAuthorities, path.hasPrefix(folder),
            !path.dropFirst(folder.count).contains("/")
        {
            let name = BackupLayout.configuration + path.dropFirst(folder.count)
            sources.append(BackupSource(name: name, path: path))
        }
        return sources.filter { access($0.path, F_OK) == 0 }
    }
}
