import ControlAPI
import HTTPTypes
import Hummingbird
import HummingbirdCore
import LockerDomain
import Logging
import StationBooks
import StationPorts

/// What the control socket serves; every route says which role it needs.
struct ControlRoutes: Sendable {
    let port: any ControlPort
    let roles: RoleGroups
    let peers: any PeerSource

    func router() -> Router<ControlContext> {
        let router = Router(context: ControlContext.self)
        router.add(middleware: FaultMiddleware())
        router.add(middleware: CallerMiddleware(roles: roles, peers: peers))
        let port = port
        get(router, ControlPath.status) { _ in StatusReply(await port.view(), await port.uplink()) }
        get(router, ControlPath.doors) { _ in
            let view = try await Self.books(port)
            return DoorsReply(state: view.state, settings: view.settings)
        }
        get(router, ControlPath.parcels) { _ in ParcelsReply(state: try await Self.books(port).state) }
        get(router, ControlPath.events) { try await EventsQuery($0).reply(from: port) }
        get(router, ControlPath.uplink) { _ in LinkReply(await port.uplink()) }
        get(router, ControlPath.screen) { _ in ScreenReply(await port.screen()) }
        get(router, ControlPath.shipments) { _ in ShipmentsReply(state: try await Self.books(port).state) }
        get(router, ControlPath.report) { try await ReportQuery($0).reply(from: port) }
        get(router, ControlPath.promise) { _ in
            let settings = await port.view().settings
            return PromiseReply(settings.promise, settings.policy)
        }
        get(router, ControlPath.tell, .workParcels) { _ in
            let view = try await Self.books(port)
            return TellReply(station: view.station, state: view.state, now: view.now)
        }
        post(router, ControlPath.scan, .workParcels) { (scan: ScanRequest, _) in
            ScanReply(answers: try await port.scan(scan.text, role: scan.role))
        }
        post(router, ControlPath.enrol, .maintain) { (enrol: EnrolRequest, caller) in
            guard !enrol.token.isEmpty else { throw Fault(.invalid, "the field \"token\" is empty") }
            try await port.enrol(token: enrol.token, by: caller.name)
            return EnrolReply(enrolled: true)
        }
        router.post(RouterPath(ControlPath.scanSheet)) { try await Self.scanSheet($0, $1, port) }
        get(router, ControlPath.clock) { _ in ClockReply(await port.clock()) }
        post(router, ControlPath.setClock, .maintain) { (request: ClockRequest, caller) in
            let wall = try request.wall()
            try await port.setClock(wall, isForced: request.force ?? false, by: caller.name)
            return ClockReply(await port.clock())
        }
        get(router, ControlPath.backup) { _ in BackupReply(await port.backups()) }
        post(router, ControlPath.makeBackup, .workParcels) { (_: BackupRequest, _) in
            BackupReply(try await port.backUp())
        }
        return router
    }

    /// The station as its journal proves it; without one, an empty list would be a lie.
    private static func books(_ port: any ControlPort) async throws -> StationView {
        let view = await port.view()
        guard view.hasBooks else {
            throw ControlFault(.unavailable, "the journal is not open: \(view.faults.first ?? "wait")")
        }
        return view
    }

    /// Waits for a scan as long as the caller is there: who goes away holds up nobody else. No body is read.
    private static func scanSheet(
        _ request: Request,
        _ context: ControlContext,
        _ port: any ControlPort
    ) async throws -> Response {
        let caller = try caller(of: context, may: .maintain)
        log(ControlPath.scanSheet, by: caller, context)
        var response: Response
        do {
            let token = try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await port.sheetToken(milliseconds: ControlLimits.sheetSeconds * 1_000)
            }
            response = try JSONReply.response(EnrolRequest(token: token))
        } catch is CancellationError {
            let gone = Fault(.unavailable, "the caller went away (调用方已断开)")
            response = try FaultMiddleware.response(to: gone, request, context)
        } catch {
            response = try FaultMiddleware.response(to: error, request, context)
        }
        // Hummingbird ends a connection that was watched, whatever the reply: nobody is to send the next call on it.
        response.headers[.connection] = "close"
        return response
    }

    private func get<Reply: Encodable & SendableMetatype>(
        _ router: Router<ControlContext>,
        _ path: String,
        _ need: ControlRole.Need = .read,
        _ answer: @escaping @Sendable (Request) async throws -> Reply
    ) {
        router.get(RouterPath(path)) { request, context in
            _ = try Self.caller(of: context, may: need)
            return try JSONReply.response(try await answer(request))
        }
    }

    private func post<Body: Decodable & SendableMetatype, Reply: Encodable & SendableMetatype>(
        _ router: Router<ControlContext>,
        _ path: String,
        _ need: ControlRole.Need,
        _ answer: @escaping @Sendable (Body, Caller) async throws -> Reply
    ) {
        router.post(RouterPath(path)) { request, context in
            let caller = try Self.caller(of: context, may: need)
            let body = try await JSONBody.read(Body.self, from: request)
            Self.log(path, by: caller, context)
            return try JSONReply.response(try await answer(body, caller))
        }
    }

    private static func log(_ path: String, by caller: Caller, _ context: ControlContext) {
        context.logger.info(
            "control: \(path) by \(caller.name)",
            metadata: ["caller": "\(caller.name)", "path": "\(path)"]
        )
    }

    private static func caller(of context: ControlContext, may need: ControlRole.Need) throws -> Caller {
        guard let caller = context.caller else { throw PeerError(description: "no caller was found") }
        guard caller.may(need) else { throw caller.refusal(need) }
        return caller
    }
}
