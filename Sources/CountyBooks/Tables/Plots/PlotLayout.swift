/// Where the parts of a plot stand, in units of its own. Whole numbers, lengths of bars in tenths: equal plots are equal
/// texts.
struct PlotLayout {
    static let headHeight = 40
    static let swatch = 10
    /// Widths of a letter or digit and of a Chinese character: those of wide fonts, since the reader's is not known.
    private static let narrowWidth = 7
    private static let wideWidth = 12
    static let textSize = 11
    static let titleSize = 13
    private static let gap = 8
    private static let rowGap = 5
    /// Upright phones are 390 px wide, of which a page leaves about this much.
    private static let leastWidth = 360
    private static let leastPlotWidth = 80
    private static let stackedHeight = 11
    private static let groupedHeight = 8

    let series: [BarPlot.Series]
    /// Of the series, as they are written.
    let names: [String]
    let bars: [BarPlot.Bar]
    let leftOut: Int
    let width: Int
    let rowHeight: Int
    /// Where bars begin, and how long the longest is.
    let plotLeft: Int
    private let plotWidth: Int
    private let isStacked: Bool
    private let valueMax: Int
    private let numberWidths: [Int]
    private let language: Language

    init(_ plot: BarPlot, _ language: Language) {
        self.language = language
        series = Array(plot.series.prefix(TableLimits.plotSeriesMax))
        let names = series.map { TextWidth.clipped($0.name[language], columns: TableLimits.plotNameColumnsMax) }
        self.names = names
        bars = Array(plot.bars.prefix(TableLimits.plotBarsMax))
        leftOut = plot.bars.count - bars.count
        isStacked = plot.arrangement == .stacked
        let count = series.count
        let values = bars.map { bar in (0..<count).map { $0 < bar.values.count ? bar.values[$0] : nil } }
        let lengths = values.map { row in row.map { max(0, $0 ?? 0) } }
        valueMax = max(1, lengths.map { plot.arrangement == .stacked ? $0.reduce(0, +) : $0.max() ?? 0 }.max() ?? 0)
        plotLeft = (bars.map { Self.textWidth(Self.label($0, language)) }.max() ?? 0) + Self.gap
        let unknown = Self.textWidth(Words.unknown[language])
        numberWidths = names.indices.map { place in
            let numbers = values.map { row in row[place].map { Self.textWidth(String($0)) } ?? unknown }
            return max(Self.textWidth(names[place]) + Self.swatch + 3, numbers.max() ?? 0) + Self.gap
        }
        let beside = plotLeft + numberWidths.reduce(0, +)
        let title = Self.textWidth(plot.title[language]) * Self.titleSize / Self.textSize
        width = max(Self.leastWidth, beside + Self.leastPlotWidth, title)
        plotWidth = width - beside
        rowHeight = Self.rowGap + (isStacked ? Self.stackedHeight : Self.groupedHeight * max(1, count))
    }

    /// With the line for what was left out.
    var height: Int { rowTop(bars.count) + (leftOut > 0 ? 18 : 4) }

    func rowTop(_ index: Int) -> Int { Self.headHeight + index * rowHeight }

    /// Where the numbers of a series end.
    func numberRight(_ place: Int) -> Int { width - numberWidths.dropFirst(place + 1).reduce(0, +) - 1 }

    func value(_ bar: BarPlot.Bar, _ place: Int) -> Int? { place < bar.values.count ? bar.values[place] : nil }

    /// The piece of each series; `nil` for one without length. Below the top of its row.
    func boxes(_ bar: BarPlot.Bar) -> [(x: String, y: Int, width: String, height: Int)?] {
        var before = 0
        return series.indices.map { place in
            let length = max(0, value(bar, place) ?? 0)
            guard length > 0 else { return nil }
            let start = isStacked ? tenths(before) : 0
            let end = tenths(isStacked ? before + length : length)
            before += length
            let y = isStacked ? Self.rowGap / 2 : Self.rowGap / 2 + place * Self.groupedHeight
            let height = isStacked ? Self.stackedHeight : Self.groupedHeight - 1
            return (Self.decimal(plotLeft * 10 + start), y, Self.decimal(end - start), height)
        }
    }

    /// As it is written.
    func label(_ bar: BarPlot.Bar) -> String { Self.label(bar, language) }

    private static func label(_ bar: BarPlot.Bar, _ language: Language) -> String {
        TextWidth.clipped(bar.label[language], columns: TableLimits.plotLabelColumnsMax)
    }

    static func textWidth(_ text: String) -> Int {
        let (columns, count) = (TextWidth.columns(text), text.unicodeScalars.count)
        return (columns - count) * wideWidth + (2 * count - columns) * narrowWidth
    }

    private func tenths(_ value: Int) -> Int { Int(Double(value) / Double(valueMax) * Double(plotWidth * 10)) }

    private static func decimal(_ tenths: Int) -> String {
        tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
