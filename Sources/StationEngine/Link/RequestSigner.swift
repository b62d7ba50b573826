public import StationPorts
public import SyncWire

/// Signs the station's requests with its key, each with a counter of its own (DESIGN 4.3).
public struct RequestSigner: Sendable {
    private let key: SigningKey
    /// Path of the county's URL, in front of `/v1`: part of what is signed.
    private let pathPrefix: String

    public init(key: SigningKey, pathPrefix: String) {
        self.key = key
        self.pathPrefix = pathPrefix
    }

    /// A request and its signature, to which the county's answer is bound.
    public struct Signed: Sendable {
        public var request: UplinkRequest
        public var signature: [UInt8]
    }

    /// Signs a call. `headers` may hold content-type, content-encoding and locker-chain.
    public func sign(
        _ method: String,
        path: String,
        query: String = "",
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        counter: LockerCounter
    ) throws -> Signed {
        var headers = headers + [("locker-counter", counter.description)]
        if !body.isEmpty { headers.append(("content-digest", ContentDigest.text(of: body))) }
        let message = MessageSignature.request(
            method: method,
            path: pathPrefix + path,
            query: query,
            headers: headers,
            keyID: key.id
        )
        let signature = try key.sign(message.base)
        headers += message.headers(signature: signature)
        let target = query.isEmpty ? path : "\(path)?\(query)"
        return Signed(
            request: UplinkRequest(method: method, path: target, headers: headers, body: body),
            signature: signature
        )
    }
}
