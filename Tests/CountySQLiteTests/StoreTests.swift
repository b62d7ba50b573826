import CountyBooks
import CountyReceiver
import CountySQLite
import StoreContracts
import Testing

@Suite("The SQLite store keeps to the contracts of its ports")
struct StoreTests {
    /// Another process that opens the same county.
    private func opened(_ bench: Bench) throws -> CountyReceiver.County {
        try CountyReceiver.County(opening: CountySettings(dataDirectory: bench.folder))
    }

    @Test("accounts and the audit log", arguments: AccountStoreContract.allCases)
    func accounts(clause: AccountStoreContract) throws {
        let bench = try Bench()
        try withExtendedLifetime(bench) { try clause.check(bench.county.accounts) }
    }

    @Test("sessions", arguments: SessionStoreContract.allCases)
    func sessions(clause: SessionStoreContract) throws {
        let bench = try Bench()
        try withExtendedLifetime(bench) { try clause.check { try opened(bench).accounts } }
    }

    @Test("registers", arguments: RegisterStoreContract.allCases)
    func registers(clause: RegisterStoreContract) throws {
        let bench = try Bench()
        try withExtendedLifetime(bench) { try clause.check { try opened(bench).registers } }
    }

    @Test("closed periods", arguments: PeriodStoreContract.allCases)
    func periods(clause: PeriodStoreContract) throws {
        let bench = try Bench()
        try withExtendedLifetime(bench) {
            try clause.check(log: bench.county.accounts) { try opened(bench).periods }
        }
    }

    @Test("a sheet that is loaded twice makes no new version of a row")
    func sameRow() throws {
        let bench = try Bench()
        let registers = bench.county.registers
        let township = DatedRow(.township(Township(code: "140522100", name: "北留镇")))
        try registers.keep([RegisterChange(township)], by: "wang", at: 1)
        let holds = try #require(try registers.rows().first)
        try registers.keep([RegisterChange(township, replaces: holds.number)], by: "li", at: 2)
        #expect(try registers.history(.township, "140522100") == [holds])
        #expect(try registers.version() == holds.number)
    }
}
