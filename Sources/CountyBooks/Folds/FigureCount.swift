public import LockerDomain
import StationBooks

/// What a count of the books is about. Counts of one key add up.
public struct FigureKey: Sendable, Hashable {
    /// When it counts.
    public var mark: DayMark
    /// When that counted which this takes off again: only a period that holds both is changed by it.
    public var takesOff: DayMark?
    /// Waybill owner; `nil` for what is the station's as a whole.
    public var brand: String?
    public var direction: Direction?
    /// The village that the manifest names; `nil` for the site's own.
    public var village: String?
    /// The firm that handles it, as the piece names it; `nil` for that of the site.
    public var operatorName: String?
    /// Raw value of a `ReportFigure`, `ReportBreakdown`, `StationFigure` or `StationBreakdown`, or `survey` and the number of a
    /// question from 1.
    public var figure: String
    /// The word of a breakdown, or a score of the survey.
    public var word: String?

    public init(
        mark: DayMark,
        takesOff: DayMark? = nil,
        brand: String? = nil,
        direction: Direction? = nil,
        village: String? = nil,
        operatorName: String? = nil,
        figure: String,
        word: String? = nil
    ) {
        (self.mark, self.takesOff, self.brand, self.direction) = (mark, takesOff, brand, direction)
        (self.village, self.operatorName, self.figure, self.word) = (village, operatorName, figure, word)
    }
}

extension FigureKey {
    init(_ change: ReportChange<DayMark>, mark: DayMark, _ origin: PieceOrigin) {
        self.init(mark: mark, takesOff: change.takesOff, figure: "")
        if case .figure = change.counted { (village, operatorName) = (origin.village, origin.operatorName) }
        if case .breakdown = change.counted { (village, operatorName) = (origin.village, origin.operatorName) }
        switch change.counted {
        case .figure(let figure, let owner):
            (brand, direction, self.figure) = (owner.brand, owner.direction, figure.rawValue)
        case .breakdown(let breakdown, let word, let owner):
            (brand, direction) = (owner.brand, owner.direction)
            (figure, self.word) = (breakdown.rawValue, word)
        case .station(let figure): self.figure = figure.rawValue
        case .words(let breakdown, let word): (figure, self.word) = (breakdown.rawValue, word)
        case .survey(let question, let score): (figure, word) = (Self.survey(question + 1), String(score))
        }
    }

    /// The same figure, counted for the person who did it: 16 hex digits.
    func handled(by person: String) -> FigureKey {
        var key = self
        (key.figure, key.word) = (Self.handled + figure, person)
        return key
    }

    /// In front of a figure that is counted by person.
    public static let handled = "handled."

    /// The figure of a question of the survey, by its number from 1.
    static func survey(_ number: Int) -> String { "survey\(number)" }
}

/// A piece that a report counts by its number, so that it counts once a period at each level.
public struct CountedPiece: Sendable, Hashable {
    public var waybill: Waybill
    public var key: FigureKey
    /// +1, or -1 for one that is taken off.
    public var count: Int

    public init(waybill: Waybill, key: FigureKey, count: Int) {
        (self.waybill, self.key, self.count) = (waybill, key, count)
    }
}
