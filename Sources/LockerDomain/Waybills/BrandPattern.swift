/// Number patterns of the carriers: folklore except where DOMAIN 6.1 says documented, hence hints with confidence.
enum BrandPattern {
    /// From this confidence on a pattern is taken at its word.
    static let fitsWellPercent = 60

    private struct Rule {
        var brand: String
        var percent: Int
        /// Literal prefixes, any of which fits.
        var prefixes: [String]
        /// Total length.
        var length: ClosedRange<Int>
        /// Letters and digits allowed behind the prefix before the digits begin.
        var mixed = 0
    }

    /// The rules that a number of each length may fit: most fit one length alone.
    private static let rulesByLength: [[Rule]] = (0...Limits.waybillCharactersMax).map { length in
        rules.filter { $0.length.contains(length) }
    }

    private static let rules: [Rule] = [
        Rule(brand: "SF", percent: 95, prefixes: ["SF"], length: 15...15, mixed: 1),
        Rule(brand: "YTO", percent: 95, prefixes: ["YT"], length: 15...15),
        Rule(brand: "JT", percent: 90, prefixes: ["JT"], length: 15...15),
        Rule(brand: "JD", percent: 90, prefixes: ["JD"], length: 15...15, mixed: 2),
        Rule(brand: "DBL", percent: 90, prefixes: ["DPK"], length: 15...15),
        Rule(brand: "ZTO", percent: 75, prefixes: ["73", "74", "75", "76", "78"], length: 14...14),
        Rule(brand: "STO", percent: 75, prefixes: ["77", "43"], length: 14...17),
        Rule(brand: "YUNDA", percent: 70, prefixes: ["3", "4"], length: 15...15),
        Rule(brand: "CAINIAO", percent: 65, prefixes: ["621"], length: 15...15),
        Rule(brand: "POST", percent: 65, prefixes: ["10", "11", "12", "50", "51", "52"], length: 13...13),
        Rule(brand: "POST", percent: 65, prefixes: ["95", "96", "97", "98", "99"], length: 13...13),
        // Domestic mail with the number of the province at the end.
        Rule(
            brand: "POST",
            percent: 60,
            prefixes: ["GA", "GQ", "GH", "KA", "KQ", "KH", "PA", "PQ", "PH"],
            length: 13...13
        ),
        Rule(brand: "YUNDA", percent: 45, prefixes: ["5"], length: 13...13),
        Rule(brand: "POST", percent: 35, prefixes: ["1", "9"], length: 13...13),
        Rule(brand: "POST", percent: 30, prefixes: ["43"], length: 13...13),
        Rule(brand: "SF", percent: 30, prefixes: ["0", "4"], length: 12...12),
        Rule(brand: "JD", percent: 30, prefixes: ["VA", "VB", "VC"], length: 13...13),
        Rule(brand: "STO", percent: 25, prefixes: ["268", "368", "468", "568", "668", "868", "888"], length: 12...13),
        Rule(brand: "ZTO", percent: 20, prefixes: ["4", "7"], length: 12...12),
        Rule(brand: "DBL", percent: 15, prefixes: [""], length: 9...10),
    ]

    /// Every carrier that the number fits, the likeliest first; equals by name, so that the order never changes.
    static func hints(for units: [UInt8]) -> [WaybillReading.BrandHint] {
        // A child parcel keeps its parent's carrier.
        let stem = ChildParcel.stem(of: units)
        guard rulesByLength.indices.contains(stem.count) else { return [] }
        var best: [WaybillReading.BrandHint] = []
        for rule in rulesByLength[stem.count] where fits(rule, stem) {
            if let known = best.firstIndex(where: { $0.brand == rule.brand }) {
                best[known].percent = max(best[known].percent, rule.percent)
            } else {
                best.append(WaybillReading.BrandHint(brand: rule.brand, percent: rule.percent))
            }
        }
        return best.sorted { ($1.percent, $0.brand) < ($0.percent, $1.brand) }
    }

    private static func fits(_ rule: Rule, _ units: ArraySlice<UInt8>) -> Bool {
        rule.prefixes.contains { prefix in
            guard units.starts(with: prefix.utf8) else { return false }
            let rest = units.dropFirst(prefix.utf8.count)
            return rest.prefix(rule.mixed).allSatisfy { $0.isDigit || $0.isCapital }
                && rest.dropFirst(rule.mixed).allSatisfy(\.isDigit)
        }
    }
}
