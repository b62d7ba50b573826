import HTTPTypes
import Hummingbird
import LockerDomain
import SyncWire

/// A request as it came, before anything of it is believed.
struct IncomingCall: Sendable {
    var method: String
    /// Path below the county's prefix, `/v1/…`.
    var path: String
    var query: String
    /// Names in lower case, each once.
    var headers: [(name: String, value: String)]
    /// Bytes as they were sent, not inflated.
    var body: [UInt8] = []

    // Inlined, what it needs for a moment would stand in the frames of requests that are held.
    @inline(never)
    init(_ request: Request, prefix: String) {
        method = request.method.rawValue
        let target = request.head.path ?? "/"
        let question = target.firstIndex(of: "?")
        path = String(target[..<(question ?? target.endIndex)])
        query = question.map { String(target[target.index(after: $0)...]) } ?? ""
        // A proxy may have taken the prefix off or not; stations sign it either way.
        if !prefix.isEmpty, path.hasPrefix(prefix + "/") { path = String(path.dropFirst(prefix.count)) }
        headers = []
        for field in request.headers {
            let name = field.name.canonicalName
            if let index = headers.firstIndex(where: { $0.name == name }) {
                headers[index].value += ", \(field.value)"
            } else {
                headers.append((name, field.value))
            }
        }
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The 64 bytes that the answer is bound to; `nil` when the request carries none that can be read.
    var signature: [UInt8]? {
        guard let bytes = header("signature").flatMap(MessageSignature.bytes(in:)), bytes.count == 64 else {
            return nil
        }
        return bytes
    }

    /// `keyid` of the signature.
    var keyID: String? { header("signature-input").flatMap(MessageSignature.keyID(in:)) }

    /// Checks `Content-Digest` over the bytes as they were sent, before anything inflates them.
    func checkDigest() throws(Problem) {
        guard let digest = header("content-digest") else {
            guard body.isEmpty else { throw .malformed("a body needs a Content-Digest") }
            return
        }
        guard ContentDigest.matches(digest, body: body) else {
            throw .malformed("Content-Digest is not that of the body: it was changed on its way, send it again")
        }
    }

    /// Checks that the request carries a signature of `key` over all that DESIGN 4.3 asks for.
    func checkSignature(_ key: CountyKey, prefix: String) throws(Problem) {
        let expected = MessageSignature.request(
            method: method,
            path: prefix + path,
            query: query,
            headers: headers,
            keyID: key.id
        )
        guard let input = header("signature-input"), let signature else { throw .unsigned("no signature sig1") }
        guard expected.isCovered(by: input) else {
            throw .unsigned("Signature-Input has to read sig1=\(expected.parameters)")
        }
        guard key.isValid(signature: signature, of: expected.base) else {
            throw .unsigned("the signature is not that of key \(key.id) over this request to \(prefix + path)")
        }
    }

    /// The body in clear.
    func inflatedBody() throws(Problem) -> [UInt8] {
        switch header("content-encoding") {
        case nil, "identity": return body
        case "gzip":
            do {
                return try Gzip.inflate(body, limit: Limits.inflatedBytesMax)
            } catch .tooLarge {
                throw Problem(
                    .tooLarge,
                    status: 413,
                    title: "Too large",
                    detail: "the body inflates to more than \(Limits.inflatedBytesMax) bytes: send fewer events"
                )
            } catch {
                throw .malformed(error.description)
            }
        case let other?: throw .malformed("Content-Encoding \(other.prefix(20)): use gzip or none", status: 415)
        }
    }
}

extension Problem {
    static func malformed(_ detail: String, status: Int = 400) -> Problem {
        Problem(.malformed, status: status, title: "Not understood", detail: detail)
    }

    static func unsigned(_ detail: String) -> Problem {
        Problem(.unsigned, status: 401, title: "Not signed", detail: detail)
    }

    static func notFound(_ detail: String) -> Problem {
        Problem(.notFound, status: 404, title: "Not found", detail: detail)
    }

    /// A problem of the county's own; it has no kind, so stations try again later.
    static func internalFault(status: Int, _ detail: String) -> Problem {
        var problem = Problem(.malformed, status: status, title: "The county cannot now", detail: detail)
        problem.type = "about:blank"
        return problem
    }
}
