import CountyBooks

/// The HTML of one table. Cells are written without templates, whose look-ups would take most of the time of a page of thousands
/// of them; every text goes through `Markup.escape`.
struct TableMarkup {
    private let table: Table
    private let scope: String
    /// What its region is called.
    private let name: String
    private let layout: Page.Layout
    private let frame: Frame
    private let query: TableQuery
    private let language: Language
    /// Where links of the table lead to on the page.
    private let anchor: String

    init(_ table: Table, scope: String, _ name: String, _ layout: Page.Layout, _ frame: Frame) {
        (self.table, self.scope, self.name) = (table, scope, name)
        (self.layout, self.frame, language) = (layout, frame, frame.language)
        query = TableQuery(frame.query, scope: scope)
        anchor = scope.isEmpty ? "table" : "table-\(scope)"
    }

    /// What the template of tables needs.
    var context: [String: Any] {
        let selected = table.selected(by: query, in: language)
        let page =
            layout.isPaper ? selected.page(1, size: selected.rows.count) : selected.page(query.page, size: query.size)
        let rows = layout.isPaper ? Array(selected.rows.prefix(CountyPagesLimits.printRowsMax)) : page.table.rows
        var context: [String: Any] = [
            "id": anchor,
            "caption": table.title[language],
            "region": Words("\(name)（可滚动）", "\(name) (scrolls)")[language],
            "head": head,
            "rows": self.rows(rows),
            "isEmpty": rows.isEmpty,
            "columns": String(max(1, table.columns.count)),
            "emptyText": emptyText[language],
            "notes": notes(selected.rows.count - rows.count).map { $0[language] },
            "hasNotes": !notes(selected.rows.count - rows.count).isEmpty,
        ]
        if !layout.isPaper {
            context.merge(pager(page)) { $1 }
            context.merge(tools) { $1 }
        }
        return context
    }

    private var emptyText: Words {
        query.filter.isEmpty
            ? Words("没有记录", "Nothing here")
            : Words("没有符合“\(query.filter)”的记录", "Nothing matches “\(query.filter)”")
    }

    private func notes(_ leftOut: Int) -> [Words] {
        guard layout.isPaper, leftOut > 0 else { return table.notes }
        return table.notes + [
            Words("另有 \(leftOut) 行未列出，请导出文件。", "\(leftOut) more rows are not listed: take a file.")
        ]
    }

    // MARK: Rows

    private var head: String {
        table.columns.map { column in
            let name = Markup.escape(column.header[language])
            let isSorted = query.sort == column.id
            let kind = TableMarkup.kind(column.kind)
            guard !layout.isPaper else { return "<th scope=\"col\"\(kind)>\(name)</th>" }
            let order = isSorted ? " aria-sort=\"\(query.isDescending ? "descending" : "ascending")\"" : ""
            let arrow =
                isSorted ? "<span class=\"arrow\" aria-hidden=\"true\">\(query.isDescending ? "▼" : "▲")</span>" : ""
            let href = frame.href(query: query.sorted(by: column.id).text(beside: others), to: anchor)
            return "<th scope=\"col\"\(kind)\(order)><a href=\"\(Markup.escape(href))\">\(name)\(arrow)</a></th>"
        }.joined()
    }

    /// What stands behind `?` of the page, but for what makes it a file or a print.
    private var others: [QueryItems.Element] { frame.query.without(["format", "table", "print"]) }

    private func rows(_ rows: [[Table.Cell]]) -> String {
        let kinds = table.columns.map { TableMarkup.kind($0.kind) }
        let names = table.columns.map(\.kind)
        var html = ""
        for row in rows {
            html += "<tr>"
            for (index, cell) in row.enumerated() where index < kinds.count {
                let text = Self.cell(cell, language, frame.href)
                // A row is named by its first cell, unless that holds nothing or a number.
                let isName = index == 0 && !text.isEmpty && names[index] != .number
                html += isName ? "<th scope=\"row\"\(kinds[index])>" : "<td\(kinds[index])>"
                html += text
                html += isName ? "</th>" : "</td>"
            }
            html += "</tr>\n"
        }
        return html
    }

