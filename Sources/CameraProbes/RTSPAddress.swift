/// `rtsp://[user[:password]@]host[:port]/path`, as far as a probe needs it.
public struct RTSPAddress: Sendable, Hashable {
    public var host: String
    public var port: Int
    /// The URL without user and password: what goes over the wire and into messages.
    public var url: String

    /// Reads a URL; `nil` for any other scheme or a broken address.
    public init?(_ text: String) {
        guard text.utf8.count <= 2_048, text.hasPrefix("rtsp://"), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        let rest = text.dropFirst("rtsp://".count)
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<end]
        let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        let path = rest[end...]
        let hostEnd: Substring.Index
        if place.hasPrefix("["), let bracket = place.firstIndex(of: "]") {
            hostEnd = place.index(after: bracket)
            host = String(place[place.index(after: place.startIndex)..<bracket])
        } else {
            hostEnd = place.firstIndex(of: ":") ?? place.endIndex
            host = String(place[..<hostEnd])
        }
        let portText = place[hostEnd...]
        guard !host.isEmpty, portText.isEmpty || portText.hasPrefix(":"), !portText.contains("+"),
            let port = portText.isEmpty ? 554 : Int(portText.dropFirst()), (1...65_535).contains(port)
        else { return nil }
        self.port = port
        url = "rtsp://\(place)\(path.isEmpty ? "/" : path)"
    }
}
