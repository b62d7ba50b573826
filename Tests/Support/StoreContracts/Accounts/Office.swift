public import CountyBooks
import LockerTestKit
import Testing

/// Accounts of a county's office for tests: scrypt with the least parameters, entropy from a seed.
public enum Office {
    /// 2026-11-03 08:00 in China.
    public static let time: Int64 = 1_793_664_000_000
    public static let day: Int64 = 86_400_000
    public static let password = "four words in a row"
    public static let cost = PasswordVerifier.Cost(rounds: 2, blockSize: 1, parallelism: 1)
    public static let root = AuditStamp(by: .commandLine("root"), time: time)

    /// Random bytes that are the same in each run of a test.
    public static func entropy(_ seed: UInt64 = 1) -> (Int) -> [UInt8] {
        var random = SplitMix(seed: seed)
        return { count in (0..<count).map { _ in UInt8(random.below(256)) } }
    }

    public static func stamp(_ name: String, _ time: Int64 = time) -> AuditStamp {
        AuditStamp(by: .account(name), address: "192.0.2.7", time: time)
    }

    public static func rights(_ role: AccountRole, _ scope: AccountScope = .county) throws -> AccountRights {
        try AccountRights(
            role: role,
            scope: scope,
            firm: role == .operatorFirm ? "陵川快运" : nil,
            brands: role == .carrier ? ["中通", "圆通"] : []
        )
    }

    /// An account whose password is the person's own.
    public static func account(
        _ name: String,
        _ role: AccountRole,
        _ scope: AccountScope = .county,
        version: Int = 1
    ) throws -> Account {
        let verifier = try PasswordVerifier(password, salt: Array(name.utf8), cost: cost)
        return Account(
            name: name,
            rights: try rights(role, scope),
            verifier: verifier,
            created: time,
            version: version
        )
    }

    public static func book(_ accounts: Account...) -> AccountBook { AccountBook(accounts, cost: cost) }

    /// One admin, `wang`, and one clerk, `li`.
    public static func small() throws -> AccountBook { book(try account("wang", .admin), try account("li", .clerk)) }
}

extension AccountBook {
    /// The book after a change, as a store would keep it.
    public func after(_ change: AccountChange) throws -> AccountBook {
        try admit(change)
        let others = accounts.filter { $0.name != change.account.name }
        return AccountBook(others + [change.account], cost: Office.cost)
    }

    public func logIn(_ name: String, _ password: String, at time: Int64 = Office.time) -> LogIn {
        logIn(name, password: password, address: "192.0.2.7", at: time)
    }
}

extension LogIn {
    /// The kind of the fault; `nil` when somebody was let in.
    public var fault: AccountFault.Kind? { if case .refused(let fault, _) = self { fault.kind } else { nil } }

    public var entry: AuditEntry {
        switch self {
        case .accepted(_, _, let entry), .refused(_, let entry): entry
        }
    }

    public var change: AccountChange? { if case .accepted(_, let change, _) = self { change } else { nil } }
}

/// The kind of the fault that something throws; `nil` when it throws none. Fails the running test for any other error.
public func fault(_ body: () throws -> some Any) -> AccountFault.Kind? {
    do {
        _ = try body()
        return nil
    } catch let fault as AccountFault {
        return fault.kind
    } catch {
        Issue.record(error)
        return nil
    }
}
