import HTTPTypes
import Hummingbird
import NIOCore
import SyncWire

/// An answer before it is signed.
struct Reply: Sendable {
    var status: Int
    var contentType: String?
    var body: [UInt8] = []
    var headers: [(name: String, value: String)] = []

    static let empty = Reply(status: 204)

    static func json(_ value: some Encodable) throws -> Reply { .json(bytes: try CanonicalJSON.encode(value)) }

    /// - Parameter body: JSON in its canonical form.
    static func json(bytes body: [UInt8]) -> Reply {
        Reply(status: 200, contentType: "application/json", body: body)
    }

    static func problem(_ problem: Problem) -> Reply {
        let body = (try? CanonicalJSON.encode(problem)) ?? []
        var reply = Reply(status: problem.status, contentType: "application/problem+json", body: body)
        if problem.status == 503 { reply.headers = [("retry-after", "\(CountyLimits.retrySeconds)")] }
        return reply
    }

    /// The answer with its digest, and signed when there is a request's signature to bind it to (DESIGN 4.3).
    // Not inlined into the frames of requests that are held.
    @inline(never)
    func response(boundTo requestSignature: [UInt8]?, key: SigningKey) -> Response {
        var fields = headers
        let digest = ContentDigest.text(of: body)
        if let contentType { fields.append(("content-type", contentType)) }
        fields.append(("content-digest", digest))
        if let requestSignature {
            let signature = MessageSignature.answer(
                status: status,
                contentDigest: digest,
                requestSignature: requestSignature,
                keyID: key.id
            )
            if let bytes = try? key.sign(signature.base) { fields += signature.headers(signature: bytes) }
        }
        var headers = HTTPFields()
        for field in fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            headers.append(HTTPField(name: name, value: field.value))
        }
        let content = body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        return Response(status: .init(code: status), headers: headers, body: content)
    }
}
