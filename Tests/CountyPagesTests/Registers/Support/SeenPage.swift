import HTTPTypes
import Testing

/// An answer of the pages as a browser sees it.
struct SeenPage {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var location: String? { headers[.location] }

    /// What a form of the page would send: its hidden fields and what stands in the others.
    func form(_ action: String) throws -> [String: String] {
        let parts = text.components(of: "<form ", to: "</form>").filter { $0.contains("action=\"\(action)\"") }
        let html = try #require(parts.first, "no form for \(action)")
        var fields: [String: String] = [:]
        for match in html.matches(
            of: /<input type="([a-z]+)" (?:id="[^"]*" )?name="([^"]*)"(?: value="([^"]*)")?([^>]*)>/
        ) {
            let isOff = match.1 == "checkbox" && !match.4.contains("checked")
            if !isOff, match.1 != "file" { fields[String(match.2)] = Self.plain(match.3 ?? "") }
        }
        for match in html.matches(of: /<textarea [^>]*name="([^"]*)"[^>]*>\n?([^<]*)</) {
            fields[String(match.1)] = Self.plain(match.2)
        }
        for select in html.components(of: "<select ", to: "</select>") {
            let name = try #require(select.firstMatch(of: /name="([^"]*)"/))
            let chosen = select.firstMatch(of: /value="([^"]*)" selected/) ?? select.firstMatch(of: /value="([^"]*)"/)
            fields[String(name.1)] = Self.plain(chosen?.1 ?? "")
        }
        return fields
    }

    /// The sentences that stand out.
    var notices: [String] {
        text.components(of: "<div class=\"notice", to: "</div>").map { notice in
            let inner = notice.drop { $0 != ">" }.dropFirst().dropLast("</div>".count)
            return Self.plain(inner.replacing(/<p>/, with: "").replacing(/<\/p>/, with: "\n"))
        }
    }

    private static func plain(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}

extension String {
    /// The parts that begin and end so.
    fileprivate func components(of start: String, to end: String) -> [String] {
        var (parts, rest): ([String], Substring) = ([], self[...])
        while let first = rest.firstRange(of: start), let last = rest[first.upperBound...].firstRange(of: end) {
            parts.append(String(rest[first.lowerBound..<last.upperBound]))
            rest = rest[last.upperBound...]
        }
        return parts
    }
}
