/// Looks at HTML as a validator would: what is open is closed, ids are there once, each field has its label, headings come in
/// order, nothing is inline that the Content-Security-Policy forbids.
struct WellFormed {
    private(set) var faults: [String] = []
    private var open: [Substring] = []
    private var ids: Set<Substring> = []
    private var labels: Set<Substring> = []
    private var fields: [Substring] = []
    private var headings: [Int] = []
    private var regions: Set<String> = []

    private static let empty: Set<Substring> = ["meta", "link", "input", "br", "!DOCTYPE"]

    init(_ html: String) {
        for match in html.matches(of: /<(\/?)([!a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"]*")*)>/) {
            match.1.isEmpty ? begin(match.2, match.3) : end(match.2)
        }
        if !open.isEmpty { faults.append("open: \(open)") }
        for field in fields where !labels.contains(field) { faults.append("no label: \(field)") }
        if headings.filter({ $0 == 1 }).count != 1 { faults.append("headings: \(headings)") }
        for (before, next) in zip(headings, headings.dropFirst()) where next > before + 1 {
            faults.append("headings: \(headings)")
        }
    }

    private mutating func begin(_ name: Substring, _ rest: Substring) {
        let attributes = Dictionary(
            rest.matches(of: /([a-zA-Z:-]+)="([^"]*)"/).map { ($0.1, $0.2) },
            uniquingKeysWith: { first, _ in first }
        )
        for attribute in attributes.keys where attribute == "style" || attribute.hasPrefix("on") {
            faults.append("inline: \(name) \(attribute)")
        }
        if name == "script" || name == "style" { faults.append("inline: \(name)") }
        if let id = attributes["id"], !ids.insert(id).inserted { faults.append("twice: \(id)") }
        if name == "label", let id = attributes["for"] { labels.insert(id) }
        if ["input", "select", "textarea"].contains(name), attributes["type"] != "hidden" {
            fields.append(attributes["id"] ?? "?")
        }
        if name.count == 2, name.first == "h", let level = name.last?.wholeNumberValue { headings.append(level) }
        if name == "nav" || attributes["role"] == "region" {
            let isNew = regions.insert("\(name) \(attributes["aria-label"] ?? "")").inserted
            if !isNew || attributes["aria-label"] == nil { faults.append("region: \(name)") }
        }
        if !Self.empty.contains(name), !rest.hasSuffix("/") { open.append(name) }
    }

    private mutating func end(_ name: Substring) {
        if open.last == name {
            open.removeLast()
        } else {
            faults.append("</\(name)> in \(open.suffix(3))")
        }
    }
}
