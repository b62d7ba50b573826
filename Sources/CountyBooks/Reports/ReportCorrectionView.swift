/// A correction (更正第 N 号) as it was frozen: what changes in each line.
public struct ReportCorrectionView: Sendable {
    /// 更正第 N 号.
    public var name: Words
    public var correction: ReportCorrection
    public var context: ViewContext

    public init(_ name: Words, _ correction: ReportCorrection, _ context: ViewContext) {
        (self.name, self.correction, self.context) = (name, correction, context)
    }

    /// The table: an empty cell does not change.
    public var table: Table {
        let names = [
            Table.Column("code", "区划代码", "Code", .code), Table.Column("name", "名称", "Name"),
            Table.Column("mode", "服务方式", "Served"), Table.Column("brand", "品牌", "Brand"),
        ]
        let columns = ReportSheet.Column.allCases
        let rows = correction.rows.filter { key, _ in ReportCells.isFrozenShown(key, context) }
        return Table(
            Words("\(name.chinese)（与此前数据之差）", "\(name.english): what changes"),
            columns: names + columns.map { Table.Column($0.rawValue, $0.chinese, $0.rawValue, .number) },
            rows: rows.sorted { $0.key < $1.key }.map { key, row in
                [
                    .text(key.code), ReportCells.name(row.name, code: key.code), ReportCells.mode(row.mode),
                    ReportCells.brand(key.brand),
                ]
                    + columns.map { row.changes[$0]?.cell ?? .none }
            },
            notes: [Self.note]
        )
    }

    /// How to read a cell.
    private static let note = Words(
        "数字为增减数；空格表示没有变化；“未知→5”表示原未知、现为 5，“5→未知”表示原为 5、现未知",
        "a number is added; an empty cell does not change; unknown→5 was not known and is 5 now, "
            + "5→unknown was 5 and is not known"
    )
}
