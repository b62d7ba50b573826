import CLinux
import Glibc

/// A pipe that ends another thread's `ppoll`. Safe from any thread; closed with the last reference.
package final class WakePipe: Sendable {
    /// Polls readable after `signal`, until `clear`.
    package let reader: Int32
    private let writer: Int32

    /// `nil` when the process has no descriptors left.
    package init?() {
        var ends: (reader: Int32, writer: Int32) = (-1, -1)
        guard lk_pipe(&ends.reader, &ends.writer) == 0 else { return nil }
        (reader, writer) = ends
    }

    deinit {
        close(reader)
        close(writer)
    }

    package func signal() {
        var byte: UInt8 = 1
        // A full pipe is signalled already.
        _ = write(writer, &byte, 1)
    }

    package func clear() {
        var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        while withUnsafeMutableBytes(of: &bytes, { read(reader, $0.baseAddress, $0.count) }) > 0 {}
    }

    /// Waits for `signal` until a time of `Monotonic`; `false` when it did not come.
    package func wait(untilNanoseconds end: Int64) -> Bool {
        while true {
            var ready = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
            if lk_poll(&ready, 1, end - Monotonic.nanoseconds) > 0 { return true }
            if Monotonic.nanoseconds >= end { return false }
        }
    }
}
