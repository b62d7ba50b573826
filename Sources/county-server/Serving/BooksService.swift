import CountySQLite
import Logging
import NIOPosix
import ServiceLifecycle

/// Keeps the books up with what stations send, on a thread of its own: one look a process, whatever the number of stations.
struct BooksService: Service {
    let keeper: BooksKeeper
    let logger: Logger

    /// Pause between two looks for new events.
    private static let lookMilliseconds = 250

    func run() async throws {
        var wasWrong = false
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                while try await NIOThreadPool.singleton.runIfActive({ try keeper.foldPage() }),
                    !Task.isShuttingDownGracefully
                {}
                if wasWrong { logger.notice("the books are kept again") }
                wasWrong = false
            } catch {
                // Events are stored all the same; the books catch up when the disk takes them.
                if !wasWrong { logger.error("the books are not kept: \(error)") }
                wasWrong = true
            }
            // It fails only when the server stops, which the loop looks at.
            try? await cancelWhenGracefulShutdown {
                try await Task.sleep(for: .milliseconds(Self.lookMilliseconds))
            }
        }
    }
}
