public import LockerDomain

/// Figures that add up: those of a report, or those of which it is not known whether they belong to it.
public struct Tally: Sendable, Hashable {
    /// Whose parcels a row counts.
    public struct Owner: Sendable, Hashable, Comparable {
        public var brand: String
        public var direction: Direction

        package init(brand: String, direction: Direction) { (self.brand, self.direction) = (brand, direction) }

        public static func < (left: Owner, right: Owner) -> Bool {
            (left.direction.rawValue, left.brand) < (right.direction.rawValue, right.brand)
        }
    }

    /// Figures of one brand and direction.
    public struct Row: Sendable, Hashable {
        public internal(set) var figures: [ReportFigure: Int] = [:]
        public internal(set) var breakdowns: [ReportBreakdown: WordCounts] = [:]
    }

    /// Answers to one question of the survey.
    public struct Question: Sendable, Hashable {
        public internal(set) var answers = 0
        public internal(set) var sum = 0
    }

    /// What a brand is called that nobody can tell any more.
    package static let unknownBrand = "unknown"

    public internal(set) var rows: [Owner: Row] = [:]
    public internal(set) var station: [StationFigure: Int] = [:]
    public internal(set) var words: [StationBreakdown: WordCounts] = [:]
    /// By `SurveyQuestion`, in the printed order.
    public internal(set) var survey = [Question](repeating: Question(), count: SurveyQuestion.allCases.count)

    public init() {}

    /// Whether nothing was counted.
    public var isEmpty: Bool { self[.events] == 0 }

    /// A figure of the station.
    public subscript(figure: StationFigure) -> Int { station[figure] ?? 0 }

    /// A figure of one brand.
    public subscript(figure: ReportFigure, brand: String) -> Int {
        rows[Owner(brand: brand, direction: figure.direction)]?.figures[figure] ?? 0
    }

    /// A figure over all brands.
    public subscript(figure: ReportFigure) -> Int { rows.values.reduce(0) { $0 + ($1.figures[figure] ?? 0) } }

    mutating func add(_ figure: StationFigure, _ count: Int = 1) { station[figure, default: 0] += count }

    mutating func add(_ breakdown: StationBreakdown, _ word: String, _ count: Int = 1) {
        words[breakdown, default: WordCounts()].add(word, count)
    }

    mutating func add(_ figure: ReportFigure, of owner: Owner, _ count: Int = 1) {
        rows[row(of: owner), default: Row()].figures[figure, default: 0] += count
    }

    mutating func add(_ breakdown: ReportBreakdown, _ word: String?, of owner: Owner, _ count: Int = 1) {
        guard let word, !word.isEmpty else { return }
        rows[row(of: owner), default: Row()].breakdowns[breakdown, default: WordCounts()].add(word, count)
    }

    mutating func merge(_ other: Tally) {
        for (owner, row) in other.rows.sorted(by: { $0.key < $1.key }) {
            for (figure, count) in row.figures { add(figure, of: owner, count) }
            for (breakdown, counts) in row.breakdowns {
                rows[self.row(of: owner), default: Row()].breakdowns[breakdown, default: WordCounts()].merge(counts)
            }
        }
        for (figure, count) in other.station { add(figure, count) }
        for (breakdown, counts) in other.words { words[breakdown, default: WordCounts()].merge(counts) }
        for (index, question) in other.survey.enumerated() {
            survey[index].answers += question.answers
            survey[index].sum += question.sum
        }
    }

    /// The row of an owner; brands come from manifests, so their number is bounded here.
    private func row(of owner: Owner) -> Owner {
        guard rows[owner] == nil, rows.count >= Limits.reportBrandsMax else { return owner }
        return Owner(brand: WordCounts.others, direction: owner.direction)
    }
}

/// How often each word came; a bounded number of words.
public struct WordCounts: Sendable, Hashable {
    /// What words beyond `Limits.reportWordsMax` are counted as.
    public static let others = "other"

    public private(set) var counts: [String: Int] = [:]

    public init() {}

    /// Of all words.
    public var sum: Int { counts.values.reduce(0, +) }

    mutating func add(_ word: String, _ count: Int = 1) {
        let isKnown = counts[word] != nil || count > 0 && counts.count < Limits.reportWordsMax
        let key = isKnown ? word : Self.others
        counts[key, default: 0] += count
        // What is taken off again leaves no word without a count.
        if counts[key] == 0 { counts[key] = nil }
    }

    mutating func merge(_ other: WordCounts) {
        for (word, count) in other.counts.sorted(by: { $0.key < $1.key }) { add(word, count) }
    }
}
