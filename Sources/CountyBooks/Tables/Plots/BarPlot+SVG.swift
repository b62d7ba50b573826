extension BarPlot {
    /// An `svg` element for a page or a file of its own. No script, no font, no style: a page's Content-Security-Policy may
    /// forbid them all. It is drawn 1.5 times its units wide unless the page's style sheet, class `plot`, sets a width.
    ///
    /// - Parameter id: Begins the ids of its parts; no two plots of a page may share it. Other characters than ASCII letters,
    ///   digits and `-` become `-`.
    public func svg(id: String, in language: Language = .chinese) -> String {
        let layout = PlotLayout(self, language)
        let name = String(
            String.UnicodeScalarView(id.unicodeScalars.map { Self.isPlain($0) ? $0 : "-" })
        )
        let size = "0 0 \(layout.width) \(layout.height)"
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="\(size)" width="\(layout.width * 3 / 2)" \
            height="\(layout.height * 3 / 2)" role="img" aria-labelledby="\(name)-title \(name)-desc" \
            lang="\(language.tag)" font-family="sans-serif" font-size="\(PlotLayout.textSize)" fill="#222222">
            <title id="\(name)-title">\(Markup.escape(title[language]))</title>
            <desc id="\(name)-desc">\(Markup.escape(summary(layout, language)))</desc>

            """
        let patterns = Set(layout.series.map(\.fill)).filter { !$0.marks.isEmpty }
        let defs = Fill.allCases.filter(patterns.contains).map {
            "<pattern id=\"\(name)-\($0)\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
                + "<rect width=\"6\" height=\"6\" fill=\"#ffffff\"/>\($0.marks)</pattern>"
        }
        if !defs.isEmpty { svg += "<defs>\(defs.joined())</defs>\n" }
        svg += "<rect width=\"\(layout.width)\" height=\"\(layout.height)\" fill=\"#ffffff\"/>\n"
        svg += "<text x=\"0\" y=\"14\" font-size=\"\(PlotLayout.titleSize)\" font-weight=\"bold\">"
        svg += "\(Markup.escape(title[language]))</text>\n"
        svg += heading(layout, name, language)
        for (index, bar) in layout.bars.enumerated() { svg += row(bar, index, layout, name, language) }
        let (top, bottom) = (PlotLayout.headHeight - 2, layout.rowTop(layout.bars.count))
        svg += "<path d=\"M\(layout.plotLeft) \(top)V\(bottom)\" stroke=\"#222222\" stroke-width=\"1\"/>\n"
        if layout.leftOut > 0 {
            let line = Words("另有 \(layout.leftOut) 项未画出", "\(layout.leftOut) more are not drawn")[language]
            svg += "<text x=\"0\" y=\"\(bottom + 12)\">\(line)</text>\n"
        }
        return svg + "</svg>\n"
    }

    /// The names of the series above their numbers, each with a piece of its bar.
    private func heading(_ layout: PlotLayout, _ id: String, _ language: Language) -> String {
        layout.series.indices.map { index in
            let name = layout.names[index]
            let right = layout.numberRight(index)
            let left = right - PlotLayout.textWidth(name) - PlotLayout.swatch - 3
            return "<rect x=\"\(left)\" y=\"24\" width=\"\(PlotLayout.swatch)\" height=\"\(PlotLayout.swatch)\" "
                + "\(paint(layout.series[index].fill, id))/>"
                + "<text x=\"\(right)\" y=\"33\" text-anchor=\"end\">\(Markup.escape(name))</text>\n"
        }.joined()
    }

    private func row(_ bar: Bar, _ index: Int, _ layout: PlotLayout, _ id: String, _ language: Language) -> String {
        let top = layout.rowTop(index)
        let textY = top + layout.rowHeight / 2 + 4
        var row = "<text x=\"0\" y=\"\(textY)\">\(Markup.escape(layout.label(bar)))</text>"
        for (place, box) in layout.boxes(bar).enumerated() {
            guard let box else { continue }
            row +=
                "<rect x=\"\(box.x)\" y=\"\(top + box.y)\" width=\"\(box.width)\" height=\"\(box.height)\" "
                + "\(paint(layout.series[place].fill, id))/>"
        }
        for place in layout.series.indices {
            let value = layout.value(bar, place)
            let text = value.map(String.init) ?? Words.unknown[language]
            row += "<text x=\"\(layout.numberRight(place))\" y=\"\(textY)\" text-anchor=\"end\">\(text)</text>"
        }
        return row + "\n"
    }

    private func paint(_ fill: Fill, _ id: String) -> String {
        let inside = fill.marks.isEmpty ? fill.colour : "url(#\(id)-\(fill))"
        return "fill=\"\(inside)\" stroke=\"\(fill.colour)\" stroke-width=\"0.8\""
    }

    /// For a reader who hears the plot: which labels, and the sum of each series with how many numbers it lacks.
    private func summary(_ layout: PlotLayout, _ language: Language) -> String {
        let sums = layout.series.indices.map { place in
            let values = bars.map { layout.value($0, place) }
            let sum = values.reduce(0) { $0 + ($1 ?? 0) }
            let missing = values.count { $0 == nil }
            let lack = Words("（另有 \(missing) 个未知）", " (and \(missing) unknown)")[language]
            let name = series[place].name[language]
            guard missing < values.count else { return "\(name) \(Words.unknown[language])" }
            return "\(name) \(sum)\(missing > 0 ? lack : "")"
        }
        guard let first = bars.first?.label[language], let last = bars.last?.label[language] else {
            return Words("没有数据", "no data")[language]
        }
        let span = first == last ? first : Words("\(first) 至 \(last)", "\(first) to \(last)")[language]
        return Words("\(span)：\(sums.joined(separator: "，"))", "\(span): \(sums.joined(separator: ", "))")[language]
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-": true
        default: false
        }
    }
}
