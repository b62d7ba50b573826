/// Some rows of a table, one after the other.
public struct TablePage: Sendable, Hashable {
    /// With the rows of the page alone.
    public let table: Table
    /// From 1, and how many there are: at least one, which may be empty.
    public let number: Int
    public let count: Int
    /// Rows of all pages together.
    public let rowsTotal: Int
    /// Number of the page's first row, from 1; 0 where there is none.
    public let firstRow: Int

    /// Number of the page's last row; 0 where there is none.
    public var lastRow: Int { table.rows.isEmpty ? 0 : firstRow + table.rows.count - 1 }
}

extension Table {
    /// One page. A number that is too small or too large is that of the first or last page, a size is at least 1 and at most
    /// `TableLimits.pageRowsMax`.
    public func page(_ number: Int, size: Int = TableLimits.pageRows) -> TablePage {
        let size = min(max(size, 1), TableLimits.pageRowsMax)
        let count = max(1, (rows.count + size - 1) / size)
        let number = min(max(number, 1), count)
        let start = (number - 1) * size
        var table = self
        table.rows = Array(rows[start..<min(start + size, rows.count)])
        return TablePage(
            table: table,
            number: number,
            count: count,
            rowsTotal: rows.count,
            firstRow: rows.isEmpty ? 0 : start + 1
        )
    }

    /// All rows that a reader asked for, in that order: what a file holds.
    public func selected(by query: TableQuery, in language: Language = .chinese) -> Table {
        let table = filtered(query.filter, in: language)
        return query.sort.map { table.sorted(by: $0, descending: query.isDescending, in: language) } ?? table
    }

    /// The page of them that a reader asked for.
    public func page(for query: TableQuery, in language: Language = .chinese) -> TablePage {
        selected(by: query, in: language).page(query.page, size: query.size)
    }
}
