import Hummingbird
import Logging
import NIOCore

/// Carries the connection to the role check, and the caller from there to the route.
struct ControlContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// Set by `CallerMiddleware` before any route runs.
    var caller: Caller?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// Finds out who calls; a caller without any role is told so.
struct CallerMiddleware: RouterMiddleware {
    let roles: RoleGroups
    let peers: any PeerSource

    func handle(
        _ request: Request,
        context: ControlContext,
        next: (Request, ControlContext) async throws -> Response
    ) async throws -> Response {
        let peer = try await peers.credentials(of: context.channel)
        let caller = Caller(user: peer.user, roles: roles.roles(of: peer))
        guard caller.may(.read) else { throw caller.refusal(.read) }
        var context = context
        context.caller = caller
        return try await next(request, context)
    }
}
