import LockerDomain

/// Which commands of the county are settled here: carried out, or refused for good (DESIGN 4.3). Pure.
///
/// A command is done once, by its id. That one is settled says nothing about those before it. Numbers that the county
/// gave to nobody (a command that another replaced, one that expired) leave gaps, so `through` may lag far behind: that
/// costs nothing, since the county lists what is above it *and* waits.
public struct SettledCommands: Sendable, Hashable, Codable {
    /// Every command up to here is settled, or its number has passed.
    public private(set) var through = 0
    /// The highest number that was ever settled here.
    public private(set) var highest = 0
    /// Numbers above `through` that are settled, rising.
    public private(set) var above: [Int] = []
    /// Commands that were answered last, the oldest first.
    public private(set) var kept: [Answered] = []

    /// A command that was answered.
    public struct Answered: Sendable, Hashable, Codable {
        public var id: String
        public var number: Int
    }

    /// What becomes of a genuine command.
    public enum Standing: Sendable, Hashable {
        /// It is to be carried out.
        case open
        /// It was answered before: nothing is done, nothing is said.
        case answered
        /// Its number is settled, by another command or by one that is not among those kept: it never can be done under
        /// this number, and the county gives it a new one.
        case passed
    }

    public init() {}

    /// - Parameters:
    ///   - id: as the county signed it.
    ///   - number: as the county signed it.
    public func standing(of id: String, number: Int) -> Standing {
        if kept.contains(where: { $0.id == id }) { return .answered }
        return number <= through || above.contains(number) ? .passed : .open
    }

    /// A command is carried out, or refused for good. The order in which commands settle does not matter.
    package mutating func settle(_ id: String, number: Int) {
        keep(id, number)
        guard number > through else { return }
        highest = max(highest, number)
        let index = above.firstIndex { $0 >= number } ?? above.endIndex
        if index == above.endIndex || above[index] != number { above.insert(number, at: index) }
        // What is lower and was never settled is answered `numberPassed` from now on, and the county numbers it anew.
        if above.count > Limits.settledCommandsMax { through = above[0] }
        rise()
    }

    /// A command was answered `numberPassed`: what is settled stays as it is.
    package mutating func pass(_ id: String, number: Int) { keep(id, number) }

    private mutating func rise() {
        var count = 0
        for number in above {
            guard number <= through + 1 else { break }
            through = max(through, number)
            count += 1
        }
        above.removeFirst(count)
    }

    private mutating func keep(_ id: String, _ number: Int) {
        guard !kept.contains(where: { $0.id == id }) else { return }
        kept.append(Answered(id: id, number: number))
        if kept.count > Limits.keptCommandsMax { kept.removeFirst(kept.count - Limits.keptCommandsMax) }
    }
}
