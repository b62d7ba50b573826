/// Limits of the books' folds.
enum CountyFoldLimits {
    /// A stretch between two trusted readings that is longer was no time in which a station ran.
    static let watchedMillisecondsMax: Int64 = 400 * 86_400_000
    /// Days before a reading on which a run without a date may have come.
    static let driftDaysMax: Int64 = 400
}
