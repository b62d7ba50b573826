import CountyBooks
import LockerDomain

/// Tables of the registers' pages.
struct RegisterTables {
    let visible: VisibleRegisters
    let language: Language
    /// Today's number, counted from 1970-01-01.
    let today: Int64

    // MARK: All registers

    /// How many things each register has, and who changed it last.
    var overview: Table {
        let rows = RegisterKind.allCases.map { kind -> [Table.Cell] in
            let rows = visible.rows(of: kind)
            let last = rows.max { $0.number < $1.number }
            return [
                .link(kind.words[language], path: RegisterPaths.list(kind)),
                .number(Set(rows.map(\.dated.row.key)).count),
                last.map { .text(PageTime.text($0.changed)) } ?? .none,
                last.map { .words(AuditAuthor(text: $0.by).words) } ?? .none,
            ]
        }
        return Table(
            Words("台账", "Registers"),
            columns: [
                Table.Column("register", "台账", "Register"), Table.Column("count", "数量", "How many", .number),
                Table.Column("changedAt", "最近录入", "Last entered", .time),
                Table.Column("changedBy", "录入人", "Entered by"),
            ],
            rows: rows
        )
    }

    // MARK: One register

    /// All rows that hold: the columns of the sheet, so that a file of it can be corrected and loaded again, and what
    /// else a reader wants to know. No header of these is one that the sheet reads.
    func list(_ kind: RegisterKind) -> Table {
        let fields = RegisterField.all(kind)
        let found = Self.foundColumns(kind)
        return Table(
            kind.words,
            columns: fields.map(\.column) + found + [
                Table.Column("changedAt", "录入时间", "Entered", .time), Table.Column("changedBy", "录入人", "Entered by"),
            ],
            rows: visible.rows(of: kind).map { kept in
                let cells = cells(kept.dated, fields) { text, _ in
                    .link(text, path: RegisterPaths.row(kind, kept.dated.row.key))
                }
                return cells + self.found(kept.dated.row) + [.text(PageTime.text(kept.changed)), .text(kept.by)]
            }
        )
    }

    /// One thing at each of its times.
    func times(_ versions: [KeptRow]) -> Table {
        let kind = versions.first?.dated.row.kind ?? .site
        let fields = RegisterField.all(kind).filter { !$0.isKey && !$0.isDay }
        let current = Self.current(versions, on: today)
        return Table(
            Words("各时期的内容", "At its times"),
            columns: [
                Table.Column("from", "起", "From", .date), Table.Column("state", "时期", "Time", .state),
                Table.Column("changedAt", "录入时间", "Entered", .time), Table.Column("changedBy", "录入人", "Entered by"),
            ] + fields.map(\.column),
            rows: versions.map { kept in
                let from = kept.dated.validFrom?.description ?? Words("自始", "ever since")[language]
                let path = RegisterPaths.form(kind, kept.dated.row.key, from: kept.dated.validFrom)
                return [
                    canChange ? .link(from, path: path) : .text(from), state(kept, current),
                    .text(PageTime.text(kept.changed)), .text(kept.by),
                ] + cells(kept.dated, fields) { text, field in field.cell(text, in: language) }
            }
        )
    }

    /// Whether the reader may change rows, so that tables lead to forms.
    var canChange = false

    /// The row that holds on a day, the first one before it.
    static func current(_ versions: [KeptRow], on day: Int64) -> KeptRow? {
        versions.last { $0.firstDay <= day } ?? versions.first
    }

    private func state(_ kept: KeptRow, _ current: KeptRow?) -> Table.Cell {
        if kept.firstDay > today { return .state(Words("将来", "to come")[language], .warn) }
        return kept.number == current?.number
            ? .state(Words("现行", "now")[language], .ok) : .state(Words("过去", "past")[language], .unknown)
    }

    // MARK: Cells

    /// What stands in some columns of a row; `key` makes the cell of the first one that names it.
    private func cells(
        _ dated: DatedRow,
        _ fields: [RegisterField],
        key: (String, RegisterField) -> Table.Cell
    ) -> [Table.Cell] {
        let texts = Dictionary(
            zip(RegisterField.all(dated.row.kind).map(\.id), RegisterSheet.cells(of: dated))
        ) { first, _ in first }
        let first = fields.first(where: \.isKey)
        return fields.map { field in
            let text = texts[field.id] ?? ""
            return field == first ? key(text, field) : field.cell(text, in: language)
        }
    }

    private static func foundColumns(_ kind: RegisterKind) -> [Table.Column] {
        let (township, village) = (
            Table.Column("foundTownship", "查得乡镇", "Township found"),
            Table.Column("foundVillage", "查得村名", "Village found")
        )
        switch kind {
        case .township, .operatorFirm: return []
        case .village: return [township]
        case .site, .operatorReport: return [village, township]
        case .staff: return [Table.Column("foundSite", "查得网点", "Site found")]
        }
    }

    private func found(_ row: RegisterRow) -> [Table.Cell] {
        switch row {
        case .township, .operatorFirm: []
        case .village(let row): [township(row.township)]
        case .site(let row): [village(row.village), township(ofVillage: row.village)]
        case .staff(let row): [.optional(row.site.flatMap(visible.registers.site)?.name)]
        case .operatorReport(let row): [village(row.village), township(ofVillage: row.village)]
        }
    }

    private func village(_ code: String) -> Table.Cell { .optional(visible.registers.village(code)?.name) }

    private func township(ofVillage code: String) -> Table.Cell {
        township(String(code.prefix(RegisterCodes.townshipDigits)))
    }

    private func township(_ code: String) -> Table.Cell { .optional(visible.registers.township(code)?.name) }
}

// MARK: Facts

extension RegisterTables {
    /// What a row says, column by column, with the names that its codes mean.
    func facts(_ dated: DatedRow) -> [View.Fact] {
        let fields = RegisterField.all(dated.row.kind)
        return zip(fields, RegisterSheet.cells(of: dated)).map { field, text in
            guard !field.isDay || dated.validFrom != nil else {
                return View.Fact(field.words, .text(Words("自始", "ever since")[language]))
            }
            return View.Fact(field.words, field.cell(text, in: language), note: note(field, text, dated.row))
        }
    }

    private func note(_ field: RegisterField, _ text: String, _ row: RegisterRow) -> Words? {
        let name: String? =
            switch (field.id, row) {
            case ("village", _): visible.registers.village(text)?.name
            case ("township", _): visible.registers.township(text)?.name
            case ("site", .staff): visible.registers.site(text)?.name
            default: nil
            }
        return name.map { Words($0, $0) }
    }
}
