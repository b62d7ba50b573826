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
    /// The county's 区划代码, six digits; empty where nobody wrote it.
    public var code = ""
    /// The last day of a reporting month, 1 … 31; 31 is the calendar's.
    public var periodEnds: Int64 = 31
    /// The day of a month from which the report of the one before is asked for.
    public var closesOn: Int64 = 3
    /// Where the pages of clerks are served, when that is another door than the stations'.
    public var pages: PagesDoor?
    /// Certificate and key in PEM, when the server itself speaks TLS.
    public var tls: TLSFiles?
    /// Addresses of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    public var trustedProxies: [String] = []
    /// URL at which stations reach the county, when a proxy stands before it; its path is part of what they sign.
    public var publicURL: String?

    /// An address of its own for pages.
    public struct PagesDoor: Sendable, Hashable {
        public var host: String
        public var port: Int
        /// URL at which clerks reach the pages; `nil` where nobody wrote it.
        public var url: String?

        public init(host: String, port: Int, url: String? = nil) {
            (self.host, self.port, self.url) = (host, port, url)
        }
    }

    /// Files of a certificate chain and its key.
    public struct TLSFiles: Sendable, Hashable {
        public var certificate: String
        public var key: String

        public init(certificate: String, key: String) { (self.certificate, self.key) = (certificate, key) }
    }

    /// The defaults of DESIGN 4.1.
    public init(dataDirectory: String, publicURL: String? = nil) {
        self.dataDirectory = dataDirectory
        self.publicURL = publicURL
    }

    /// Path of `publicURL` without a slash at its end, `/locker`; empty when there is none.
    public var pathPrefix: String { Self.path(of: publicURL) }

    /// URL at which clerks reach the pages: `[pages] url` where they have a door of their own, else that of the stations.
    public var pagesURL: String? { pages == nil ? publicURL : pages?.url }

    /// Path of `pagesURL`, which stands in front of every link of the pages; empty when there is none.
    public var pagesPathPrefix: String { Self.path(of: pagesURL) }

    private static func path(of url: String?) -> String {
        guard let url else { return "" }
        let units = Array(url.utf8)
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
