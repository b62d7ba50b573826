/// One HTTP exchange with the county, already signed; what comes back is not judged here.
public protocol UplinkPort: Sendable {
    /// Sends a request and reads the answer, at most `Limits.answerBytesMax` of it, within `seconds`. Throws a
    /// `LinkFault` when no whole answer came.
    func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply
    /// Tries a bare TCP connect to the county's address, closed at once, within `Limits.reachConnectSeconds`.
    func reach() async -> Reachability
}

/// What a bare connect found.
public enum Reachability: Sendable, Hashable {
    case accepted
    case notAccepted
    /// Not accepted, and nothing left this machine.
    case noRoute
}

/// A request to the county.
public struct UplinkRequest: Sendable, Hashable {
    public var method: String
    /// Path and query below the county's URL, `/v1/…`.
    public var path: String
    /// In the order in which they are sent; names in lower case.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(method: String, path: String, headers: [(name: String, value: String)], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }

    public static func == (left: UplinkRequest, right: UplinkRequest) -> Bool {
        left.method == right.method && left.path == right.path && left.body == right.body
            && left.headers.map { [$0.name, $0.value] } == right.headers.map { [$0.name, $0.value] }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(path)
        hasher.combine(body)
    }
}

/// What answered, county or not.
public struct UplinkReply: Sendable {
    public var status: Int
    /// Names in lower case.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of a name in lower case.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
