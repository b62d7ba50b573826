import LockerDomain
import OfficeSheets

/// Columns of what operators report themselves (企业填报).
enum OperatorReportColumn: String, RegisterColumn {
    case period = "month"
    case village, brand, received, accepted
    case visitDays = "visit_days"
    case reporter = "by"

    static let needed = [village, period, brand, reporter]
    static let headers = HeaderNames<Self>()
    static var dayColumn: Self? { nil }

    var chinese: String {
        switch self {
        case .period: "月份"
        case .village: "村"
        case .brand: "品牌"
        case .received: "下行"
        case .accepted: "上行"
        case .visitDays: "到村天数"
        case .reporter: "填报单位"
        }
    }

    var others: [String] {
        switch self {
        case .period: ["统计月份", "填报月份", "月", "年月"]
        // Not 区划代码: sheets have it beside the name.
        case .village: ["行政村", "村名", "行政村名称"]
        case .brand: ["快递品牌", "快递公司"]
        case .received: ["下行件数", "下行量", "下行件", "下行快件"]
        case .accepted: ["上行件数", "上行量", "上行件", "上行快件"]
        case .visitDays: ["进村天数", "投递天数", "通达天数"]
        case .reporter: ["填报企业", "经营企业", "企业名称"]
        }
    }

    static let examples = [
        OperatorReport(
            period: "2026-01",
            village: "999999001001",
            brand: "（示例）甲快递",
            received: 120,
            accepted: 8,
            visitDays: 26,
            by: "（示例）甲快递有限公司"
        ),
        OperatorReport(
            period: "2026-01",
            village: "（示例）乙村",
            brand: "（示例）甲快递",
            received: 0,
            by: "（示例）甲快递有限公司"
        ),
    ]

    static func wrap(_ row: OperatorReport) -> RegisterRow { .operatorReport(row) }

    static func unwrap(_ row: RegisterRow) -> OperatorReport? {
        if case .operatorReport(let row) = row { row } else { nil }
    }

    static func read(_ cells: SheetCells<Self>) throws(SheetFault) -> OperatorReport {
        let report = OperatorReport(
            period: try cells.need(cells.month(.period), .period, "a month, as 2026-11", "月份，如 2026-11"),
            village: try cells.need(
                cells.village(.village),
                .village,
                "the code or the name of the village",
                "区划代码或村名"
            ),
            brand: try cells.needText(.brand, charactersMax: RegisterLimits.brandCharactersMax),
            received: try cells.count(.received, max: RegisterLimits.monthPiecesMax),
            accepted: try cells.count(.accepted, max: RegisterLimits.monthPiecesMax),
            visitDays: try cells.count(.visitDays, max: RegisterLimits.monthDaysMax),
            by: try cells.needText(.reporter, charactersMax: Limits.noteCharactersMax)
        )
        guard [report.received, report.accepted, report.visitDays].contains(where: { $0 != nil }) else {
            throw SheetFault(
                row: cells.rowNumber,
                "says neither pieces nor days 下行、上行、到村天数都为空",
                mend: "write what is known, 0 where there was nothing, or delete the row 没有请填 0，或删去本行"
            )
        }
        return report
    }

    static func check(
        _ row: OperatorReport,
        against known: RegisterNames,
        _ faults: inout [CellFault<Self>]
    ) -> OperatorReport {
        var row = row
        row.village = known.check(village: row.village, village, &faults)
        row.by = known.check(firm: row.by, reporter, &faults)
        return row
    }

    func text(_ row: OperatorReport) -> String {
        switch self {
        // Excel makes a date of 2026-11 and shows it as Nov-26; this it shows as it is.
        case .period: "\(row.period.prefix(4))年\(row.period.suffix(2))月"
        case .village: row.village
        case .brand: CarrierBrand.chinese(of: row.brand)
        case .received: row.received.map { String($0) } ?? ""
        case .accepted: row.accepted.map { String($0) } ?? ""
        case .visitDays: row.visitDays.map { String($0) } ?? ""
        case .reporter: row.by
        }
    }
}
