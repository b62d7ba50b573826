import ControlAPI
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import StationPorts

/// Turns every error into a fault with words: no request ends in silence or an empty body.
struct FaultMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: ControlContext,
        next: (Request, ControlContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return try Self.response(to: error, request, context)
        }
    }

    /// The reply to a request that ended with an error, which the log has too.
    static func response(to error: any Error, _ request: Request, _ context: ControlContext) throws -> Response {
        let (status, fault) = reading(error, of: request)
        // The query and the body stay out of the log: a body can hold a token.
        context.logger.info(
            "control: \(request.method) \(request.uri.path): \(status.code) \(fault.message.printable)"
        )
        return try JSONReply.response(fault, status: status)
    }

    private static func reading(_ error: any Error, of request: Request) -> (HTTPResponse.Status, Fault) {
        switch error {
        case let fault as Fault: return (status(of: fault.code), fault)
        case let fault as ControlFault:
            let fault = Fault(Fault.Code(rawValue: fault.code.rawValue), fault.description)
            return (status(of: fault.code), fault)
        case let error as PeerError:
            return (.forbidden, Fault(.forbidden, "the kernel cannot tell who you are: \(error)"))
        case let error as HTTPError where error.status == .notFound:
            return (
                .notFound,
                Fault(.notFound, "there is no \(request.method) \(request.uri.path): is lockerctl of another version?")
            )
        case let error as HTTPError where error.status == .contentTooLarge: return tooLarge
        case is NIOTooManyBytesError: return tooLarge
        case let error as HTTPError: return (error.status, Fault(.invalid, error.body ?? error.status.reasonPhrase))
        default: return (.internalServerError, Fault(.failed, "the station failed: \(error)"))
        }
    }

    private static var tooLarge: (HTTPResponse.Status, Fault) {
        let most = ControlLimits.requestBytesMax
        return (.contentTooLarge, Fault(.tooLarge, "the body has more than \(most) bytes: send less"))
    }

    private static func status(of code: Fault.Code) -> HTTPResponse.Status {
        switch code {
        case .invalid: .badRequest
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .tooLarge: .contentTooLarge
        case .unavailable: .conflict
        default: .badGateway
        }
    }
}
