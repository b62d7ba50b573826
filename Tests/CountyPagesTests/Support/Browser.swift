import CountyPages
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization
import Testing

/// A browser: it keeps cookies and fills in the forms that pages show. It follows nothing by itself.
final class Browser: Sendable {
    private let client: any TestClientProtocol
    private let kept = Mutex<[String: String]>([:])

    init(_ client: any TestClientProtocol) { self.client = client }

    var cookies: [String: String] {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> SeenPage {
        try await call(path, .get, headers, ByteBuffer())
    }

    /// Asks for the headers of an answer alone.
    func head(_ path: String) async throws -> SeenPage { try await call(path, .head, [:], ByteBuffer()) }

    /// Asks by any method, without a body.
    func ask(_ path: String, _ method: HTTPRequest.Method) async throws -> SeenPage {
        try await call(path, method, [:], ByteBuffer())
    }

    /// Sends fields as they are, without a page that gave them out.
    func post(_ path: String, _ fields: [String: String], _ headers: HTTPFields = [:]) async throws -> SeenPage {
        let body = fields.map { "\(LocalPath.encoded($0.key))=\(LocalPath.encoded($0.value))" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = headers[.contentType] ?? "application/x-www-form-urlencoded"
        return try await call(path, .post, headers, ByteBuffer(string: body))
    }

    /// Sends bytes of any kind.
    func post(_ path: String, _ body: [UInt8], type: String?) async throws -> SeenPage {
        var headers = HTTPFields()
        headers[.contentType] = type
        return try await call(path, .post, headers, ByteBuffer(bytes: body))
    }

    /// Fills in a form of a page and sends it.
    func send(_ page: SeenPage, _ action: String, _ typed: [String: String] = [:]) async throws -> SeenPage {
        try await post(action, try page.form(action).merging(typed) { $1 })
    }

    /// Goes to a page and sends a form of it.
    func fill(_ path: String, _ action: String? = nil, _ typed: [String: String]) async throws -> SeenPage {
        try await send(try await get(path), action ?? path, typed)
    }

    /// The page to which an answer leads.
    func follow(_ answer: SeenPage) async throws -> SeenPage { try await get(try #require(answer.location)) }

    @discardableResult
    func logIn(_ name: String, _ password: String = Office.password) async throws -> SeenPage {
        try await fill("/login", nil, ["name": name, "password": password])
    }

    private func call(
        _ path: String,
        _ method: HTTPRequest.Method,
        _ headers: HTTPFields,
        _ body: ByteBuffer
    ) async throws -> SeenPage {
        var headers = headers
        headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let response = try await client.executeRequest(uri: path, method: method, headers: headers, body: body)
        for cookie in response.headers[values: .setCookie] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isGone = cookie.contains("Max-Age=0")
            kept.withLock { $0[String(pair[0])] = isGone ? nil : String(pair[1]) }
        }
        return SeenPage(
            status: response.status.code,
            headers: response.headers,
            body: Array(response.body.readableBytesView)
        )
    }
}

extension Office {
    /// Runs the pages without a socket, as if behind TLS unless the settings say otherwise.
    func serving(
        _ settings: PageSettings = PageSettings(county: "阳城县", isTLS: true),
        views: PageViews = .plain,
        routes: [PageRoute] = PageRoutes.all,
        _ work: @Sendable (@escaping @Sendable () -> Browser) async throws -> Void
    ) async throws {
        var quiet = Logger(label: "county-pages")
        quiet.logLevel = .critical
        let server = try PageServer(desk(settings, views: views), routes: routes)
        try await Application(router: server.makeRouter(), logger: quiet).test(.router) { client in
            try await work { Browser(client) }
        }
    }
}

extension SeenPage {
    /// A header by its name.
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}
