import CountyBooks
import LockerDomain
import SyncWire
import Synchronization

/// Accounts and their log in memory; it can be told that the disk is full.
final class MemoryAccounts: AccountStore {
    private struct Kept {
        var accounts: [Account] = []
        var entries: [AuditEntry] = []
        var sessions: [String: KeptSession] = [:]
        var sessionWrites = 0
        var isFull = false

        mutating func append(_ entry: AuditEntry) throws -> AuditEntry {
            if isFull { throw CountyFault("audit log", "the disk is full", mend: "free some of it") }
            var entry = entry
            entry.number = Int64(entries.count + 1)
            entries.append(entry)
            return entry
        }
    }

    private let kept = Mutex(Kept())

    var isFull: Bool {
        get { kept.withLock { $0.isFull } }
        set { kept.withLock { $0.isFull = newValue } }
    }

    /// All entries, the oldest first.
    var log: [AuditEntry] { kept.withLock { $0.entries } }

    func accounts() -> [Account] { kept.withLock { $0.accounts.sorted { $0.name < $1.name } } }

    func save(_ change: AccountChange) throws {
        try kept.withLock { kept in
            try AccountBook(kept.accounts).admit(change)
            _ = try kept.append(change.audit)
            kept.accounts.removeAll { $0.name == change.account.name }
            kept.accounts.append(change.account)
            kept.sessions = kept.sessions.filter { $0.value.session.account != change.account.name }
        }
    }

    /// How often sessions were written.
    var sessionWrites: Int { kept.withLock { $0.sessionWrites } }

    func sessions() -> [KeptSession] { kept.withLock { Array($0.sessions.values) } }

    func keep(_ change: SessionChange) throws {
        try kept.withLock { kept in
            if kept.isFull { throw CountyFault("audit log", "the disk is full", mend: "free some of it") }
            kept.sessionWrites += 1
            for key in change.ended { kept.sessions[key] = nil }
            for one in change.kept { kept.sessions[one.key] = one }
        }
    }

    func append(_ entry: AuditEntry) throws -> AuditEntry { try kept.withLock { try $0.append(entry) } }

    func audit(_ query: AuditQuery) -> [AuditEntry] {
        kept.withLock { Array($0.entries.reversed().filter(query.matches).prefix(query.limit)) }
    }

    /// Removes an account as no page can: as if the store had been changed by another hand.
    func forget(_ name: String) { kept.withLock { $0.accounts.removeAll { $0.name == name } } }
}

/// Registers that a test fills.
final class MemoryRegisters: RegisterStore {
    private let kept = Mutex<(version: Int64, rows: [KeptRow], reads: Int)>((1, [], 0))

    private let log: MemoryAccounts

    /// - Parameter log: takes the entries of changes.
    init(_ log: MemoryAccounts) { self.log = log }

    /// How often all rows were read.
    var reads: Int { kept.withLock { $0.reads } }

    func version() -> Int64 { kept.withLock { $0.version } }

    func rows() -> [KeptRow] {
        kept.withLock { kept in
            kept.reads += 1
            return kept.rows
        }
    }

    func history(_ kind: RegisterKind, _ key: String) -> [KeptRow] {
        rows().filter { $0.dated.row.kind == kind && $0.dated.row.key == key }
    }

    func keep(_ changes: [RegisterChange], by account: String, at time: Int64, audit: AuditEntry?) throws {
        if let audit { _ = try log.append(audit) }
        keep(changes, by: account, at: time)
    }

    func keep(_ changes: [RegisterChange], by account: String, at time: Int64) {
        kept.withLock { kept in
            kept.version += 1
            for change in changes {
                kept.rows.removeAll { $0.number == change.replaces }
                let number = (kept.rows.map(\.number).max() ?? 0) + 1
                kept.rows.append(KeptRow(number: number, dated: change.dated, changed: time, by: account))
            }
        }
    }
}

/// Books without events; how far they are can be set.
final class EmptyBooks: BooksReading {
    private let kept = Mutex(BooksState(through: 10, newest: 10, isRebuilding: false, quarantined: 0))

    func set(_ state: BooksState) { kept.withLock { $0 = state } }
    func state() -> BooksState { kept.withLock { $0 } }
    func extract(_ period: CountyPeriod) throws -> BooksExtract { throw CountyFault("books", "empty") }
    func figures(of station: String?, _ period: CountyPeriod, named names: [String]) -> [StationFigures] { [] }
    func holdings() -> [StationHoldings] { [] }
    func pieces(_ query: PieceQuery) -> [PieceOfStation] { [] }
    func custody(of waybill: Waybill) -> [CustodyLine] { [] }
    func visits(_ query: VisitQuery) -> [VisitOfStation] { [] }
    func troubles(_ query: TroubleQuery) -> [TroubleOfStation] { [] }
    func voices(of station: String?, _ days: ClosedRange<Int64>, limit: Int) -> [VoiceOfStation] { [] }
    func doors(of station: String) -> [DoorStanding] { [] }
    func quarantined(limit: Int) -> [QuarantinedLine] { [] }
}

/// A disk that a test fills.
final class MemoryDisk: StorageDesk {
    private let kept = Mutex(
        StorageState(
            countyBytes: 0,
            booksBytes: 0,
            freeBytes: 1 << 30,
            events: 0,
            firstReceived: nil,
            recentEvents: 0
        )
    )
    private let asked = Mutex<Int64?>(nil)

    /// From when events were counted last.
    var since: Int64? { asked.withLock { $0 } }

    func set(_ state: StorageState) { kept.withLock { $0 = state } }

    func storage(since: Int64) -> StorageState {
        asked.withLock { $0 = since }
        return kept.withLock { $0 }
    }
}

/// No period was ever closed.
struct NoPeriods: PeriodStore {
    func frozen(_ period: CountyPeriod) -> [FrozenReport] { [] }
    func closed() -> [FrozenReport] { [] }
    func freeze(_ report: FrozenReport, audit: AuditEntry) throws {
        throw CountyFault("periods", "are not closed here")
    }
}

/// Two stations, of which registers know one.
struct TwoStations: StationDirectory {
    static let known = "yc-001"
    static let unknown = "yc-002"

    func sights() -> [StationSight] {
        [Self.known, Self.unknown].map { StationSight(station: $0, isEnrolled: true) }
    }

    func countyClock() -> (now: Int64, doubt: String?) { (0, nil) }
}

/// Desks that nothing is asked of, but for one phone number.
struct OneNumber: EnrolmentDesk, ManifestDesk, PhoneDesk {
    static let waybill = "YT8962646000001"
    static let number = "13812345678"

    func makeToken(station: String, days: Int, stamp: AuditStamp) throws -> String {
        throw CountyFault("tokens", "are not made here")
    }
    func openTokens() -> [OpenToken] { [] }
    func revokeTokens(station: String, stamp: AuditStamp) {}

    func load(sheet: [UInt8], station: String, skippingBadRows: Bool, stamp: AuditStamp) throws -> LoadedSheet {
        throw CountyFault("manifests", "are not taken here")
    }

    func phone(station: String, waybill: String) -> String? {
        station == TwoStations.known && waybill == Self.waybill ? Self.number : nil
    }
}
