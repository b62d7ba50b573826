/// Addresses of the county's own pages.
public enum LocalPath {
    /// Text as one part of a path or one value behind `?`: all but the unreserved characters of RFC 3986 encoded.
    public static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `/stations/` and a value.
    public static func path(_ parts: String...) -> String { parts.map { "/\(encoded($0))" }.joined() }

    /// A page to go to that came from outside: within the county's pages, and no page of the log-in itself; `nil` for anything
    /// else, so that nobody is led to another site.
    package static func next(_ text: String?) -> String? {
        guard let text, text.utf8.count <= CountyPagesLimits.nextPageBytesMax, text.hasPrefix("/") else { return nil }
        // Browsers read `//` and `/\` as the beginning of another host, and drop tabs and line ends before they look.
        guard !text.hasPrefix("//"), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }) else {
            return nil
        }
        let path = text.prefix { $0 != "?" && $0 != "#" }
        return [PagePaths.logIn, PagePaths.logOut, PagePaths.once].contains { path == $0 || path.hasPrefix("\($0)/") }
            ? nil : text
    }

    /// A path that carries the page to go to on.
    static func keeping(next query: QueryItems, at path: String) -> String {
        next(query.text("next")).map { "\(path)?next=\(encoded($0))" } ?? path
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._~".utf8.contains(byte)
    }
}

/// Paths that more than one page leads to.
public enum PagePaths {
    public static let logIn = "/login"
    public static let logOut = "/logout"
    public static let password = "/password"
    /// Pages that are shown once.
    static let once = "/once"
    static let files = "/static"
    public static let today = "/today"
    /// What is still to be done in an empty county.
    public static let setUp = "/setup"
    public static let stations = "/stations"
    public static let villages = "/villages"
    public static let parcels = "/parcels"
    public static let runs = "/runs"
    public static let people = "/people"
    public static let fees = "/fees"
    public static let voices = "/voices"
    public static let troubles = "/troubles"
    public static let quarantine = "/quarantine"
    public static let registers = "/registers"
    public static let reports = "/reports"
    public static let accounts = "/accounts"
    public static let audit = "/audit"
    public static let phone = "/phone"
}
