public import CountyBooks
import Testing

/// What each store of accounts keeps to that keeps sessions over a restart; `check` is called with an empty store for each
/// clause.
public enum SessionStoreContract: String, CaseIterable, Sendable {
    case beginsEmpty, keepsAllOfASession, replacesOneOfItsKey, forgetsWhatEnded, keepsNoneOfNobody
    case forgetsThoseOfAChangedAccount, outlivesARestart

    /// Fails the running test where the store does not keep to it.
    ///
    /// - Parameter open: opens the store; called again it opens the same one, as after a restart.
    public func check<Store: AccountStore>(_ open: () throws -> Store) throws {
        let store = try open()
        switch self {
        case .beginsEmpty: #expect(try store.sessions().isEmpty)
        case .keepsAllOfASession: try keepsAllOfASession(store)
        case .replacesOneOfItsKey: try replacesOneOfItsKey(store)
        case .forgetsWhatEnded: try forgetsWhatEnded(store)
        case .keepsNoneOfNobody: try keepsNoneOfNobody(store)
        case .forgetsThoseOfAChangedAccount: try forgetsThoseOfAChangedAccount(store)
        case .outlivesARestart: try outlivesARestart(store, open)
        }
    }

    private func book(_ store: some AccountStore) throws -> AccountBook {
        AccountBook(try store.accounts(), cost: Office.cost)
    }

    /// Adds accounts, and logs each in once.
    ///
    /// - Returns: the server's sessions, of which the store has none yet, and the token of each account.
    private func logIn(
        _ names: String...,
        into store: some AccountStore
    ) throws -> (sessions: Sessions, tokens: [String]) {
        var sessions = Sessions()
        var tokens: [String] = []
        for (index, name) in names.enumerated() {
            let rights = try Office.rights(.clerk)
            let change = try book(store).add(name, rights: rights, stamp: Office.root, entropy: Office.entropy())
            try store.save(change)
            tokens.append(
                sessions.begin(change.account, at: Office.time, entropy: Office.entropy(UInt64(index) + 7))
            )
        }
        return (sessions, tokens)
    }

    /// Opens a form and sends it once.
    ///
    /// - Returns: its number.
    private func sendForm(_ token: String, _ sessions: inout Sessions) throws -> String {
        let opened = sessions.openForm(token: token)
        let number = try #require(opened)
        let use = sessions.sendForm(number, token: token)
        #expect(use == .first)
        return number
    }

    private func sorted(_ sessions: [KeptSession]) -> [KeptSession] { sessions.sorted { $0.key < $1.key } }

    private func keepsAllOfASession(_ store: some AccountStore) throws {
        let logged = try logIn("li", "王芳", into: store)
        let token = logged.tokens[0]
        var sessions = logged.sessions
        let number = try sendForm(token, &sessions)
        sessions.settleForm(number, token: token, outcome: "/accounts?name=\"'<b>")
        let change = sessions.unwritten
        try #require(change.kept.count == 2)
        try store.keep(change)
        #expect(sorted(try store.sessions()) == sorted(change.kept))
    }

    private func replacesOneOfItsKey(_ store: some AccountStore) throws {
        let logged = try logIn("li", "wang", into: store)
        let token = logged.tokens[0]
        var sessions = logged.sessions
        try store.keep(sessions.unwritten)
        sessions.wrote(sessions.unwritten)
        _ = try sendForm(token, &sessions)
        let later = sessions.unwritten
        #expect(later.kept.map(\.session.account) == ["li"])
        try store.keep(later)
        let kept = try store.sessions()
        #expect(kept.count == 2)
        #expect(kept.filter { $0.session.account == "li" } == later.kept)
    }

    private func forgetsWhatEnded(_ store: some AccountStore) throws {
        let sessions = try logIn("li", "wang", into: store).sessions
        let kept = sorted(sessions.unwritten.kept)
        try store.keep(sessions.unwritten)
        try store.keep(SessionChange(ended: [kept[0].key, String(repeating: "0", count: 64)]))
        #expect(try store.sessions() == [kept[1]])
        // What begins in the same change as it ends stands there.
        try store.keep(SessionChange(kept: [kept[0]], ended: [kept[1].key]))
        #expect(try store.sessions() == [kept[0]])
    }

    private func keepsNoneOfNobody(_ store: some AccountStore) throws {
        var sessions = try logIn("li", into: store).sessions
        let stranger = try Office.account("chen", .admin)
        _ = sessions.begin(stranger, at: Office.time, entropy: Office.entropy(99))
        try #require(sessions.unwritten.kept.count == 2)
        try store.keep(sessions.unwritten)
        #expect(try store.sessions().map(\.session.account) == ["li"])
    }

    private func forgetsThoseOfAChangedAccount(_ store: some AccountStore) throws {
        let sessions = try logIn("li", "wang", into: store).sessions
        try store.keep(sessions.unwritten)
        let old = try book(store)
        try store.save(try old.disable("li", version: 1, stamp: Office.root))
        #expect(try store.sessions().map(\.session.account) == ["wang"])
        // A change that is refused ends nothing.
        let late = try old.disable("li", version: 1, stamp: Office.root)
        #expect(fault { try store.save(late) } == .changedMeanwhile)
        #expect(try store.sessions().count == 1)
    }

    private func outlivesARestart<Store: AccountStore>(_ store: Store, _ open: () throws -> Store) throws {
        let (sessions, tokens) = try logIn("li", into: store)
        try store.keep(sessions.unwritten)
        let again = try open()
        #expect(try again.sessions() == sessions.unwritten.kept)
        var restored = Sessions()
        restored.restore(try again.sessions(), at: Office.time + 1)
        let book = try book(again)
        let found = restored.use(tokens[0], at: Office.time + 1) { book.account($0) }
        guard case .valid(let session, _, _) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(session.account == "li")
    }
}
