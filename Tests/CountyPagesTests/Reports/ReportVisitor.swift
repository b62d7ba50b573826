import CountyBooks
import CountyPages
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// Somebody who is logged in and looks at pages of reports through the router of the server.
struct ReportVisitor {
    /// What came back.
    struct Answer {
        var status: Int
        var text: String
        var bytes: [UInt8]
        var location: String?
        var disposition: String?
    }

    /// A form as a page showed it.
    struct Shown {
        var action: String
        /// What the page sends with it and nobody sees.
        var hidden: [(name: String, value: String)]
    }

    private let client: any TestClientProtocol
    private var cookie = ""

    private init(_ client: any TestClientProtocol) { self.client = client }

    /// Runs the routes without a socket.
    static func visiting(
        _ desk: CountyDesk,
        _ work: @Sendable (@Sendable (AccountRole) async throws -> ReportVisitor) async throws -> Void
    ) async throws {
        let server = try PageServer(desk)
        try await Application(router: server.makeRouter()).test(.router) { client in
            try await work { try await ReportVisitor(client).loggedIn($0.rawValue) }
        }
    }

    private func loggedIn(_ name: String) async throws -> ReportVisitor {
        var visitor = self
        let page = try await client.execute(uri: "/login", method: .get)
        visitor.cookie = try Self.cookie(page, "county_door")
        let form = try #require(Self.form(String(buffer: page.body), "/login"))
        let answer = try await visitor.execute(form, ["name": name, "password": Office.password])
        visitor.cookie = try Self.cookie(answer, "county_session")
        return visitor
    }

    private static func cookie(_ answer: TestResponse, _ name: String) throws -> String {
        let cookies = answer.headers[values: .setCookie].filter { $0.hasPrefix("\(name)=") }
        return String(try #require(cookies.first).prefix { $0 != ";" })
    }

    // MARK: Asking

    func get(_ path: String) async throws -> Answer {
        Self.answer(try await client.execute(uri: path, method: .get, headers: [.cookie: cookie]))
    }

    /// Asks for the headers alone.
    func head(_ path: String) async throws -> Answer {
        Self.answer(try await client.execute(uri: path, method: .head, headers: [.cookie: cookie]))
    }

    /// The form of an action on a page; `nil` where the page has none.
    func form(on path: String, _ action: String? = nil) async throws -> Shown? {
        Self.form(try await get(path).text, action ?? path)
    }

    func send(_ form: Shown, _ fields: [String: String] = [:]) async throws -> Answer {
        Self.answer(try await execute(form, fields))
    }

    /// Looks at a page and sends its form at once.
    func fillIn(_ path: String, _ fields: [String: String] = [:]) async throws -> Answer {
        try await send(try #require(try await form(on: path)), fields)
    }

    private func execute(_ form: Shown, _ fields: [String: String]) async throws -> TestResponse {
        let items =
            form.hidden.map { ($0.name, $0.value) } + fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let body = items.map { "\(LocalPath.encoded($0.0))=\(LocalPath.encoded($0.1))" }.joined(separator: "&")
        return try await client.execute(
            uri: form.action,
            method: .post,
            headers: [.cookie: cookie, .contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: body)
        )
    }

    private static func answer(_ response: TestResponse) -> Answer {
        Answer(
            status: response.status.code,
            text: String(buffer: response.body),
            bytes: Array(response.body.readableBytesView),
            location: response.headers[.location],
            disposition: HTTPField.Name("Content-Disposition").flatMap { response.headers[$0] }
        )
    }

    private static func form(_ html: String, _ action: String) -> Shown? {
        guard let start = html.firstRange(of: "method=\"post\" action=\"\(action)\"") else { return nil }
        let rest = html[start.upperBound...]
        let inside = rest[..<(rest.firstRange(of: "</form>")?.lowerBound ?? rest.endIndex)]
        let hidden = inside.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/)
        return Shown(action: action, hidden: hidden.map { (String($0.1), String($0.2)) })
    }
}
