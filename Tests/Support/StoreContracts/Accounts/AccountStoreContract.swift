public import CountyBooks
import Dispatch
import Synchronization
import Testing

/// What each store of accounts keeps to; `check` is called with an empty store for each clause.
public enum AccountStoreContract: String, CaseIterable, Sendable {
    case beginsEmpty, keepsAllOfAnAccount, listsByName, replacesOneVersion, refusesAnOldVersion, refusesANameTwice
    case keepsAnAdmin, letsOneOfManyWin, writesTheEntryOfAChange, numbersEntries, keepsAllOfAnEntry, findsEntries
    case turnsPages

    /// Fails the running test where the store does not keep to it.
    public func check(_ store: any AccountStore) throws {
        switch self {
        case .beginsEmpty: try beginsEmpty(store)
        case .keepsAllOfAnAccount: try keepsAllOfAnAccount(store)
        case .listsByName: try listsByName(store)
        case .replacesOneVersion: try replacesOneVersion(store)
        case .refusesAnOldVersion: try refusesAnOldVersion(store)
        case .refusesANameTwice: try refusesANameTwice(store)
        case .keepsAnAdmin: try keepsAnAdmin(store)
        case .letsOneOfManyWin: try letsOneOfManyWin(store)
        case .writesTheEntryOfAChange: try writesTheEntryOfAChange(store)
        case .numbersEntries: try numbersEntries(store)
        case .keepsAllOfAnEntry: try keepsAllOfAnEntry(store)
        case .findsEntries: try findsEntries(store)
        case .turnsPages: try turnsPages(store)
        }
    }

    // MARK: Accounts

    private func book(_ store: any AccountStore) throws -> AccountBook {
        AccountBook(try store.accounts(), cost: Office.cost)
    }

    private func add(_ name: String, _ role: AccountRole, _ store: any AccountStore) throws -> AccountChange {
        let change = try book(store).add(
            name,
            rights: try Office.rights(role),
            stamp: Office.root,
            entropy: Office.entropy()
        )
        try store.save(change)
        return change
    }

    private func beginsEmpty(_ store: any AccountStore) throws {
        #expect(try store.accounts().isEmpty)
        #expect(try store.audit(AuditQuery()).isEmpty)
    }

    private func keepsAllOfAnAccount(_ store: any AccountStore) throws {
        for (name, role) in [("he", AccountRole.operatorFirm), ("zto", .carrier), ("王芳", .clerk)] {
            let township = AccountScope.township("140525100")
            let change = try book(store).add(
                name,
                displayName: "赵\"敏'; <b>",
                rights: try Office.rights(role, township),
                stamp: Office.root,
                entropy: Office.entropy()
            )
            try store.save(change)
            #expect(try book(store).account(name) == change.account)
        }
        let off = try book(store).disable("he", version: 1, stamp: Office.root)
        try store.save(off)
        #expect(try book(store).account("he") == off.account)
        let sheet = try #require(try add("li", .clerk, store).sheet)
        let used = try #require(try book(store).logIn("li", sheet.password.text).change)
        try store.save(used)
        #expect(try book(store).account("li") == used.account)
    }

    private func listsByName(_ store: any AccountStore) throws {
        for name in ["wang", "an", "li"] { _ = try add(name, .admin, store) }
        #expect(try store.accounts().map(\.name) == ["an", "li", "wang"])
    }

    private func replacesOneVersion(_ store: any AccountStore) throws {
        _ = try add("wang", .admin, store)
        _ = try add("li", .clerk, store)
        let rights = try Office.rights(.dispatcher)
        let change = try book(store).change("li", displayName: nil, rights: rights, version: 1, stamp: Office.root)
        try store.save(change)
        #expect(try store.accounts().map(\.version) == [2, 1])
        #expect(try book(store).account("li")?.role == .dispatcher)
        #expect(try book(store).account("wang")?.role == .admin)
    }

    private func refusesAnOldVersion(_ store: any AccountStore) throws {
        _ = try add("li", .clerk, store)
        let (one, two) = (try Office.rights(.dispatcher), try Office.rights(.inspector))
        let old = try book(store)
        try store.save(try old.change("li", displayName: nil, rights: one, version: 1, stamp: Office.root))
        let late = try old.change("li", displayName: nil, rights: two, version: 1, stamp: Office.root)
        let (accounts, entries) = (try store.accounts(), try store.audit(AuditQuery()))
        #expect(fault { try store.save(late) } == .changedMeanwhile)
        #expect(try store.accounts() == accounts)
        #expect(try store.audit(AuditQuery()) == entries)
    }

