import CountyBooks
import LockerDomain
import Testing

@Suite("Rows that may be withdrawn")
struct RegisterWithdrawalTests {
    private static let rows: [KeptRow] = {
        let rows =
            SheetKit.rows.map(\.row) + [
                .staff(StaffMember(number: "2001", name: "张三丰", role: "keeper", site: "W1")),
                .operatorReport(
                    OperatorReport(period: "2026-11", village: "140522103201", brand: "YTO", received: 1, by: "县共配中心")
                ),
            ]
        return rows.enumerated().map { index, row in
            KeptRow(number: Int64(index + 1), dated: DatedRow(row), changed: 0, by: "wang")
        }
    }()

    private func row(_ kind: RegisterKind, _ key: String, among rows: [KeptRow] = rows) throws -> KeptRow {
        try #require(rows.first { $0.dated.row.kind == kind && $0.dated.row.key == key })
    }

    @Test(
        "a row at which others point stays",
        arguments: [
            (RegisterKind.township, "140522102", ["140522102201", "140522102202"]), (.village, "140522102201", ["W1"]),
            (.village, "140522103201", ["2026-11 140522103201 YTO 县共配中心"]), (.village, "140522103202", []),
            (.operatorFirm, "县共配中心", ["W1", "2026-11 140522103201 YTO 县共配中心"]), (.site, "W1", ["2001"]),
            (.staff, "2001", []), (.operatorReport, "2026-11 140522103201 YTO 县共配中心", []),
        ]
    )
    func pointers(kind: RegisterKind, key: String, expected: [String]) throws {
        let kept = try row(kind, key)
        #expect(RegisterWithdrawal.pointers(to: kept, among: Self.rows).map(\.dated.row.key) == expected)
        guard let first = expected.first else {
            #expect(throws: Never.self) { try RegisterWithdrawal.check(kept, among: Self.rows) }
            return
        }
        let fault = #expect(throws: CountyFault.self) { try RegisterWithdrawal.check(kept, among: Self.rows) }
        #expect(fault?.words.chinese.contains(first) == true)
        // A key ends with the name of a firm, which has no English one.
        let code = try #require(first.split(separator: " ").first)
        #expect(fault?.words.english.contains(code) == true)
    }

    @Test("a village that a site reaches stays, too")
    func reached() throws {
        var site = SheetKit.site("W2", stations: [])
        site.serves = [ServedVillage(village: "140522103202", mode: .reach)]
        let rows = Self.rows + [KeptRow(number: 99, dated: DatedRow(.site(site)), changed: 0, by: "wang")]
        let kept = try row(.village, "140522103202")
        #expect(RegisterWithdrawal.pointers(to: kept, among: rows).map(\.number) == [99])
    }

    @Test("one of several times of a thing may go: the others are pointed at")
    func times() throws {
        let day = try #require(CivilDay("2026-11-01"))
        let first = try row(.village, "140522102201")
        let second = KeptRow(
            number: 98,
            dated: DatedRow(first.dated.row, validFrom: day),
            changed: 0,
            by: "wang"
        )
        #expect(RegisterWithdrawal.pointers(to: first, among: Self.rows + [second]).isEmpty)
        #expect(RegisterWithdrawal.pointers(to: second, among: Self.rows + [second]).isEmpty)
    }
}
