import FoundationEssentials
import HostSupport
import LockerDomain
import SQLiteCopy
import SQLiteJournal
import StationBooks
import StationConfiguration
import StationCore
import StationPorts
import SyncWire

/// What a start of this version would do to the journal, done to a copy of it: migrations and a replay to the state. No
/// lock, no device, no event; the station may go on working meanwhile.
struct UpgradeTrial {
    let station: String
    let places: ConfigurationLoader.Places

    /// What was tried, in one line; `nil` when the station has no journal yet.
    /// - Throws: `TrialFault`.
    func run() throws -> String? {
        let journal = places.journal
        try SQLiteCopy.requirePlain(journal, others: [journal + ".mark", key, places.lifeMark])
        guard SQLiteCopy.exists(journal) else { return nil }
        do { try SQLiteJournal.refuseLoss(journal) } catch { throw fault(error, copy: journal) }
        let folder = try TrialFolder(beside: places.data, bytes: SQLiteCopy.bytes(of: journal))
        defer { folder.remove() }
        let copy = "\(folder.path)/journal.sqlite"
        do {
            // The mark first: it may lag behind the journal, it must not lead.
            try Self.copyIfThere(journal + ".mark", to: copy + ".mark")
            try Self.copyIfThere(key, to: "\(folder.path)/keys/journal")
            do { try SQLiteCopy.make(of: journal, at: copy) } catch let error where SQLiteCopy.isDamage(error) {
                throw SQLiteJournal.Damage("\(error)")
            }
            return try replay(copy, in: folder.path)
        } catch let fault as TrialFault {
            throw fault
        } catch {
            throw fault(error, copy: copy, in: folder)
        }
    }

    private var key: String { "\(places.keys)/journal" }

    private func replay(_ copy: String, in folder: String) throws -> String {
        let journal = try SQLiteJournal(path: copy, reserveBytes: 0)
        try journal.checkNames()
        let ports = TurnPorts(
            journal: journal,
            entropy: SystemEntropy(),
            keys: FileKeys(existing: "\(folder)/keys"),
            contacts: try SQLiteOutbox(path: copy),
            lifeMarks: LifeMarkFile(path: places.lifeMark),
            bootID: ""
        )
        let last = try journal.head().last?.position
        let read = try Replay.run(ports, station: station, rules: TurnRules())
        _ = try LastSign(journal, ports.lifeMarks)
        if let damage = read.damage { throw SQLiteJournal.Damage(damage.description) }
        let end = last.map { "\($0)" } ?? "-"
        return "journal read to \(end), \(read.state.waiting.count) parcels wait (日志可用)"
    }

    private static func copyIfThere(_ path: String, to copy: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let folder = copy.lastIndex(of: "/").map { String(copy[..<$0]) } ?? "."
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: path, toPath: copy)
    }

    private func fault(_ error: any Error, copy: String, in folder: TrialFolder? = nil) -> TrialFault {
        // A technician looks for the journal, not for its copy.
        let text = "\(error)".replacing(copy, with: places.journal)
        switch error {
        case is SQLiteJournal.Newer, is UnknownEventType:
            return TrialFault(
                places.journal,
                cause: .init("日志由更新的版本写入，此版本不能使用", "a newer lockerd wrote it (\(text))"),
                fix: .init("安装那个版本或更新的版本；日志原样保留", "install that version or a later one; the journal stays as it is")
            )
        default:
            let isDamage = JournalOpening.isDamage(error)
            if let folder, !isDamage, folder.isFull(error) { return .full(folder, text) }
            return TrialFault(
                places.journal,
                cause: .init("此版本不能读取日志的副本", "this version cannot use a copy of it: \(text)"),
                fix: .init(
                    "先重启原版本（systemctl restart lockerd），它会保留损坏的日志并向县中心取回，然后再次安装；若仍失败，保留原版本并上报",
                    "restart the version that runs (systemctl restart lockerd): it keeps a damaged journal aside and asks "
                        + "the county; then install again. If that fails too, stay with it and report this"
                ),
                isDamage: isDamage
            )
        }
    }
}