    private func refusesANameTwice(_ store: any AccountStore) throws {
        let empty = try book(store)
        let clerk = try Office.rights(.clerk)
        for (name, expected) in [("li", AccountFault.Kind?.none), ("li", .nameTaken), ("LI", .nameTaken)] {
            let change = try empty.add(name, rights: clerk, stamp: Office.root, entropy: Office.entropy())
            #expect(fault { try store.save(change) } == expected)
        }
        #expect(try store.accounts().map(\.name) == ["li"])
        #expect(try store.audit(AuditQuery()).count == 1)
    }

    private func keepsAnAdmin(_ store: any AccountStore) throws {
        _ = try add("wang", .admin, store)
        _ = try add("zhao", .admin, store)
        let old = try book(store)
        let changes = try ["wang", "zhao"].map { try old.disable($0, version: 1, stamp: Office.root) }
        #expect(changes.map { change in fault { try store.save(change) } } == [nil, .lastAdmin])
        #expect(try store.accounts().map(\.isEnabled) == [false, true])
    }

    private func letsOneOfManyWin(_ store: any AccountStore) throws {
        _ = try add("li", .clerk, store)
        let change = try book(store).disable("li", version: 1, stamp: Office.root)
        let won = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            if fault({ try store.save(change) }) == nil { won.add(1, ordering: .relaxed) }
        }
        #expect(won.load(ordering: .relaxed) == 1)
        #expect(try store.audit(AuditQuery(actions: [.accountDisabled])).count == 1)
    }

    // MARK: Log

    private func writesTheEntryOfAChange(_ store: any AccountStore) throws {
        let change = try add("wang", .admin, store)
        var expected = change.audit
        expected.number = 1
        #expect(try store.audit(AuditQuery()) == [expected])
    }

    private func numbersEntries(_ store: any AccountStore) throws {
        let entry = AuditEntry(Office.stamp("wang"), .exported, object: "today.csv")
        #expect(try store.append(entry).number == 1)
        _ = try add("wang", .admin, store)
        #expect(try store.append(entry).number == 3)
        #expect(try store.audit(AuditQuery()).map(\.number) == [3, 2, 1])
    }

    private func keepsAllOfAnEntry(_ store: any AccountStore) throws {
        let stamps = [
            Office.stamp("王芳"), AuditStamp(by: .commandLine("root"), time: 0),
            AuditStamp(by: .nobody, address: "::1", time: -1),
        ]
        var expected: [AuditEntry] = []
        for (index, action) in AuditAction.allCases.enumerated() {
            let entry = AuditEntry(
                stamps[index % stamps.count],
                action,
                object: "运单 SF7444404156506",
                detail: index % 2 == 0 ? "" : "a → 'b' <c>",
                reason: index % 3 == 0 ? "收件人未接电话" : nil
            )
            expected.insert(try store.append(entry), at: 0)
        }
        #expect(try store.audit(AuditQuery()) == expected)
    }

    private func findsEntries(_ store: any AccountStore) throws {
        for (index, name) in ["wang", "li", "wang", "chen"].enumerated() {
            let action: AuditAction = index == 3 ? .phoneLooked : index == 2 ? .exported : .login
            let stamp = Office.stamp(name, Office.time + Int64(index))
            try store.append(AuditEntry(stamp, action, object: index < 2 ? name : "today.csv"))
        }
        func numbers(_ query: AuditQuery) throws -> [Int64] { try store.audit(query).compactMap(\.number) }
        #expect(try numbers(AuditQuery(by: .account("wang"))) == [3, 1])
        #expect(try numbers(AuditQuery(by: .commandLine("wang"))) == [])
        #expect(try numbers(AuditQuery(actions: [.phoneLooked, .exported])) == [4, 3])
        #expect(try numbers(AuditQuery(object: "today.csv")) == [4, 3])
        #expect(try numbers(AuditQuery(object: "today")) == [])
        #expect(try numbers(AuditQuery(times: Office.time + 1..<Office.time + 3)) == [3, 2])
        #expect(try numbers(AuditQuery(by: .account("wang"), actions: [.login], before: 3)) == [1])
    }

    private func turnsPages(_ store: any AccountStore) throws {
        for number in 1...25 { try store.append(AuditEntry(Office.stamp("li"), .exported, object: "\(number)")) }
        var seen: [Int64] = []
        var before: Int64?
        for _ in 0..<4 {
            let page = try store.audit(AuditQuery(before: before, limit: 10)).compactMap(\.number)
            seen += page
            before = page.last ?? before
        }
        #expect(seen == (1...25).reversed().map(Int64.init))
        #expect(try store.audit(AuditQuery(limit: 0)).count == 1)
    }
}
