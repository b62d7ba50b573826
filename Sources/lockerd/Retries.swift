import HostSupport
import LockerDomain
import Logging
import ServiceLifecycle

/// Tries something until it works: at once, then after pauses that grow. The fault stands on the board meanwhile.
struct Retries {
    let board: FaultBoard
    let logger: Logger

    /// Returns what `attempt` returned, or `nil` when the daemon is asked to stop.
    /// - Parameters:
    ///   - isFatal: whether an error is no matter of waiting; it is thrown.
    ///   - failed: called after each failure.
    func until<Result: Sendable>(
        _ part: @Sendable (any Error) -> FaultBoard.Part,
        isFatal: @Sendable (any Error) -> Bool = { _ in false },
        failed: @Sendable () async -> Void = {},
        _ attempt: @Sendable () async throws -> Result
    ) async throws -> Result? {
        var seconds = Limits.retrySeconds
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do { return try await attempt() } catch  where isFatal(error) { throw error } catch {
                if Task.isCancelled { return nil }
                let part = part(error)
                if board.set(part, "\(error)") {
                    logger.critical("\(error); tried again by itself", metadata: ["part": "\(part.rawValue)"])
                }
                await failed()
            }
            guard await Self.pause(seconds) else { return nil }
            seconds = min(seconds * 2, Limits.retrySecondsMax)
        }
        return nil
    }

    /// `false` when the pause was cut short because the daemon is asked to stop.
    static func pause(_ seconds: Int64) async -> Bool {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(seconds)) }
            return !Task.isShuttingDownGracefully
        } catch {
            return false
        }
    }
}
