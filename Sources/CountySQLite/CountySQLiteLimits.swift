/// Bounds of the county's SQLite files, each with its unit (DESIGN rule 11).
package enum CountySQLiteLimits {
    /// Time a process waits for another one's transaction.
    package static let busySeconds = 10.0
    /// Readers of one file at once.
    static let readersMax = 4
    /// Events that one transaction folds into the books.
    static let foldEvents = 20_000
    /// Events that one processor reads in one go.
    static let readEvents = 1_000
    /// Lines of events that are kept until the books fold them, some 1,000 bytes each.
    static let freshLinesMax = 20_000
    /// Pages of the books that whoever folds keeps in memory.
    static let booksCacheBytesMax = 32 * 1_024 * 1_024
    /// Pages of 4 KiB in the log of a file after which they are moved into it.
    static let logPagesMax = 4_000
    /// Writes of stations, each a batch or a question, that share one commit at most.
    static let sharedWritesMax = 16
    /// Statements that name rows of a page of results at most.
    static let rowsMax = 5_000
    /// Rows of days, counted pieces and figures that are kept in memory for pages, some 100 bytes each.
    static let keptDaysMax = 1_000_000
    static let keptPiecesMax = 500_000
    static let keptFiguresMax = 1_000_000
    /// Sums of days likewise: a day has a few for each brand.
    static let keptSumsMax = 100_000
    /// Books that are put in the place of others while they are opened are opened again so often.
    static let openTriesMax = 5
    /// Names for books that a restore puts aside.
    static let restoresMax = 999
    /// A station whose lines did not follow on each other is folded anew at the earliest so long after it was last.
    package static let refoldPauseMilliseconds: Int64 = 10 * 60_000
    /// Lines that nobody could read which are looked at again at once.
    static let reviewedEvents = 500
    /// Chains of branches are followed back so far.
    static let branchLinesMax = 100_000
}
