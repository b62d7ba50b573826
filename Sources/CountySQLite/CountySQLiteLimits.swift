/// Bounds of the county's SQLite files, each with its unit (DESIGN rule 11).
package enum CountySQLiteLimits {
    /// Time a process waits for another one's transaction.
    package static let busySeconds = 10.0
    /// Readers of one file at once.
    static let readersMax = 4
    /// Events that one transaction folds into the books.
    static let foldEvents = 5_000
    /// Statements that name rows of a page of results at most.
    static let rowsMax = 5_000
    /// Books that are further behind the stored events are being made: figures are missing.
    static let behindEventsMax: Int64 = 20_000
    /// Chains of branches are followed back so far.
    static let branchLinesMax = 100_000
}
