import LockerDomain
import StationPorts
import Synchronization

/// A line whose first call does not get through until it is released; it notes what is sent.
final class HeldLine: UplinkPort {
    private let county: any UplinkPort
    private let sent = Mutex<[String]>([])
    private let gate: AsyncStream<Void>
    private let end: AsyncStream<Void>.Continuation

    init(_ county: any UplinkPort) {
        self.county = county
        (gate, end) = AsyncStream<Void>.makeStream()
    }

    var paths: [String] { sent.withLock { $0 } }

    func release() { end.finish() }

    func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        let isFirst = sent.withLock { paths in
            paths.append(request.path)
            return paths.count == 1
        }
        if isFirst { for await _ in gate {} }
        return try await county.exchange(request, seconds: seconds)
    }

    func reach() async -> Reachability { .accepted }
}

/// A line without a route until it comes up.
final class LateLine: UplinkPort {
    private let county: any UplinkPort
    private let failed = Mutex(0)
    private let isUp = Atomic(false)

    init(_ county: any UplinkPort) { self.county = county }

    var failures: Int { failed.withLock { $0 } }

    func comeUp() { isUp.store(true, ordering: .relaxed) }

    func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        guard isUp.load(ordering: .relaxed) else {
            failed.withLock { $0 += 1 }
            throw LinkFault.noRoute
        }
        return try await county.exchange(request, seconds: seconds)
    }

    func reach() async -> Reachability { isUp.load(ordering: .relaxed) ? .accepted : .noRoute }
}
