import GRDB
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SyncWire

/// Turns requests into calls and what they give into signed answers. One for all requests; no state of its own.
struct CountyRoutes: Sendable {
    let county: County
    let logger: Logger

    private typealias Work = @Sendable (IncomingCall, Parameters) async throws -> Reply

    func add(to router: Router<BasicRequestContext>) {
        router.add(middleware: NoSuchPath(routes: self))
        router.get("healthz") { _, _ in Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "ok\n"))) }
        let calls = StationCalls(county: county, logger: logger)
        let prefix = county.settings.pathPrefix
        for base in prefix.isEmpty ? [""] : ["", prefix] {
            let group = router.group(RouterPath("\(base)/v1"))
            group.post("enrolments", use: handler { call, _ in try await calls.enrol(call) })
            let station = group.group("stations/:station")
            station.post("events", use: handler(calls.takeBatch))
            station.get("events", use: handler(calls.sendEvents))
            station.get("incarnations", use: handler(calls.sendIncarnations))
            station.put("status", use: handler(calls.takeStatus))
            station.put("contacts/:waybill", use: handler(calls.takeContact))
            station.get("commands", use: handler(calls.sendCommands, isHeld: true))
            station.get("manifests/:manifest", use: handler(calls.sendManifest))
        }
    }

    /// - Parameter isHeld: the work sleeps, and says itself what of it is done apart.
    private func handler(
        _ work: @escaping Work,
        isHeld: Bool = false
    ) -> @Sendable (Request, BasicRequestContext) async -> Response {
        { request, context in
            let call = IncomingCall(request, prefix: county.settings.pathPrefix)
            let reply = await reply(to: call, request.body, context.parameters, isHeld: isHeld, work)
            return reply.response(boundTo: call.signature, key: county.keys.signing)
        }
    }

    private func reply(
        to call: IncomingCall,
        _ body: RequestBody,
        _ parameters: Parameters,
        isHeld: Bool,
        _ work: @escaping Work
    ) async -> Reply {
        do {
            let whole = try await read(call, body)
            return try await isHeld ? work(whole, parameters) : apart { try await work(whole, parameters) }
        } catch {
            return .problem(problem(of: error, call))
        }
    }

    @inline(never)
    private func read(_ call: IncomingCall, _ body: RequestBody) async throws -> IncomingCall {
        var call = call
        let buffer = try await body.collect(upTo: CountyLimits.bodyBytesMax)
        call.body = Array(buffer.readableBytesView)
        return call
    }

    // Held requests sleep above these: inlined, what they need for a moment would stand in the frames that sleep.
    @inline(never)
    private func problem(of error: any Error, _ call: IncomingCall) -> Problem {
        switch error {
        case let problem as Problem:
            logger.info("\(call.method) \(call.path): \(problem.status) \(problem.description)")
            return problem
        case is NIOTooManyBytesError:
            return Problem(
                .tooLarge,
                status: 413,
                title: "Too large",
                detail: "the body has more than \(CountyLimits.bodyBytesMax) bytes: send fewer events"
            )
        case let error as DatabaseError:
            logger.error("\(call.method) \(call.path): \(error)")
            return .internalFault(status: 503, "the books do not take it now: try again later")
        default:
            logger.error("\(call.method) \(call.path): \(error)")
            return .internalFault(status: 500, "an error of the county: it is in its log")
        }
    }

    @inline(never)
    func signedProblem(_ problem: Problem, to request: Request) -> Response {
        let call = IncomingCall(request, prefix: county.settings.pathPrefix)
        return Reply.problem(problem).response(boundTo: call.signature, key: county.keys.signing)
    }
}

/// Even "no such path" is an answer of the county, not of a portal in between.
private struct NoSuchPath: RouterMiddleware {
    typealias Context = BasicRequestContext

    let routes: CountyRoutes

    func handle(
        _ request: Request,
        context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
            return routes.signedProblem(
                .notFound("the county has no \(request.method) \(request.uri.path)"),
                to: request
            )
        }
    }
}
