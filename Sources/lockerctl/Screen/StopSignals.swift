import Dispatch
import Glibc

/// Ctrl-C and its kin, so that the terminal is restored before the program ends.
enum StopSignals {
    /// Returns when the program is asked to stop, or the task is cancelled.
    static func wait() async {
        let (stops, report) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            // The source only sees what the default action does not take first.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { report.yield() }
            source.resume()
            return source
        }
        for await _ in stops { break }
        for source in sources { source.cancel() }
    }
}
