import CountyBooks
import StoreContracts
import SyncWire
import Testing

/// What a store has of sessions, by their keys; each goes through the bytes that a store keeps.
private struct Shelf {
    private(set) var rows: [String: AccountSession] = [:]
    private(set) var writes = 0

    mutating func take(_ sessions: inout Sessions) throws {
        guard sessions.hasUnwritten else { return }
        let change = sessions.unwritten
        for key in change.ended { rows[key] = nil }
        for kept in change.kept {
            rows[kept.key] = try CanonicalJSON.decode(
                AccountSession.self,
                from: try CanonicalJSON.encode(kept.session)
            )
        }
        writes += 1
        sessions.wrote(change)
    }

    func restarted(at time: Int64) -> Sessions {
        var sessions = Sessions()
        sessions.restore(rows.map { KeptSession(key: $0.key, session: $0.value) }, at: time)
        return sessions
    }
}

@Suite("Sessions over a restart")
struct KeptSessionsTests {
    private let minute: Int64 = 60_000

    private func begun() throws -> (account: Account, sessions: Sessions, token: String) {
        let account = try Office.account("li", .clerk)
        var sessions = Sessions()
        let token = sessions.begin(account, at: Office.time, entropy: Office.entropy())
        return (account, sessions, token)
    }

    private func isValid(_ sessions: inout Sessions, _ token: String, _ time: Int64, _ account: Account) -> Bool {
        if case .valid = sessions.use(token, at: time, account: { _ in account }) { true } else { false }
    }

    @Test("a session goes on, with its token nowhere in what is kept")
    func goesOn() throws {
        var (account, sessions, token) = try begun()
        var shelf = Shelf()
        try shelf.take(&sessions)
        let key = try #require(shelf.rows.keys.first)
        #expect(shelf.rows.count == 1 && key != token && key.count == 64)
        var after = shelf.restarted(at: Office.time + 5 * minute)
        #expect(isValid(&after, token, Office.time + 5 * minute, account))
        #expect(!isValid(&after, key, Office.time + 5 * minute, account))
    }

    @Test("a form that was sent is not done again, one that waits in a window is, and no number is given out twice")
    func forms() throws {
        var (_, sessions, token) = try begun()
        var shelf = Shelf()
        try shelf.take(&sessions)
        let numbers = (0..<3).compactMap { _ in sessions.openForm(token: token) }
        #expect(sessions.sendForm(numbers[0], token: token) == .first)
        try shelf.take(&sessions)
        sessions.settleForm(numbers[0], token: token, outcome: "/accounts")
        try shelf.take(&sessions)
        let openedLate = sessions.openForm(token: token)
        let late = try #require(openedLate)
        for _ in 1...2 {
            sessions = shelf.restarted(at: Office.time)
            try shelf.take(&sessions)
            #expect(sessions.sendForm(numbers[0], token: token) == .again(outcome: "/accounts"))
            let openedFresh = sessions.openForm(token: token)
            let fresh = try #require(openedFresh)
            #expect(!(numbers + [late]).contains(fresh))
        }
        #expect(sessions.sendForm(late, token: token) == .first)
        #expect(sessions.sendForm(numbers[1], token: token) == .first)
    }

    @Test("what is done with a form is written before it is done")
    func sent() throws {
        var (_, sessions, token) = try begun()
        var shelf = Shelf()
        let opened = sessions.openForm(token: token)
        let number = try #require(opened)
        try shelf.take(&sessions)
        #expect(!sessions.hasUnwritten)
        #expect(sessions.sendForm(number, token: token) == .first)
        #expect(sessions.hasUnwritten)
    }

    @Test("uses are written once a minute at most, and the last minute is all that is lost")
    func uses() throws {
        var (account, sessions, token) = try begun()
        var shelf = Shelf()
        try shelf.take(&sessions)
        for second in stride(from: Int64(0), through: 600, by: 5) {
            #expect(isValid(&sessions, token, Office.time + second * 1_000, account))
            try shelf.take(&sessions)
        }
        #expect(shelf.writes == 1 + 10)
        let last = try #require(shelf.rows.values.first?.lastUsed)
        #expect(last == Office.time + 600_000)
    }

    @Test("log-out, a new password, an account that changed and time end it in the store, too", arguments: 0..<4)
    func ended(way: Int) throws {
        var (account, sessions, token) = try begun()
        var shelf = Shelf()
        try shelf.take(&sessions)
        switch way {
        case 0: sessions.end(token: token)
        case 1: sessions.end(account: "li")
        case 2:
            account.version += 1
            #expect(!isValid(&sessions, token, Office.time, account))
        default: sessions.prune(at: Office.time + CountyBooksLimits.sessionIdleMilliseconds + 1)
        }
        try shelf.take(&sessions)
        #expect(shelf.rows.isEmpty)
        var after = shelf.restarted(at: Office.time)
        #expect(!isValid(&after, token, Office.time, account))
    }

    @Test("one that was idle while the server was off does not come back, and goes from the store")
    func idle() throws {
        var (account, sessions, token) = try begun()
        var shelf = Shelf()
        try shelf.take(&sessions)
        let late = Office.time + CountyBooksLimits.sessionIdleMilliseconds + 1
        var after = shelf.restarted(at: late)
        #expect(!isValid(&after, token, late, account))
        try shelf.take(&after)
        #expect(shelf.rows.isEmpty)
    }

    @Test("one that ends while the store writes it is forgotten there by the next write")
    func meanwhile() throws {
        var (_, sessions, token) = try begun()
        let change = sessions.unwritten
        sessions.end(token: token)
        sessions.wrote(change)
        #expect(sessions.unwritten == SessionChange(ended: change.kept.map(\.key)))
    }

    @Test("what a store does not take stays to be written")
    func refused() throws {
        var (account, sessions, token) = try begun()
        #expect(isValid(&sessions, token, Office.time + minute, account))
        #expect(sessions.unwritten.kept.count == 1)
        var shelf = Shelf()
        try shelf.take(&sessions)
        #expect(!sessions.hasUnwritten && shelf.rows.count == 1)
    }
}
