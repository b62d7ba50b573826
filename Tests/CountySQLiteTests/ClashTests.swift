import CountyBooks
import CountyReceiver
import CountySQLite
import LockerDomain
import Testing

@Suite("A station at two sites, in the store")
struct ClashTests {
    private func site(_ number: String, _ stations: [String], from day: String? = nil) -> DatedRow {
        let site = Site(
            number: number,
            name: "\(number)网点",
            type: .villagePoint,
            address: "路 1 号",
            operatorName: "共配",
            village: "140522100201",
            stations: stations
        )
        return DatedRow(.site(site), validFrom: day.flatMap { CivilDay($0) })
    }

    private func keep(_ rows: [DatedRow], _ registers: RegisterTable) throws {
        try registers.keep(rows.map { RegisterChange($0) }, by: "wang", at: 1)
    }

    @Test("of two clerks who each add a site with the same station, the second is refused and told of the first")
    func together() throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        let registers = bench.county.registers
        try keep([site("W1", ["yc-01"])], registers)
        let fault = #expect(throws: CountyFault.self) { try keep([site("W2", ["yc-01"])], registers) }
        for word in ["yc-01", "W1", "W2"] { #expect(fault?.description.contains(word) == true, "\(word)") }
        #expect(try registers.rows().count == 1)
        #expect(throws: CountyFault.self) { try keep([site("W2", ["yc-01"], from: "2026-03-01")], registers) }
        try keep([site("W1", [], from: "2026-03-01"), site("W2", ["yc-01"], from: "2026-03-01")], registers)
        #expect(try registers.rows().count == 3)
    }

    @Test("a row that is withdrawn lets the one before it go on, and not where another site has its station since")
    func withdrawn() throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        let registers = bench.county.registers
        let gone = site("W1", [], from: "2026-03-01")
        try keep([site("W1", ["yc-01"]), gone, site("W2", ["yc-01"], from: "2026-03-01")], registers)
        let kept = try #require(try registers.rows().first { $0.dated == gone })
        #expect(throws: CountyFault.self) {
            try registers.keep([RegisterChange(withdrawing: kept)], by: "li", at: 2)
        }
        #expect(try registers.rows().count == 3)
        let other = try #require(try registers.rows().first { $0.dated.row.key == "W2" })
        try registers.keep([kept, other].map(RegisterChange.init(withdrawing:)), by: "li", at: 3)
        #expect(try registers.rows().count == 1)
    }

    @Test("what stood so before is nobody's fault now")
    func before() throws {
        let clash = [site("W1", ["yc-01"]), site("W2", ["yc-01"])]
        #expect(throws: Never.self) { try RegisterClash.check(clash, clash + [site("W3", ["yc-03"])]) }
        #expect(throws: CountyFault.self) { try RegisterClash.check(clash, clash + [site("W3", ["yc-01"])]) }
        #expect(throws: CountyFault.self) { try RegisterClash.check([], clash) }
    }
}
