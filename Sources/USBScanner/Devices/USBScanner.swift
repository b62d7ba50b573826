import Glibc
import LinuxSupport
public import StationPorts
import Synchronization

/// Scanners and number pads that are USB keyboards, read through libusb so that no console sees the keys.
///
/// A thread "scanners" owns libusb. A device that fits is attached once its transfers run: every key after that counts.
/// What is plugged in later is found within a second (30 s without udev). No device, and even no USB, is no error.
public final class USBScanner: ScannerPort {
    private let matches: [ScannerMatch]
    private let mailbox = ScannerMailbox()

    /// The first match that fits a device gives its role; a device that none fits is left to the kernel.
    public init(matches: [ScannerMatch]) {
        self.matches = matches
    }

    /// Why USB as a whole does not work, with the mend; `nil` when it does. Safe from any thread.
    public var fault: String? { mailbox.fault }

    /// Throws `USBError` when it was started before or the process has no thread left.
    public func start(report: @escaping @Sendable (ScannerFeed) -> Void) throws {
        guard mailbox.begin() else { throw USBError(description: "scanners: they were started before; make new ones") }
        let worker = ScannerWorker(matches: matches, mailbox: mailbox, report: report)
        let code = PosixThread.start("scanners") { worker.run() }
        guard code == 0 else {
            mailbox.finish()
            throw USBError(description: "thread scanners: error \(code); raise TasksMax=")
        }
    }

    /// Closes every device and gives it back to the kernel. Blocks until done (at most 1 s). Safe from any thread.
    public func stop() {
        mailbox.stop()
        let end = Monotonic.milliseconds + 1_000
        while !mailbox.isFinished, Monotonic.milliseconds < end { Monotonic.sleep(milliseconds: 5) }
    }
}

/// Why the scanners could not be started: thing, cause, mend.
public struct USBError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One line.
    public let description: String
}

/// Where the scanners' thread and everybody else meet.
final class ScannerMailbox: Sendable {
    private struct State: Sendable {
        var hasBegun = false
        var isStopping = false
        var isFinished = true
        var fault: String?
    }

    private let state = Mutex(State())

    /// `false` when it has begun before.
    func begin() -> Bool {
        state.withLock { state in
            guard !state.hasBegun else { return false }
            state.hasBegun = true
            state.isFinished = false
            return true
        }
    }

    func stop() { state.withLock { $0.isStopping = true } }
    func finish() { state.withLock { $0.isFinished = true } }
    var isStopping: Bool { state.withLock { $0.isStopping } }
    var isFinished: Bool { state.withLock { $0.isFinished } }
    var fault: String? {
        get { state.withLock { $0.fault } }
        set { state.withLock { $0.fault = newValue } }
    }
}
