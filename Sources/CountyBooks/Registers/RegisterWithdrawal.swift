/// Which rows may be withdrawn (作废): those at which no other row points.
public enum RegisterWithdrawal {
    /// Rows that would point at nothing without a row. None where its thing stands in the register at other times, too.
    ///
    /// - Parameter rows: of all registers that hold.
    public static func pointers(to kept: KeptRow, among rows: [KeptRow]) -> [KeptRow] {
        let row = kept.dated.row
        let others = rows.filter { $0.number != kept.number }
        guard !others.contains(where: { $0.dated.row.kind == row.kind && $0.dated.row.key == row.key }) else {
            return []
        }
        return others.filter { $0.dated.row.points(at: row) }
    }

    /// - Throws: `CountyFault` that names the first of the rows that point at it.
    public static func check(_ kept: KeptRow, among rows: [KeptRow]) throws(CountyFault) {
        let pointers = pointers(to: kept, among: rows)
        guard let first = pointers.first?.dated.row else { return }
        throw CountyFault(
            "\(kept.dated.row.kind.rawValue) \(kept.dated.row.key)",
            "\(pointers.count) rows point at it, as \(first.kind.rawValue) \(first.key) "
                + "还有 \(pointers.count) 行用到它，如\(first.kind.chinese) \(first.key)",
            mend: "withdraw or change those first 请先作废或修改那些行"
        )
    }
}

extension RegisterRow {
    /// Whether it names the thing of another row.
    func points(at other: RegisterRow) -> Bool {
        switch (self, other) {
        case (.village(let row), .township(let township)): row.township == township.code
        case (.site(let row), .village(let village)):
            row.village == village.code || row.serves.contains { $0.village == village.code }
        case (.site(let row), .operatorFirm(let firm)): row.operatorName == firm.name
        case (.staff(let row), .site(let site)): row.site == site.number
        case (.operatorReport(let row), .village(let village)): row.village == village.code
        case (.operatorReport(let row), .operatorFirm(let firm)): row.by == firm.name
        default: false
        }
    }
}
