/// Why there is no backup of now, or why one cannot be put back.
public struct BackupFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble.
    public enum Code: String, Sendable, CaseIterable {
        /// The folder is not there.
        case missing
        /// The folder lies on the disk of the system, where a medium should be mounted.
        case notMounted
        case full
        case readOnly
        /// What lies in the folder is no intact backup.
        case damaged
        /// The medium does not answer as it should.
        case broken
        /// It takes too long.
        case slow
        /// The configuration has more files than a backup takes.
        case tooManyFiles
        /// The journal of the station itself cannot be read.
        case journal
        /// The station stops.
        case stopped
        /// A backup, but not one for this station or this program.
        case refused
    }

    public var code: Code
    /// The folder or file.
    public var thing: String
    /// What the system or the check said.
    public var cause: String

    public init(_ code: Code, _ thing: String, _ cause: String = "") {
        (self.code, self.thing, self.cause) = (code, thing, cause)
    }

    /// The thing, the cause and the fix, in English and Chinese.
    public var description: String {
        let cause = cause.isEmpty ? "" : " (\(cause))"
        return "backup 备份: \(thing)\(cause): \(words)"
    }

    /// The same for who puts a backup back: there is no next backup that would heal it.
    public var whileRestoring: String {
        let cause = cause.isEmpty ? "" : " (\(cause))"
        let words =
            switch code {
            case .missing: "it is not there: name the folder that holds manifest.json (没有这个文件：请指明备份目录)"
            case .full: "no room to put the backup back: make room there (空间不足：请清理)"
            case .readOnly: "it cannot be written or read: run as root, and check the card (不能读写：请用 root 运行并检查存储卡)"
            case .damaged: "this backup is damaged: take another one (此备份已损坏：请换另一份)"
            case .broken: "the medium does not work: take a copy on another one (介质故障：请换一份)"
            case .tooManyFiles: "no backup of ours holds so many: take another one (文件过多：请换另一份备份)"
            case .notMounted, .slow, .journal, .stopped, .refused: self.words
            }
        return "backup 备份: \(thing)\(cause): \(words)"
    }

    private var words: String {
        switch code {
        case .missing:
            "the folder is not there: make it for the user lockerd, or correct [backup] path (备份目录不存在：请建立目录或改正配置)"
        case .notMounted: "no medium is mounted there: put the stick in and mount it (备份盘没有挂载：请插好并挂载)"
        case .full: "no room for a backup: take old backups away, or use a larger medium (备份盘已满：请清理旧备份或换大盘)"
        case .readOnly:
            "it cannot be written: make it writable for lockerd, in its unit too (ReadWritePaths=), or change the medium (备份盘不能写：请检查权限或换盘)"
        case .damaged: "it is damaged: a new copy is made beside it; look after the medium (备份已损坏：将重新备份，请检查备份盘)"
        case .broken: "the medium does not work: change it (备份盘故障：请更换)"
        case .tooManyFiles:
            "files are never left out: merge files of station.d; the last backup stays (配置文件过多：请合并 station.d 中的文件；保留上次备份)"
        case .slow: "the medium is too slow or stuck: change it (备份盘太慢：请更换)"
        case .journal: "the journal cannot be read: see journalctl -u lockerd; the last backup stays (日志读不出：保留上次备份)"
        case .stopped: "the station stops; the last backup stays (站点正在停止：保留上次备份)"
        case .refused: "it is not put back (不恢复)"
        }
    }
}
