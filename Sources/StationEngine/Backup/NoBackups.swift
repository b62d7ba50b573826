public import LockerDomain
public import StationPorts

/// A station that makes no backups.
public struct NoBackups: BackupControlPort {
    public init() {}

    public func backups() async -> BackupStatus { BackupStatus(path: nil, minutes: Limits.backupMinutes) }

    public func backUp() async throws(ControlFault) -> BackupStatus {
        throw ControlFault(
            .unavailable,
            "backups are switched off: set [backup] path in /etc/lockerd/station.toml, then systemctl restart lockerd "
                + "(备份已关闭：请在配置中设置)"
        )
    }
}
