import CountyBooks
import CountyReceiver
import CountySQLite
import Foundation
import GRDB
import LockerDomain
import Testing

@Suite("Rows of registers that are withdrawn, in the store")
struct WithdrawalTests {
    private let township = DatedRow(.township(Township(code: "140522100", name: "北留镇")))
    private let village = DatedRow(.village(Village(code: "140522100201", name: "北留村", township: "140522100")))

    private func kept(_ registers: RegisterTable, _ dated: DatedRow) throws -> KeptRow {
        try #require(try registers.rows().first { $0.dated == dated })
    }

    @Test("a withdrawn row holds no longer, its history stays, and registers are read anew")
    func withdrawn() throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        let registers = bench.county.registers
        try registers.keep([RegisterChange(village)], by: "wang", at: 1)
        let version = try registers.version()
        try registers.keep([RegisterChange(withdrawing: try kept(registers, village))], by: "li", at: 2)
        #expect(try registers.rows().isEmpty)
        #expect(try registers.version() > version)
        let history = try registers.history(.village, "140522100201")
        #expect(history.map(\.isWithdrawn) == [true, false])
        #expect(history.map(\.by) == ["li", "wang"])
        #expect(history.map(\.replacedBy) == [nil, history[0].number])
        #expect(history.allSatisfy { $0.dated == village })
    }

    @Test("a withdrawn row can be entered again, by page and by sheet")
    func again() throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        let registers = bench.county.registers
        try registers.keep([RegisterChange(village)], by: "wang", at: 1)
        try registers.keep([RegisterChange(withdrawing: try kept(registers, village))], by: "li", at: 2)
        try registers.keep([RegisterChange(village)], by: "zhao", at: 3)
        #expect(try registers.rows().map(\.by) == ["zhao"])
        #expect(try registers.history(.village, "140522100201").map(\.isWithdrawn) == [false, true, false])
        let late = try kept(registers, village)
        try registers.keep([RegisterChange(withdrawing: late)], by: "li", at: 4)
        #expect(throws: CountyFault.self, "it was withdrawn meanwhile") {
            try registers.keep([RegisterChange(withdrawing: late)], by: "wang", at: 5)
        }
        #expect(throws: CountyFault.self, "so was what a page shows") {
            try registers.keep([RegisterChange(village, replaces: late.number)], by: "wang", at: 5)
        }
    }

    @Test("a row at which another points is not withdrawn, whatever the page saw")
    func pointed() throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        let registers = bench.county.registers
        try registers.keep([RegisterChange(township), RegisterChange(village)], by: "wang", at: 1)
        let fault = #expect(throws: CountyFault.self) {
            try registers.keep([RegisterChange(withdrawing: try kept(registers, township))], by: "li", at: 2)
        }
        #expect(fault?.description.contains("140522100201") == true)
        #expect(try registers.rows().count == 2)
        let changes = [try kept(registers, village), try kept(registers, township)]
        try registers.keep(changes.map(RegisterChange.init(withdrawing:)), by: "li", at: 3)
        #expect(try registers.rows().isEmpty)
    }

    @Test("no hand makes a withdrawn row hold again")
    func forEver() throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        let registers = bench.county.registers
        try registers.keep([RegisterChange(village)], by: "wang", at: 1)
        try registers.keep([RegisterChange(withdrawing: try kept(registers, village))], by: "li", at: 2)
        let queue = try DatabaseQueue(path: bench.county.booksPath)
        #expect(throws: DatabaseError.self) {
            try queue.write { try $0.execute(sql: "UPDATE register SET withdrawn = 0") }
        }
    }
}
