import CountyBooks
import CountyPages
import LockerDomain

/// What a browser, or somebody who only looks like one, sends to the county's pages.
extension FuzzEntries {
    private static let lineEnd = UInt8(ascii: "\n")

    static func form(_ bytes: [UInt8]) {
        guard let form = try? URLEncoded.form(bytes) else { return }
        precondition(form.files.isEmpty, "a file comes in a form of the other kind alone")
        // A browser sends ASCII; other bytes are grouped by an address in another way than by a form.
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return }
        let written = written(QueryItems(Substring(String(decoding: bytes, as: UTF8.self))))
        precondition((try? URLEncoded.form(Array(written.utf8))) == form, "a form that is written again is the same")
    }

    /// The first line is the `Content-Type`, the body stands behind it.
    static func multipart(_ bytes: [UInt8]) {
        let type = bytes.prefix { $0 != lineEnd }
        let body = Array(bytes.dropFirst(type.count + 1))
        guard let boundary = Multipart.boundary(in: String(decoding: type, as: UTF8.self)) else { return }
        precondition(boundary.count <= CountyPagesLimits.boundaryBytesMax, "a boundary has its limit")
        guard let form = try? Multipart.form(body, boundary: boundary) else { return }
        precondition(form.files.count <= CountyPagesLimits.formFilesMax, "files have their limit")
        let size = form.files.reduce(0) { $0 + $1.bytes.count }
        precondition(size < body.count, "files hold no more than what came")
        for file in form.files {
            precondition(!file.name.utf8.contains { "/\\".utf8.contains($0) }, "a file's name has no folder")
            precondition(file.field.utf8.count <= CountyPagesLimits.fieldNameBytesMax, "a name has its limit")
        }
        let longer = body + Array("\r\n--".utf8) + boundary + Array("\r\n".utf8)
        precondition((try? Multipart.form(longer, boundary: boundary)) == form, "nothing counts behind the end")
    }

    /// What stands behind `?`.
    static func query(_ text: String) {
        let items = QueryItems(Substring(text))
        let again = QueryItems(Substring(written(items)))
        precondition(again.elementsEqual(items) { $0 == $1 }, "items that are written again are the same")
        for item in items {
            let part = LocalPath.encoded(String(item.value))
            precondition(URLEncoded.pathPart(part) == String(item.value), "a part of a path reads back")
        }
        for scope in ["", "doors"] {
            // A filter that is cut may end with a blank, which the next reading leaves out.
            let link = TableQuery(QueryItems(Substring(TableQuery(items, scope: scope).text)), scope: scope)
            let next = TableQuery(QueryItems(Substring(link.text)), scope: scope)
            precondition(next == link, "a link leads to the table that it names")
        }
        if let next = LocalPath.next(text) {
            precondition(next.hasPrefix("/") && !next.hasPrefix("//"), "nobody is led to another site")
        }
        if let day = PageTime.day(text) { precondition(CivilDay(number: day).description == text, "a day reads back") }
    }

    /// The first line is the address at the other end, then a header stands in each.
    static func visitor(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(8)
        var values: [String: [String]] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            if parts.count == 2 { values[parts[0].lowercased(), default: []].append(parts[1]) }
            _ = HeaderParameters(String(line))
        }
        let headers = ArrivalHeaders(values)
        if let cookie = headers.cookie("session") {
            precondition(
                (1...CountyPagesLimits.cookieCharactersMax).contains(cookie.utf8.count),
                "a cookie has its limit"
            )
            precondition(cookie.utf8.allSatisfy { (0x30...0x7A).contains($0) }, "a cookie is letters and digits")
        }
        let peer = lines.first.map(String.init)
        var settings = PageSettings(county: "阳城县")
        let stranger = ClientPlace(peer: peer, headers: headers, settings: settings)
        precondition(!stranger.isSecure, "nobody is taken at his word")
        settings.trustedProxies = ["127.0.0.0/8", "fd00::/8"].compactMap { NetworkRange($0) }
        let known = ClientPlace(peer: peer, headers: headers, settings: settings)
        let near = peer.flatMap { NetworkAddress($0) }
        let isProxy = near.map { near in settings.trustedProxies.contains { $0.contains(near) } } ?? false
        precondition(isProxy || known == stranger, "a proxy that is not named changes nothing")
        _ = peer.flatMap { NetworkRange($0) }
    }

    private static func written(_ items: QueryItems) -> String {
        items.map { "\(LocalPath.encoded(String($0.key)))=\(LocalPath.encoded(String($0.value)))" }
            .joined(separator: "&")
    }
}
