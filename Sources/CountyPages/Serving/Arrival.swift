/// A request as it came, before it is known who asks.
struct Arrival: Sendable {
    /// Below the county's prefix, from `/`, still encoded.
    var path: String
    /// Behind `?`, still encoded.
    var query: Substring
    var headers: ArrivalHeaders
    /// Address at the other end of the connection.
    var peer: String?
    var body: [UInt8]
    /// Parts of the path by their names in the route, decoded.
    var parameters: [String: String]
    /// Whether the headers of the answer alone are asked for.
    var isHead: Bool

    init(
        path: String,
        query: Substring = "",
        headers: ArrivalHeaders = ArrivalHeaders(),
        peer: String?,
        body: [UInt8] = [],
        parameters: [String: String] = [:],
        isHead: Bool = false
    ) {
        (self.path, self.query, self.headers, self.isHead) = (path, query, headers, isHead)
        (self.peer, self.body, self.parameters) = (peer, body, parameters)
    }

    /// The form in the body.
    func form() throws(FormReadingFault) -> SentForm {
        let type = headers["content-type"].first ?? ""
        switch HeaderParameters(type).value.lowercased() {
        case URLEncoded.contentType: return try URLEncoded.form(body)
        case Multipart.contentType:
            guard let boundary = Multipart.boundary(in: type) else { throw .malformed }
            return try Multipart.form(body, boundary: boundary)
        // A form without any field.
        case "" where body.isEmpty: return SentForm()
        default: throw .unsupported
        }
    }

    /// Path and query as they stand in an address, without some items.
    func address(without names: Set<String> = []) -> String {
        let kept = QueryItems(query).without(names)
        let text = kept.map { "\(LocalPath.encoded(String($0.key)))=\(LocalPath.encoded(String($0.value)))" }
        return text.isEmpty ? path : "\(path)?\(text.joined(separator: "&"))"
    }
}

/// An answer before it becomes one of HTTP.
struct PageReply: Sendable {
    var status: Int
    /// Names in small letters.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
}
