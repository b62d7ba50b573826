import Glibc
import LockerDomain
import NIOCore
import NIOPosix

/// Why a camera could not be reached, in words for a technician.
enum ConnectionFault {
    static func words(_ error: any Error, _ url: NetworkURL) -> String {
        let failure = error as? NIOConnectionError
        let attempts = failure?.connectionErrors.map(\.error) ?? [error]
        let codes = attempts.compactMap { ($0 as? IOError)?.errnoCode }
        if attempts.isEmpty, failure?.dnsAError != nil || failure?.dnsAAAAError != nil {
            return "no address is known for \(url.host): correct the name, or write its address in numbers"
        }
        switch codes.first {
        case ECONNREFUSED: return "\(url.host) is there, but nothing answers on port \(url.port): correct its port"
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN:
            return "no way to \(url.host): check its power, cable and address"
        case let code? where code != ETIMEDOUT: return "no connection to \(url.host):\(url.port), errno \(code)"
        default: return "nothing answers at \(url.host):\(url.port): check its power, cable and address"
        }
    }
}
