/// A URL (RFC 3986) of a camera or a county as a configuration names it, without the login that may stand in it: what
/// is left may be sent, shown and logged.
///
/// `rtsp://test/@:abc@host` means the host `test`, and the rest of the password would be its path. No reader can know
/// what was meant, so an `@` behind the first `/`, `?` or `#` is refused, and no fault quotes any part of the URL.
public struct NetworkURL: Sendable, Hashable, CustomStringConvertible {
    /// The schemes that the station speaks.
    public enum Scheme: String, Sendable, Hashable, CaseIterable {
        case rtsp, http, https

        /// Port of a URL without one.
        var port: Int {
            switch self {
            case .rtsp: 554
            case .http: 80
            case .https: 443
            }
        }
    }

    /// What is wrong with a text, and what to write instead.
    public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// Goes on after the name of the key: `is no rtsp:// address`.
        public let cause: String
        /// `write rtsp://host:port/path`.
        public let mend: String

        /// Cause and fix on one line.
        public var description: String { "\(cause); \(mend)" }
    }

    /// How it begins.
    public let scheme: Scheme
    /// Name or address of the machine, an IPv6 address without its brackets.
    public let host: String
    /// 1 to 65,535.
    public let port: Int
    /// From the first `/` to the query, as written; empty when there is none.
    public let path: String
    /// What stands behind the `?`, as written; `nil` without one.
    public let query: String?
    /// True if a user or password stood in front of the host. It is not kept: nothing here logs in.
    public let hasLogin: Bool
    private let place: Substring

    /// The URL without its login, as it was written.
    public var description: String { "\(scheme.rawValue)://\(place)\(path)\(query.map { "?\($0)" } ?? "")" }

    /// Reads the URL of a camera's stream.
    public init(camera text: String) throws(Fault) { try self.init(text, schemes: [.rtsp]) }

    /// Reads the URL below which a county answers. Its calls are signed and their paths are added to it, so it has
    /// neither a login nor a query.
    public init(county text: String) throws(Fault) {
        try self.init(text, schemes: [.http, .https])
        guard !hasLogin else {
            throw Fault(cause: "holds a user or password", mend: "take it out: stations sign their calls")
        }
        guard query == nil else {
            throw Fault(cause: "holds a ?", mend: "write https://host/path without a query")
        }
    }

    private init(_ text: String, schemes: [Scheme]) throws(Fault) {
        guard let scheme = schemes.first(where: { text.hasPrefix("\($0.rawValue)://") }) else {
            let known = schemes.map { "\($0.rawValue)://" }
            throw Fault(
                cause: "is no \(known.joined(separator: " or ")) address",
                mend: "write \(known.last ?? "")host:port/path"
            )
        }
        guard text.utf8.count <= Limits.urlBytesMax else {
            throw Fault(cause: "has more than \(Limits.urlBytesMax) bytes", mend: "shorten it")
        }
        let rest = text.dropFirst(scheme.rawValue.count + "://".count)
        try Self.checkCharacters(rest)
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        try Self.checkPath(rest[end...])
        let authority = rest[..<end]
        let login = authority.lastIndex(of: "@")
        place = login.map { authority[authority.index(after: $0)...] } ?? authority
        hasLogin = login != nil
        self.scheme = scheme
        (host, port) = try Self.hostAndPort(place, scheme)
        let parts = rest[end...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.first.map(String.init) ?? ""
        query = parts.count == 2 ? String(parts[1]) : nil
    }

    private static func checkCharacters(_ text: Substring) throws(Fault) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Fault(
                cause: "holds a space or a character that is not ASCII",
                mend: "write it percent-encoded, a space as %20"
            )
        }
        let digits = text.split(separator: "%", omittingEmptySubsequences: false).dropFirst().map { $0.prefix(2) }
        guard digits.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isHexDigit) }) else {
            throw Fault(cause: "holds a % without two hex digits behind it", mend: "write % itself as %25")
        }
    }

    private static func checkPath(_ path: Substring) throws(Fault) {
        guard !path.contains("@") else {
            throw Fault(
                cause: "holds an @ behind a /, ? or #: where its password ends is not clear",
                mend: "write / as %2F, ? as %3F, # as %23 in a password, and @ as %40 in a path"
            )
        }
        guard !path.contains("#") else { throw Fault(cause: "holds a #", mend: "write # as %23") }
    }

    private static func hostAndPort(_ place: Substring, _ scheme: Scheme) throws(Fault) -> (String, Int) {
        var host = place.prefix { $0 != ":" }
        var rest = place[host.endIndex...]
        var isGood = !host.isEmpty && host.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
        if place.hasPrefix("["), let bracket = place.firstIndex(of: "]") {
            host = place[..<bracket].dropFirst()
            rest = place[bracket...].dropFirst()
            isGood = host.contains(":") && host.allSatisfy { $0.isHexDigit || ":.".contains($0) }
        }
        guard isGood else {
            throw Fault(cause: "has no host that can be asked", mend: "write \(scheme.rawValue)://host:port/path")
        }
        if rest.isEmpty { return (String(host), scheme.port) }
        guard rest.hasPrefix(":"), rest.dropFirst().allSatisfy(\.isNumber), let port = Int(rest.dropFirst()),
            (1...65_535).contains(port)
        else {
            throw Fault(
                cause: "has a port that is no number from 1 to 65535",
                mend: "write :\(scheme.port) or correct it"
            )
        }
        return (String(host), port)
    }
}
