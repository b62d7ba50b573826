/// What other registers a row names, checked for a sheet: the name or code as it is registered, or a fault.
extension RegisterNames {
    /// 区划代码 of a village that is written as a code or a name.
    func check<Column>(village written: String, _ column: Column, _ faults: inout [CellFault<Column>]) -> String {
        switch village(written) {
        case .one(let code): return code
        case .several(let codes):
            faults.append(
                CellFault(
                    column,
                    "is the name of several villages 几个村同名",
                    mend: "write one of \(codes.joined(separator: ", ")) 请改填区划代码"
                )
            )
        case .none where isElsewhere(written): faults.append(elsewhere(column))
        case .none:
            faults.append(
                CellFault(
                    column,
                    "is no village of the register 台账中没有此村",
                    mend: "load the villages first, or correct the code or the name 请先导入行政村台账，或更正代码、村名"
                )
            )
        }
        return written
    }

    /// Name of a firm.
    func check<Column>(firm written: String, _ column: Column, _ faults: inout [CellFault<Column>]) -> String {
        if let name = operatorName(written) { return name }
        faults.append(
            CellFault(
                column,
                "is no operator of the register 台账中没有此企业",
                mend: "load the operators first, or correct the name 请先导入经营企业台账，或更正名称"
            )
        )
        return written
    }

    /// The code of a township or a village of this county.
    func check<Column>(ownCode code: String, _ column: Column, _ faults: inout [CellFault<Column>]) {
        if isElsewhere(code) { faults.append(elsewhere(column)) }
    }

    private func isElsewhere(_ code: String) -> Bool {
        guard let county, Self.isCode(code) else { return false }
        return !code.hasPrefix(county)
    }

    private func elsewhere<Column>(_ column: Column) -> CellFault<Column> {
        CellFault(
            column,
            "is a code of another county 不是本县的区划代码",
            mend: "write a code that begins with \(county ?? "") 应以 \(county ?? "") 开头"
        )
    }
}
