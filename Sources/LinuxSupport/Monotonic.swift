import Glibc

/// CLOCK_MONOTONIC: time since the start of the machine without the time it slept; nobody sets it.
package enum Monotonic {
    package static var nanoseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    package static var milliseconds: Int64 { nanoseconds / 1_000_000 }

    /// Blocks the calling thread for the whole time, also when a signal comes.
    package static func sleep(milliseconds: Int64) {
        let end = nanoseconds + milliseconds * 1_000_000
        while true {
            let left = end - nanoseconds
            guard left > 0 else { return }
            var time = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
            nanosleep(&time, nil)
        }
    }
}
