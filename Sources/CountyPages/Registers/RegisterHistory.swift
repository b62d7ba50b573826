import CountyBooks
import LockerDomain

/// What became of one thing of a register: who changed what, when, and what stood there before.
struct RegisterHistory {
    /// Every version that ever stood in the register, the newest change first.
    private let kept: [KeptRow]
    private let language: Language

    init(_ kept: [KeptRow], _ language: Language) { (self.kept, self.language) = (kept, language) }

    /// One column that a change is about.
    struct Difference: Sendable, Hashable {
        let field: RegisterField
        let before: String
        let after: String
    }

    /// The columns in which two versions differ; all that say something where there was none before.
    static func differences(_ before: DatedRow?, _ after: DatedRow) -> [Difference] {
        let fields = RegisterField.all(after.row.kind)
        let (new, old) = (RegisterSheet.cells(of: after), before.map(RegisterSheet.cells) ?? fields.map { _ in "" })
        let all = zip(fields, zip(old, new)).filter { $1.0 != $1.1 }
        return all.map { Difference(field: $0, before: $1.0, after: $1.1) }
    }

    /// A line for the audit log.
    static func line(_ before: DatedRow?, _ after: DatedRow) -> String {
        differences(before, after)
            .map { "\($0.field.chinese) \(AuditEntry.change($0.before, $0.after))" }.joined(separator: "; ")
    }

    /// Field by field.
    var table: Table {
        Table(
            Words("变更记录", "History"),
            columns: [
                Table.Column("changedAt", "录入时间", "Entered", .time), Table.Column("changedBy", "录入人", "Entered by"),
                Table.Column("action", "变更", "Change"), Table.Column("from", "生效日期", "Valid from", .date),
                Table.Column("field", "栏目", "Column"), Table.Column("before", "原内容", "Before", .code),
                Table.Column("after", "新内容", "After", .code),
            ],
            rows: kept.flatMap(rows)
        )
    }

    private func rows(_ row: KeptRow) -> [[Table.Cell]] {
        let (before, action) = origin(of: row)
        guard !row.isWithdrawn else {
            return [
                [
                    .text(PageTime.text(row.changed)), by(row), .text(action[language]), from(row), .none, .none,
                    .none,
                ]
            ]
        }
        let all = Self.differences(before?.dated, row.dated)
        // The day has a column of its own, and says more only where nothing else is different.
        let columns = all.filter { !$0.field.isDay }
        return (columns.isEmpty ? all : columns).map { difference in
            [
                .text(PageTime.text(row.changed)), by(row), .text(action[language]),
                from(row), .text(difference.field.words[language]),
                cell(difference.before, difference.field), cell(difference.after, difference.field),
            ]
        }
    }

    private func by(_ row: KeptRow) -> Table.Cell { .words(AuditAuthor(text: row.by).words) }

    private func cell(_ text: String, _ field: RegisterField) -> Table.Cell {
        text.isEmpty ? .none : .text(field.word(text)[language])
    }

    private func from(_ row: KeptRow) -> Table.Cell {
        .text(row.dated.validFrom?.description ?? Words("自始", "ever since")[language])
    }

    /// What stood there before: the version whose place it took, else the one that held on its first day.
    private func origin(of row: KeptRow) -> (before: KeptRow?, action: Words) {
        if row.isWithdrawn { return (nil, Words("作废", "withdrawn")) }
        if let replaced = kept.first(where: { $0.replacedBy == row.number }) {
            return replaced.isWithdrawn
                ? (nil, Words("重新录入", "entered again")) : (replaced, Words("更正", "corrected"))
        }
        let held = kept.filter { other in
            !other.isWithdrawn && other.number < row.number && (other.replacedBy ?? .max) > row.number
                && other.firstDay < row.firstDay
        }
        let before = held.max { $0.firstDay < $1.firstDay }
        return (before, before == nil ? Words("新增", "added") : Words("自该日变更", "changed from a day on"))
    }
}
