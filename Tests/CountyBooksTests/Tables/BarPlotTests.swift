import CountyBooks
import Glibc
import Testing

@Suite("Plots")
struct BarPlotTests {
    @Test("a small plot, exactly")
    func exact() {
        let plot = BarPlot(
            Words("件", "Pieces"),
            series: [.init(Words("下行", "in"), .solid), .init(Words("上行", "out"), .hatched)],
            bars: [.init("周一", [4, nil])],
            arrangement: .grouped
        )
        #expect(
            plot.svg(id: "p", in: .english) == """
                <svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 360 65" width="540" height="97" role="img" \
                aria-labelledby="p-title p-desc" lang="en" font-family="sans-serif" font-size="11" fill="#222222">
                <title id="p-title">Pieces</title>
                <desc id="p-desc">周一: in 4, out unknown</desc>
                <defs><pattern id="p-hatched" width="6" height="6" patternUnits="userSpaceOnUse">\
                <rect width="6" height="6" fill="#ffffff"/>\
                <path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" stroke="#a8440b" stroke-width="1.6"/></pattern></defs>
                <rect width="360" height="65" fill="#ffffff"/>
                <text x="0" y="14" font-size="13" font-weight="bold">Pieces</text>
                <rect x="275" y="24" width="10" height="10" fill="#1b5e8c" stroke="#1b5e8c" stroke-width="0.8"/>\
                <text x="302" y="33" text-anchor="end">in</text>
                <rect x="325" y="24" width="10" height="10" fill="url(#p-hatched)" stroke="#a8440b" stroke-width="0.8"/>\
                <text x="359" y="33" text-anchor="end">out</text>
                <text x="0" y="54">周一</text>\
                <rect x="32" y="42" width="236" height="7" fill="#1b5e8c" stroke="#1b5e8c" stroke-width="0.8"/>\
                <text x="302" y="54" text-anchor="end">4</text><text x="359" y="54" text-anchor="end">unknown</text>
                <path d="M32 38V61" stroke="#222222" stroke-width="1"/>
                </svg>

                """
        )
    }

    @Test("stacked pieces join, and together are as long as their sum")
    func stacked() throws {
        let svg = BarPlot.visits([("11-01", 2, 1, 1), ("11-02", 0, 0, 8)]).svg(id: "v")
        let pattern = /<rect x="([0-9.]+)" y="(\d+)" width="([0-9.]+)" height="11"/
        let boxes = try svg.matches(of: pattern).map {
            (x: try #require(Double($0.1)), y: $0.2, width: try #require(Double($0.3)))
        }
        try #require(boxes.count == 4)
        #expect(abs(boxes[0].x + boxes[0].width - boxes[1].x) < 0.11)
        #expect(abs(boxes[1].x + boxes[1].width - boxes[2].x) < 0.11)
        let half = boxes[0].width + boxes[1].width + boxes[2].width
        #expect(abs(half * 2 - boxes[3].width) < 0.5)
        #expect(boxes[0].x == boxes[3].x)
        #expect(svg.contains("<desc id=\"v-desc\">11-01 至 11-02：已到 2，未到 1，未知 9</desc>"))
    }

    @Test("what is unknown has no length and its word, not a 0; a sum says how many it lacks")
    func unknown() {
        let svg = BarPlot.waiting([(Words("0–1 天", "0–1 d"), nil), (Words("2–3 天", "2–3 d"), 5)]).svg(id: "w")
        #expect(svg.contains(">未知</text>"))
        #expect(!svg.contains(">0</text>"))
        #expect(svg.contains("件数 5（另有 1 个未知）"))
        #expect(BarPlot.waiting([(Words("0–1 天", "0–1 d"), nil)]).svg(id: "w").contains("件数 未知</desc>"))
        #expect(BarPlot.waiting([]).svg(id: "w").contains("没有数据</desc>"))
    }

    @Test("a label is text, whatever it holds, and an id holds nothing but letters, digits and hyphens")
    func escaped() {
        let svg = BarPlot.pieces([("<b>&\"'", 1, 2)]).svg(id: "a\" onload=\"x")
        #expect(svg.contains("&lt;b&gt;&amp;&quot;&#39;"))
        #expect(!svg.contains("<b>"))
        #expect(svg.contains("id=\"a--onload--x-title\""))
    }

    @Test("no more than sixty bars are drawn, and a line names how many are not")
    func many() {
        let svg = BarPlot.waiting((0..<75).map { (label: Words(same: "\($0)"), pieces: 1_000 + $0) }).svg(id: "w")
        #expect(svg.contains(">1059</text>"))
        #expect(!svg.contains(">1060</text>"))
        #expect(svg.contains(">另有 15 项未画出</text>"))
        #expect(BarPlot.waiting([(Words(same: "1"), 1)]).svg(id: "w").contains("另有") == false)
    }

    @Test("a value that is missing or negative draws nothing, and one bar too many is no crash")
    func odd() {
        let series = [BarPlot.Series(Words("甲", "a"), .solid)]
        let plot = BarPlot(
            Words("x", "x"),
            series: series,
            bars: [.init("1", []), .init("2", [-4, 9])],
            arrangement: .stacked
        )
        let svg = plot.svg(id: "o")
        #expect(svg.contains(">-4</text>"))
        #expect(svg.contains(">未知</text>"))
        #expect(!svg.contains(">9</text>"))
        #expect(!svg.contains("height=\"11\""))
    }

    @Test("nothing in a plot runs, loads or needs a style", arguments: Language.allCases)
    func plain(_ language: Language) {
        let svg = BarPlot.visits([("11-01", 2, 1, 1)]).svg(id: "v", in: language)
        for word in ["<script", "style=", "<style", "href", "@font-face", " on"] { #expect(!svg.contains(word)) }
        #expect(svg.contains("lang=\"\(language.tag)\""))
    }

    @Test("every colour has a contrast of at least 3 to 1 against white", arguments: BarPlot.Fill.allCases)
    func contrast(_ fill: BarPlot.Fill) throws {
        let value = try #require(Int(fill.colour.dropFirst(), radix: 16))
        let linear = [16, 8, 0].map { shift -> Double in
            let part = Double(value >> shift & 0xFF) / 255
            return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        #expect(1.05 / (luminance + 0.05) >= 3)
    }
}
