import CountyBooks
import Synchronization

/// The registers as they were read last: pages ask for them far more often than somebody changes a row.
final class RegisterCache: Sendable {
    private let kept = Mutex<(version: Int64, registers: Registers)?>(nil)

    func registers(of store: any RegisterStore) throws -> Registers {
        // The version is read first: a change in between makes the next page read again.
        let version = try store.version()
        if let registers = kept.withLock({ $0?.version == version ? $0?.registers : nil }) { return registers }
        let registers = Registers(try store.rows().map(\.dated))
        kept.withLock { $0 = (version, registers) }
        return registers
    }
}
