import CountyBooks
import LockerDomain
import Synchronization

/// Registers in memory that keep every version, and refuse a change of a row that somebody else changed meanwhile.
final class KeepingRegisters: RegisterStore {
    private let kept = Mutex<[KeptRow]>([])
    private let log: MemoryAccounts
    private let meanwhile = Mutex<(@Sendable () -> Void)?>(nil)

    /// - Parameter log: takes the entries of changes, in one with them.
    init(_ log: MemoryAccounts) { self.log = log }

    /// Done once, right before the next rows are kept: what another clerk does between a look and a change.
    func beforeNextKeep(_ act: @escaping @Sendable () -> Void) { meanwhile.withLock { $0 = act } }

    /// Keeps rows as a sheet does that nobody else changes.
    func fill(_ rows: [DatedRow], by account: String = "sheet", at time: Int64 = 0) throws {
        try keep(rows.map { RegisterChange($0) }, by: account, at: time, audit: nil)
    }

    func version() -> Int64 { kept.withLock { $0.last?.number ?? 0 } }

    func rows() -> [KeptRow] {
        kept.withLock { $0.filter { $0.replacedBy == nil && !$0.isWithdrawn } }.sorted {
            ($0.dated.row.kind.rawValue, $0.dated.row.key, $0.dated.validFrom?.number ?? .min)
                < ($1.dated.row.kind.rawValue, $1.dated.row.key, $1.dated.validFrom?.number ?? .min)
        }
    }

    func history(_ kind: RegisterKind, _ key: String) -> [KeptRow] {
        kept.withLock { $0.filter { $0.dated.row.kind == kind && $0.dated.row.key == key } }.reversed()
    }

    func keep(_ changes: [RegisterChange], by account: String, at time: Int64, audit: AuditEntry?) throws {
        let act = meanwhile.withLock { act in
            defer { act = nil }
            return act
        }
        act?()
        try kept.withLock { kept in
            var new = kept
            for change in changes {
                let row = change.dated.row
                let place = new.firstIndex { other in
                    other.replacedBy == nil && other.dated.row.kind == row.kind && other.dated.row.key == row.key
                        && other.dated.validFrom == change.dated.validFrom
                }
                let holds = place.flatMap { new[$0].isWithdrawn ? nil : new[$0] }
                guard holds?.number == change.replaces else {
                    throw CountyFault(row.key, "was changed by somebody meanwhile")
                }
                if change.isWithdrawal, let holds {
                    let rows = new.filter { $0.replacedBy == nil && !$0.isWithdrawn }
                    try RegisterWithdrawal.check(holds, among: rows)
                }
                let number = Int64(new.count + 1)
                if let place { new[place].replacedBy = number }
                new.append(
                    KeptRow(
                        number: number,
                        dated: change.dated,
                        changed: time,
                        by: account,
                        isWithdrawn: change.isWithdrawal
                    )
                )
            }
            if let audit { _ = try log.append(audit) }
            kept = new
        }
    }
}
