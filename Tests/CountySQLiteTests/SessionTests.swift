import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import Testing

@Suite("Sessions in the store")
struct SessionTests {
    private static let cost = PasswordVerifier.Cost(rounds: 2, blockSize: 1, parallelism: 1)
    private static let stamp = AuditStamp(by: .commandLine("root"), time: 1)

    /// Not random: the same in each run.
    private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 % 251) } }

    private func book(_ accounts: AccountTable) throws -> AccountBook {
        AccountBook(try accounts.accounts(), cost: Self.cost)
    }

    private func add(_ name: String, _ accounts: AccountTable) throws -> Account {
        let rights = try AccountRights(role: .clerk, scope: .county)
        let change = try book(accounts).add(name, rights: rights, stamp: Self.stamp, entropy: Self.bytes)
        try accounts.save(change)
        return change.account
    }

    @Test("a session with its forms is found again, changed in its place, and forgotten")
    func kept() throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        let accounts = bench.county.accounts
        var sessions = Sessions()
        let token = sessions.begin(try add("li", accounts), at: 1, entropy: Self.bytes)
        let opened = sessions.openForm(token: token)
        let number = try #require(opened)
        #expect(sessions.sendForm(number, token: token) == .first)
        try accounts.keep(sessions.unwritten)
        #expect(try accounts.sessions() == sessions.unwritten.kept)
        sessions.settleForm(number, token: token, outcome: "/accounts")
        try accounts.keep(sessions.unwritten)
        #expect(try accounts.sessions() == sessions.unwritten.kept)
        sessions.wrote(sessions.unwritten)
        sessions.end(token: token)
        try accounts.keep(sessions.unwritten)
        #expect(try accounts.sessions().isEmpty)
    }

    @Test("a change of an account forgets its sessions and no other's, and nobody's session is kept")
    func changed() throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        let accounts = bench.county.accounts
        var sessions = Sessions()
        for (index, name) in ["li", "wang"].enumerated() {
            _ = sessions.begin(try add(name, accounts), at: 1) { count in (0..<count).map { UInt8($0 + index) } }
        }
        let stranger = try #require(try book(accounts).account("li"))
        var others = Sessions()
        _ = others.begin(
            Account(name: "nobody", rights: stranger.rights, verifier: stranger.verifier, created: 1),
            at: 1,
            entropy: Self.bytes
        )
        try accounts.keep(sessions.unwritten)
        try accounts.keep(others.unwritten)
        #expect(Set(try accounts.sessions().map(\.session.account)) == ["li", "wang"])
        try accounts.save(
            try book(accounts).resetPassword("li", version: nil, stamp: Self.stamp, entropy: Self.bytes)
        )
        #expect(try accounts.sessions().map(\.session.account) == ["wang"])
    }

    @Test("they outlive the opening of the county, and their tokens are nowhere in it")
    func reopened() throws {
        let bench = try Bench()
        var sessions = Sessions()
        let token = sessions.begin(try add("li", bench.county.accounts), at: 1, entropy: Self.bytes)
        try bench.county.accounts.keep(sessions.unwritten)
        #expect(try bench.county.accounts.sessions().count == 1)
        for file in try FileManager.default.contentsOfDirectory(atPath: bench.folder)
        where file.hasPrefix("county.sqlite") {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(bench.folder)/\(file)"))
            #expect(bytes.range(of: Data(token.utf8)) == nil, "\(file)")
        }
    }
}
