/// Where a county keeps its data and how it is reached.
public struct CountySettings: Sendable, Hashable {
    /// Directory of `county.sqlite` and `keys/`.
    public var dataDirectory: String
    /// Name of the county in what it prints.
    public var name = "county"
    /// Address to listen on.
    public var host = "127.0.0.1"
    /// Port to listen on; 0 for any free one.
    public var port = 8480
    /// URL at which stations reach the county, when a proxy stands before it; its path is part of what they sign.
    public var publicURL: String?

    /// The defaults of DESIGN 4.1.
    public init(dataDirectory: String, publicURL: String? = nil) {
        self.dataDirectory = dataDirectory
        self.publicURL = publicURL
    }

    /// Path of `publicURL` without a slash at its end, `/locker`; empty when there is none.
    public var pathPrefix: String {
        guard let publicURL else { return "" }
        let units = Array(publicURL.utf8)
        let rest: ArraySlice<UInt8>
        if let colon = units.indices.first(where: { units[$0...].starts(with: Array("://".utf8)) }) {
            rest = units[(colon + 3)...]
        } else {
            rest = units[...]
        }
        guard let slash = rest.firstIndex(of: 0x2F) else { return "" }
        var path = rest[slash...].prefix { $0 != 0x3F && $0 != 0x23 }
        while path.last == 0x2F { path.removeLast() }
        return String(decoding: path, as: UTF8.self)
    }
}
