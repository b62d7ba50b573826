import CountySQLite
import Logging
import NIOPosix
import ServiceLifecycle

/// Keeps the books up with what stations send, on a thread of its own: one look a process, whatever the number of stations.
/// While that fails, `BooksKeeper.trouble` says why.
struct BooksService: Service {
    let keeper: BooksKeeper
    let logger: Logger

    /// Pause between two looks for new events.
    private static let lookMilliseconds = 250

    func run() async throws {
        var wrong: String?
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                while try await NIOThreadPool.singleton.runIfActive({ try keeper.foldPage() }) == .full,
                    !Task.isShuttingDownGracefully
                {}
                if wrong != nil { logger.notice("the books are kept again") }
                wrong = nil
            } catch {
                // Events are stored all the same; the books catch up when the disk takes them.
                if wrong != "\(error)" { logger.error("the books are not kept: \(error)") }
                wrong = "\(error)"
            }
            // It fails only when the server stops, which the loop looks at.
            try? await cancelWhenGracefulShutdown {
                try await Task.sleep(for: .milliseconds(Self.lookMilliseconds))
            }
        }
    }
}
