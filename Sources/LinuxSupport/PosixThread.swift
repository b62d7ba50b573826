import CLinux
import Glibc

/// A thread of our own: its timing must not depend on what a shared pool is doing.
package enum PosixThread {
    private final class Body {
        let name: String
        let run: () -> Void

        init(_ name: String, _ run: @escaping () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Starts a detached thread that runs `run` once with all signals blocked. `name` has at most 15 bytes.
    /// Returns 0 or the error number.
    package static func start(_ name: String, _ run: sending @escaping () -> Void) -> Int32 {
        let body = Unmanaged.passRetained(Body(name, run))
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                var signals = sigset_t()
                sigfillset(&signals)
                pthread_sigmask(SIG_BLOCK, &signals, nil)
                lk_name_thread(body.name)
                body.run()
                return nil
            },
            body.toOpaque()
        )
        if result == 0 { pthread_detach(thread) } else { body.release() }
        return result
    }

    /// Asks for real-time scheduling of the calling thread; `false` without the permission for it.
    package static func becomeRealTime(priority: Int32) -> Bool {
        var parameters = sched_param()
        parameters.sched_priority = priority
        return pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters) == 0
    }
}
