/// Lying bars with their numbers beside them, as SVG: what a person would rather look at than read.
///
/// Each bar is a row: label, bar, a number for each series. So it can be read at 390 px and on grey paper: the numbers stand
/// there as text, and series differ by pattern as well as by colour.
public struct BarPlot: Sendable, Hashable {
    public var title: Words
    /// At most `TableLimits.plotSeriesMax`; those behind them are not drawn.
    public var series: [Series]
    /// From the top down. At most `TableLimits.plotBarsMax` are drawn, and a line names how many were left out.
    public var bars: [Bar]
    public var arrangement: Arrangement

    public init(_ title: Words, series: [Series], bars: [Bar], arrangement: Arrangement) {
        (self.title, self.series, self.bars, self.arrangement) = (title, series, bars, arrangement)
    }

    /// What is counted.
    public struct Series: Sendable, Hashable {
        /// Short: it stands above its numbers.
        public var name: Words
        public var fill: Fill

        public init(_ name: Words, _ fill: Fill) { (self.name, self.fill) = (name, fill) }
    }

    /// One label with a number for each series.
    public struct Bar: Sendable, Hashable {
        public var label: Words
        /// In the order of the series; `nil` for a number that nobody knows, which is written as a word and has no length.
        public var values: [Int?]

        public init(_ label: Words, _ values: [Int?]) { (self.label, self.values) = (label, values) }

        /// With a label that is the same in every language: a day.
        public init(_ label: String, _ values: [Int?]) { self.init(Words(same: label), values) }
    }

    /// How the series of a bar share its row.
    public enum Arrangement: Sendable, Hashable {
        /// End to end: together they are a whole.
        case stacked
        /// One below the other.
        case grouped
    }

    /// How a series looks. Each colour has a contrast of 5 to 1 or more against white (WCAG 2.2 asks for 3 to 1).
    public enum Fill: Sendable, Hashable, CaseIterable {
        case solid, hatched, dotted

        /// As SVG names it.
        public var colour: String {
            switch self {
            case .solid: "#1b5e8c"
            case .hatched: "#a8440b"
            case .dotted: "#5a5a5a"
            }
        }

        /// Marks of its pattern on white, six units square; empty for `solid`.
        var marks: String {
            switch self {
            case .solid: ""
            case .hatched: "<path d=\"M0 6L6 0M-1 1L1 -1M5 7L7 5\" stroke=\"\(colour)\" stroke-width=\"1.6\"/>"
            case .dotted: "<path d=\"M1 1h2v2h-2zM4 4h2v2h-2z\" fill=\"\(colour)\"/>"
            }
        }
    }
}