    private static func kind(_ kind: Table.Kind) -> String {
        switch kind {
        case .number: " class=\"n\""
        case .date, .time, .code: " class=\"c\""
        case .text, .state: ""
        }
    }

    /// One value as HTML.
    static func cell(_ cell: Table.Cell, _ language: Language, _ href: (String) -> String) -> String {
        switch cell {
        case .unknown: return "<span class=\"tone unknown\">\(Markup.escape(cell.text(in: language)))</span>"
        case .link(let text, let path):
            // What leads elsewhere than to a page of the county is text.
            guard path.hasPrefix("/"), !path.hasPrefix("//") else { return Markup.escape(text) }
            return "<a href=\"\(Markup.escape(href(path)))\">\(Markup.escape(text))</a>"
        case .state(let words, let tone):
            let text = words[language]
            return text.isEmpty ? "" : "<span class=\"tone \(tone.rawValue)\">\(Markup.escape(text))</span>"
        default: return Markup.escape(cell.text(in: language))
        }
    }

    // MARK: Around the rows

    private func pager(_ page: TablePage) -> [String: Any] {
        let count = Words(
            page.count == 1 ? "共 \(page.rowsTotal) 行" : "第 \(page.firstRow)–\(page.lastRow) 行，共 \(page.rowsTotal) 行",
            page.count == 1 ? "\(page.rowsTotal) rows" : "rows \(page.firstRow)–\(page.lastRow) of \(page.rowsTotal)"
        )
        let steps = [
            (Words("首页", "First"), 1, page.number > 1), (Words("上一页", "Previous"), page.number - 1, page.number > 1),
            (Words("下一页", "Next"), page.number + 1, page.number < page.count),
            (Words("末页", "Last"), page.count, page.number < page.count),
        ]
        let links = steps.filter(\.2).map { step -> [String: Any] in
            let href = frame.href(query: query.at(page: step.1).text(beside: others), to: anchor)
            return ["name": step.0[language], "href": href]
        }
        return [
            "count": count[language], "pages": links, "hasPages": page.count > 1,
            "pagerLabel": Words("\(name)：翻页", "\(name): pages")[language],
        ]
    }

    private var tools: [String: Any] {
        var plain = query
        (plain.filter, plain.page) = ("", 1)
        let prefix = scope.isEmpty ? "" : "\(scope)."
        let own = plain.items.filter { $0.0 != "\(prefix)size" }
        let kept = others.filter { !isOwn($0.key) }.map { (String($0.key), String($0.value)) } + own
        var files: [[String: Any]] = []
        if frame.canExport {
            for (format, name) in [(FileFormat.csv, "CSV"), (FileFormat.xlsx, "Excel (.xlsx)")] {
                files.append([
                    "name": name, "href": frame.href(adding: [("format", format.rawValue), ("table", scope)]),
                ])
            }
        }
        let print = Words("打印页", "Page for printing")[language]
        files.append(["name": print, "href": frame.href(adding: [("print", scope)])])
        let sizes = [TableLimits.pageRows / 2, TableLimits.pageRows, TableLimits.pageRowsMax]
        return [
            "hasTools": true,
            "toolsName": Words("筛选、导出、打印", "Filter, files, print")[language],
            "isOpen": !query.filter.isEmpty,
            "action": frame.href(frame.path) + "#\(anchor)",
            "kept": kept.map { ["name": $0.0, "value": $0.1] },
            "filterName": "\(prefix)filter",
            "filterID": "\(anchor)-filter",
            "filterLabel": Words("筛选（任意列包含）", "Rows that hold")[language],
            "filter": query.filter,
            "filterMax": String(TableLimits.filterCharactersMax),
            "sizeName": "\(prefix)size",
            "sizeID": "\(anchor)-size",
            "sizeLabel": Words("每页行数", "Rows a page")[language],
            "sizes": sizes.map { ["value": String($0), "isChosen": $0 == query.size] },
            "apply": Words("筛选", "Show")[language],
            "files": files,
        ]
    }

    private func isOwn(_ key: Substring) -> Bool {
        let names = ["sort", "order", "filter", "page", "size"]
        return names.contains { key == (scope.isEmpty ? $0 : "\(scope).\($0)") }
    }
}
