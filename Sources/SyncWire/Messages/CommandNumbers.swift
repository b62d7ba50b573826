import LockerDomain

/// Which numbers a county may give to the commands of one station (DESIGN 4.3). They rise and are never used twice, also
/// by a county that was restored from its backup: what the station names teaches it the numbers that it has forgotten.
///
/// | the county has given | the station names | then the next is |
/// | --- | --- | --- |
/// | 10 | 10 | 11 |
/// | 10, restored | 13 | 14 |
/// | 10 | 5,000,000 | 11, and `strange` is 5,000,000 |
///
/// Pure: the county keeps it in its books, the simulator in memory.
public struct CommandNumbers: Sendable, Hashable {
    /// The highest number that the county itself gave.
    public private(set) var last: Int
    /// The highest that the station named, at most `Limits.commandNumbersAheadMax` above `last`.
    public private(set) var floor: Int
    /// One that it named beyond that: it teaches nothing, and somebody has to look into it.
    public private(set) var strange: Int?

    public init(last: Int = 0, floor: Int = 0, strange: Int? = nil) {
        (self.last, self.floor, self.strange) = (last, floor, strange)
    }

    /// The station has had a command of this number, by an event or by its question.
    public mutating func heard(_ number: Int) {
        guard number > last else { return }
        guard number - last <= Limits.commandNumbersAheadMax else { return strange = max(strange ?? 0, number) }
        floor = max(floor, number)
    }

    /// What the station says by its question: the highest number that it knows. The fault ends when that is within bounds.
    public mutating func asked(highest: Int) {
        strange = nil
        heard(highest)
    }

    /// The number of the next command.
    public mutating func next() -> Int {
        last = max(last, floor) + 1
        return last
    }

    /// Which of the commands that wait are to get a new number and a new id, in this order: those that the station can no
    /// longer do under their number.
    ///
    /// Above `through` a command may still be done under its number, or comes back as `numberPassed`: a new one might be
    /// done twice.
    ///
    /// - Parameters:
    ///   - waiting: numbers of the commands that are not settled at the county.
    ///   - through: up to which the station says that all are settled.
    ///   - knowsEnd: whether the county has the events up to the end that the station names. Before, it would do again
    ///     what it has only forgotten.
    public func passed(_ waiting: some Sequence<Int>, through: Int, knowsEnd: Bool) -> [Int] {
        // A new number would be passed just as well.
        guard knowsEnd, through <= max(last, floor) else { return [] }
        return waiting.filter { $0 <= through }.sorted()
    }
}
