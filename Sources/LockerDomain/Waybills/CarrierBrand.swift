/// The carriers that are known by more than one name: a manifest says 顺丰 or 顺丰速运, a number of this form says SF, and
/// both are one brand in every list, report and account (DOMAIN 6.1).
///
/// Events, books and frozen reports hold the code; people read the Chinese name.
public enum CarrierBrand {
    private struct Known: Sendable {
        var code: String
        var chinese: String
        var others: [String] = []
    }

    private static let known = [
        Known(code: "SF", chinese: "顺丰"),
        Known(code: "ZTO", chinese: "中通"),
        Known(code: "YTO", chinese: "圆通"),
        Known(code: "STO", chinese: "申通"),
        Known(code: "YUNDA", chinese: "韵达", others: ["YD"]),
        Known(code: "JT", chinese: "极兔", others: ["J&T"]),
        Known(code: "JD", chinese: "京东", others: ["京东物流", "JDL"]),
        Known(code: "DBL", chinese: "德邦", others: ["DEPPON", "德邦物流"]),
        // One number may be of either service of the post, so neither can be counted alone.
        Known(
            code: "POST",
            chinese: "邮政",
            others: ["中国邮政", "EMS", "邮政EMS", "中国邮政EMS", "邮政快递包裹", "邮政快包", "中国邮政速递物流"]
        ),
        Known(code: "CAINIAO", chinese: "菜鸟", others: ["丹鸟", "菜鸟裹裹"]),
    ]

    private static let codes: [String: String] = known.reduce(into: [:]) { codes, brand in
        for name in [brand.code, brand.chinese] + brand.others { codes[name] = brand.code }
    }

    private static let chineseNames: [String: String] = known.reduce(into: [:]) { $0[$1.code] = $1.chinese }

    /// What may stand behind the name without making it another: 快运 is not among them, it is another firm's freight.
    private static let tails = ["快递", "速递", "速运", "EXPRESS"]

    /// The one name of a brand: the code of a known one, whatever its width, case and blanks; any other as it is written.
    public static func code(of written: String) -> String {
        if let code = codes[written] { return code }
        let folded = folded(written)
        if let code = codes[folded] { return code }
        guard let tail = tails.first(where: folded.hasSuffix) else { return written }
        return codes[String(folded.dropLast(tail.count))] ?? written
    }

    /// As people read a brand in Chinese: the name of a known code, any other as it is written.
    public static func chinese(of code: String) -> String { chineseNames[code] ?? code }

    private static func folded(_ written: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in written.unicodeScalars where !scalar.properties.isWhitespace {
            // Full-width letters and signs stand at a fixed distance from those of ASCII.
            let narrow = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
            let capital = (0x61...0x7A).contains(narrow) ? narrow - 0x20 : narrow
            folded.append(Unicode.Scalar(capital) ?? scalar)
        }
        return String(folded)
    }
}
