import CountyBooks
import CountyReceiver
import CountySQLite
import LockerDomain
import Testing

@Suite("A register's change and its entry in the audit log")
struct RegisterAuditTests {
    private static let township = DatedRow(.township(Township(code: "140522100", name: "北留镇")))
    private static let audit = AuditEntry(
        AuditStamp(by: .account("wang"), time: 1),
        .registerChanged,
        object: "township 140522100"
    )

    @Test("both are kept, or neither")
    func together() throws {
        let bench = try Bench()
        let (registers, accounts) = (bench.county.registers, bench.county.accounts)
        try registers.keep([RegisterChange(Self.township)], by: "wang", at: 1, audit: Self.audit)
        #expect(try accounts.audit(AuditQuery()).map(\.object) == ["township 140522100"])
        // A row that stands there already, as somebody was quicker: nothing of it is kept.
        #expect(throws: CountyFault.self) {
            try registers.keep([RegisterChange(Self.township)], by: "li", at: 2, audit: Self.audit)
        }
        #expect(try accounts.audit(AuditQuery()).count == 1)
        #expect(try registers.rows().map(\.by) == ["wang"])
    }
}
