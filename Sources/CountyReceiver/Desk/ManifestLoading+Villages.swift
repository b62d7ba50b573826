import CountyBooks
import CountySQLite
import LockerDomain
import OfficeSheets

extension County {
    /// Writes the 区划代码 for each village that a manifest names, so that station and books need no register to know it.
    ///
    /// - Parameter names: of the registers; `nil` while the county has no village, and then a name stays as it is.
    /// - Returns: rows that name none, or several, by their place in the list. JSON has no rows: its first fault is thrown.
    static func placeVillages(_ parcels: inout [Wanted], _ names: RegisterNames?) throws -> [Int: SheetFault] {
        guard let names else { return [:] }
        var faults: [Int: SheetFault] = [:]
        for index in parcels.indices {
            guard let written = parcels[index].entry.village else { continue }
            let cause: String
            switch names.village(written) {
            case .one(let code):
                parcels[index].entry.village = code
                continue
            case .none: cause = "is no village of the register 台账中没有这个村"
            case .several: cause = "is the name of several villages 有同名村"
            }
            let fix = "write its 区划代码, or load the village into the register first 请填写区划代码或先导入台账"
            guard let row = parcels[index].row else {
                throw CountyFault("waybill \(parcels[index].entry.waybill), village", cause, mend: fix)
            }
            faults[index] = SheetFault(row: row, column: ManifestColumn.village.names, cause, mend: fix)
        }
        return faults
    }
}

extension RegisterTable {
    /// What the registers know of villages; `nil` while there is none.
    func villageNames(county: String) throws -> RegisterNames? {
        let rows = try rows().map(\.dated).filter { [.township, .village].contains($0.row.kind) }
        guard rows.contains(where: { $0.row.kind == .village }) else { return nil }
        return RegisterNames(county: county.isEmpty ? nil : county, stations: [], rows: rows)
    }
}
