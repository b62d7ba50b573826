/// Writes the few SVG elements that a page needs; lengths are millimetres.
package struct SVG {
    private(set) var text: String

    /// Families that hold Chinese on Debian, Windows and macOS.
    static let family =
        "Noto Sans CJK SC, Noto Sans SC, WenQuanYi Micro Hei, WenQuanYi Zen Hei, "
        + "Microsoft YaHei, PingFang SC, sans-serif"

    init(page: Box, title: String) {
        let (width, height) = (Self.number(page.width), Self.number(page.height))
        text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)mm" height="\(height)mm" \
            viewBox="0 0 \(width) \(height)" font-family="\(Self.family)" lang="zh-CN">
            <title>\(Self.escaped(title))</title>

            """
        rectangle(page, "fill=\"#ffffff\"")
    }

    /// Call it once, at the end.
    mutating func close() { text += "</svg>\n" }

    mutating func rectangle(_ box: Box, _ attributes: String) {
        text +=
            "<rect x=\"\(Self.number(box.x))\" y=\"\(Self.number(box.y))\" width=\"\(Self.number(box.width))\" "
            + "height=\"\(Self.number(box.height))\" \(attributes)/>\n"
    }

    mutating func words(_ words: String, x: Double, y: Double, size: Double, _ attributes: String = "") {
        let space = attributes.isEmpty ? "" : " "
        text +=
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\""
            + "\(space)\(attributes)>\(Self.escaped(words))</text>\n"
    }

    /// Bars in modules, scaled: so their edges are whole numbers, and equal bars stay equal.
    mutating func bars(_ barcode: Barcode, x: Double, y: Double, moduleWidth: Double, moduleHeight: Double) {
        let path = barcode.bars.map { "M\($0.x) \($0.y)h\($0.width)v\($0.height)h-\($0.width)z" }.joined()
        text +=
            "<path transform=\"translate(\(Self.number(x)) \(Self.number(y))) "
            + "scale(\(Self.number(moduleWidth)) \(Self.number(moduleHeight)))\" fill=\"#000000\" "
            + "shape-rendering=\"crispEdges\" d=\"\(path)\"/>\n"
    }

    /// Decimal, to a hundred thousandth of a millimetre: over 600 modules that is less than a dot of any printer.
    package static func number(_ value: Double) -> String {
        let steps = Int((value * 100_000).rounded())
        let digits = String(steps.magnitude % 100_000)
        var fraction = String(repeating: "0", count: 5 - digits.count) + digits
        while fraction.last == "0" { fraction.removeLast() }
        let whole = (steps < 0 ? "-" : "") + String(steps.magnitude / 100_000)
        return fraction.isEmpty ? whole : "\(whole).\(fraction)"
    }

    /// XML character data; what XML cannot hold at all becomes U+FFFD.
    package static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": escaped.append("\u{FFFD}")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
