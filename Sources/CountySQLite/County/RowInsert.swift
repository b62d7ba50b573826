package import GRDB

/// Adds many rows of one table: a statement of eight rows costs little more than one of a single row.
package struct RowInsert: Sendable {
    private let one: String
    private let several: String
    private let columns: Int

    /// Rows of one statement.
    private static let rows = 8

    /// - Parameter statement: up to the names of its columns.
    package init(_ statement: String, columns: Int) {
        self.columns = columns
        let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
        one = "\(statement) VALUES \(row)"
        several = "\(statement) VALUES " + Array(repeating: row, count: Self.rows).joined(separator: ", ")
    }

    /// - Parameter values: of the columns of an element's row.
    package func write<Elements: RandomAccessCollection>(
        _ db: Database,
        _ elements: Elements,
        values: (Elements.Element) -> [(any DatabaseValueConvertible)?]
    ) throws {
        var rest = elements[...]
        while !rest.isEmpty {
            let count = rest.count < Self.rows ? 1 : Self.rows
            var row: [(any DatabaseValueConvertible)?] = []
            row.reserveCapacity(columns * count)
            for element in rest.prefix(count) { row += values(element) }
            try db.cachedStatement(sql: count == 1 ? one : several).execute(arguments: StatementArguments(row))
            rest = rest.dropFirst(count)
        }
    }
}
