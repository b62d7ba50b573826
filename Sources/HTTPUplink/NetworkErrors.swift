import AsyncHTTPClient
import Glibc
package import LockerDomain
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// What the typed errors of NIO and async-http-client mean for the link.
package enum NetworkErrors {
    package static func fault(_ error: any Error, seconds: Int64) -> LinkFault {
        switch error {
        case let fault as LinkFault: fault
        case let error as HTTPClientError: fault(error, seconds: seconds)
        case let error as NIOConnectionError: fault(error)
        case let error as IOError: fault(errno: error.errnoCode)
        case is NIOTooManyBytesError: .answerTooLarge
        case ChannelError.connectTimeout: .noConnection(seconds: Limits.connectSeconds)
        case is ChannelError: .cut
        case HTTPParserError.invalidEOFState, HTTPParserError.closedConnection: .cut
        case is HTTPParserError: .notHTTP
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: .wrongName
        case NIOSSLError.uncleanShutdown: .cut
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: .tlsRefused
        default: LinkFault(error)
        }
    }

    private static func fault(_ error: HTTPClientError, seconds: Int64) -> LinkFault {
        switch error {
        // Until the handshake is done nothing of the body was sent: its size cannot matter.
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
            .noConnection(seconds: Limits.connectSeconds)
        case .deadlineExceeded, .readTimeout, .writeTimeout: .noAnswer(seconds: seconds)
        case .remoteConnectionClosed, .requestStreamCancelled: .cut
        default: .other(LinkFault.brief(error.shortDescription))
        }
    }

    private static func fault(_ error: NIOConnectionError) -> LinkFault {
        let attempts = error.connectionErrors.map(\.error)
        if attempts.isEmpty, let lookup = (error.dnsAError ?? error.dnsAAAAError) as? SocketAddressError.UnknownHost {
            return fault(lookup: lookup.errorCode)
        }
        return fault(connecting: attempts)
    }

    /// What a code of getaddrinfo means.
    package static func fault(lookup code: Int) -> LinkFault {
        [EAI_AGAIN, EAI_FAIL, EAI_SYSTEM].contains { Int($0) == code } ? .nameServerSilent : .nameNotFound
    }

    /// The most telling of the attempts: a name has several addresses, and an IPv6 one often has no route. A connect that
    /// is reset is refused; there was no connection to cut.
    package static func fault(connecting attempts: [any Error]) -> LinkFault {
        let attempts = attempts.map { attempt -> LinkFault in
            switch attempt {
            case ChannelError.connectTimeout: .noConnection(seconds: Limits.connectSeconds)
            case let error as IOError:
                switch fault(errno: error.errnoCode) {
                case .cut: .refused
                case let fault: fault
                }
            default: LinkFault(attempt)
            }
        }
        return attempts.first { $0 == .refused } ?? attempts.first { $0 != .noRoute } ?? attempts.first ?? .noRoute
    }

    private static func fault(errno: CInt) -> LinkFault {
        switch errno {
        case ECONNREFUSED: .refused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: .noRoute
        case ETIMEDOUT: .noConnection(seconds: Limits.connectSeconds)
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: .cut
        default: .other("errno \(errno)")
        }
    }
}
