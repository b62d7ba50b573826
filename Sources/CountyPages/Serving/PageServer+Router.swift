import HTTPTypes
public import Hummingbird
import NIOCore

extension PageServer {
    /// The router of the pages, made of the table of routes and of nothing else. Any other path gets a page, too.
    public func makeRouter() -> Router<PageContext> {
        let router = Router(context: PageContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: NoSuchPage(server: self))
        let prefix = desk.settings.pathPrefix
        for route in routes {
            let method = HTTPRequest.Method(rawValue: route.method.rawValue) ?? .get
            for base in prefix.isEmpty ? [""] : ["", prefix] {
                router.on(RouterPath("\(base)\(route.path)"), method: method) { request, context in
                    try await respond(to: request, context, route)
                }
            }
        }
        return router
    }

    private func respond(to request: Request, _ context: PageContext, _ route: PageRoute) async throws -> Response {
        var arrival = arrival(of: request, context)
        do {
            if (request.head.path ?? "").utf8.count > CountyPagesLimits.addressBytesMax { throw PageFault.longAddress }
            if route.method == .post, try await isAwaited(request, arrival, route) {
                let buffer = try await request.body.collect(upTo: route.bodyBytesMax)
                arrival.body = Array(buffer.readableBytesView)
            }
            let whole = arrival
            let pool = route.isSlow ? passwords : pages
            return response(of: try await pool.run { reply(to: whole, route) })
        } catch is NIOTooManyBytesError {
            return response(of: reply(to: .tooLarge(route.bodyBytesMax), arrival, route))
        } catch let fault as PageFault {
            return response(of: reply(to: fault, arrival, route))
        }
    }

    /// Nobody who is not logged in makes the server keep a file: more than the form of the log-in may hold waits until the
    /// session was looked up.
    private func isAwaited(_ request: Request, _ arrival: Arrival, _ route: PageRoute) async throws -> Bool {
        guard route.access != .anybody else { return true }
        guard arrival.headers.cookie(PageCookie.session) != nil else { return false }
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length <= CountyPagesLimits.logInFormBytesMax { return true }
        return try await pages.run { awaits(arrival, route) }
    }

    fileprivate func respondToNothing(_ request: Request, _ context: PageContext) async throws -> Response {
        let arrival = arrival(of: request, context)
        do {
            return response(of: try await pages.run { replyToNothing(arrival) })
        } catch let fault as PageFault {
            return response(of: reply(to: fault, arrival, .read(arrival.path, .anybody) { _, _ in throw fault }))
        }
    }

    private func arrival(of request: Request, _ context: PageContext) -> Arrival {
        let target = request.head.path ?? "/"
        let question = target.firstIndex(of: "?")
        var path = String(target[..<(question ?? target.endIndex)])
        let prefix = desk.settings.pathPrefix
        if !prefix.isEmpty, path.hasPrefix("\(prefix)/") { path = String(path.dropFirst(prefix.count)) }
        var headers = ArrivalHeaders()
        for name in Self.headersRead {
            guard let field = HTTPField.Name(name) else { continue }
            headers[name] = request.headers[values: field]
        }
        var parameters: [String: String] = [:]
        for (name, value) in context.parameters {
            parameters[String(name)] = URLEncoded.pathPart(String(value)) ?? ""
        }
        return Arrival(
            path: path,
            query: question.map { target[target.index(after: $0)...] } ?? "",
            headers: headers,
            peer: context.peer,
            parameters: parameters,
            isHead: request.method == .head
        )
    }

    private static let headersRead = ["cookie", "content-type", "x-forwarded-for", "x-forwarded-proto", "forwarded"]

    private func response(of reply: PageReply) -> Response {
        var fields = HTTPFields()
        for header in Self.headers + reply.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return Response(
            status: HTTPResponse.Status(code: reply.status),
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
        )
    }
}

/// Also where no route is, there is a page.
private struct NoSuchPage: RouterMiddleware {
    typealias Context = PageContext

    let server: PageServer

    func handle(
        _ request: Request,
        context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
            return try await server.respondToNothing(request, context)
        }
    }
}
