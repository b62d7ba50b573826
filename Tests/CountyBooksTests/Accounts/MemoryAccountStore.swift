import CountyBooks
import Synchronization

/// Accounts, their sessions and the log in memory.
final class MemoryAccountStore: AccountStore {
    private struct Kept {
        var accounts: [Account] = []
        var entries: [AuditEntry] = []
        var sessions: [String: KeptSession] = [:]

        mutating func append(_ entry: AuditEntry) -> AuditEntry {
            var entry = entry
            entry.number = Int64(entries.count + 1)
            entries.append(entry)
            return entry
        }
    }

    private let kept = Mutex(Kept())

    func accounts() -> [Account] { kept.withLock { $0.accounts.sorted { $0.name < $1.name } } }

    func save(_ change: AccountChange) throws {
        try kept.withLock { kept in
            try AccountBook(kept.accounts).admit(change)
            kept.accounts.removeAll { $0.name == change.account.name }
            kept.accounts.append(change.account)
            kept.sessions = kept.sessions.filter { $0.value.session.account != change.account.name }
            _ = kept.append(change.audit)
        }
    }

    func append(_ entry: AuditEntry) -> AuditEntry { kept.withLock { $0.append(entry) } }

    func audit(_ query: AuditQuery) -> [AuditEntry] {
        kept.withLock { Array($0.entries.reversed().filter(query.matches).prefix(query.limit)) }
    }

    func sessions() -> [KeptSession] { kept.withLock { Array($0.sessions.values) } }

    func keep(_ change: SessionChange) {
        kept.withLock { kept in
            for key in change.ended { kept.sessions[key] = nil }
            let names = Set(kept.accounts.map(\.name))
            for one in change.kept where names.contains(one.session.account) { kept.sessions[one.key] = one }
        }
    }
}
