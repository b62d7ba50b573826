import LinuxSupport
import LockerDomain
import StationPorts

/// What the thread "scanners" does: devices come and go, reports become text.
final class ScannerWorker {
    /// A second context looks for what the first was not told.
    private static let rescanMilliseconds: Int64 = 30_000
    /// Longest wait, so that a stop is seen in time.
    private static let tickMilliseconds: Int64 = 250
    /// Pause before libusb is started again.
    private static let restartMilliseconds: Int64 = 1_000

    private struct Reader {
        var key: USBDevice.Key
        var source: TextSource
        var match: ScannerMatch
        /// One for each keyboard interface.
        var decoders: [UInt8: HIDKeyboardDecoder] = [:]
    }

    private let mailbox: ScannerMailbox
    private let report: @Sendable (ScannerFeed) -> Void
    private var book: DeviceBook
    private var context: USBContext?
    private var readers: [UInt32: Reader] = [:]
    private var lastNumber: UInt32 = 0
    private var rescanAt: Int64 = 0

    init(matches: [ScannerMatch], mailbox: ScannerMailbox, report: @escaping @Sendable (ScannerFeed) -> Void) {
        self.mailbox = mailbox
        self.report = report
        book = DeviceBook(matches: matches)
    }

    /// Runs until the mailbox is stopped; then every device is closed.
    func run() {
        var restartAt = Int64.min
        while !mailbox.isStopping {
            if let context {
                do throws(USBContext.Failure) {
                    try turn(context)
                } catch {
                    lose(error.name)
                    restartAt = Monotonic.milliseconds + Self.restartMilliseconds
                }
            } else if Monotonic.milliseconds >= restartAt {
                restartAt = Monotonic.milliseconds + Self.restartMilliseconds
                begin()
            } else {
                Monotonic.sleep(milliseconds: Self.tickMilliseconds)
            }
        }
        context = nil
        mailbox.finish()
    }

    private func begin() {
        do throws(USBContext.Failure) {
            context = try USBContext()
            rescanAt = 0
            mailbox.fault = nil
        } catch {
            mailbox.fault =
                "USB: libusb cannot start (\(error.name)); check that /dev/bus/usb is there and lockerd may see it"
        }
    }

    private func lose(_ name: String) {
        mailbox.fault = "USB: libusb failed (\(name)); it is being started again"
        readers = [:]
        context = nil
        for entry in book.removeAll() { report(.device(entry)) }
    }

    private func turn(_ context: USBContext) throws(USBContext.Failure) {
        let now = Monotonic.milliseconds
        let due = min(now + Self.tickMilliseconds, rescanAt, book.nextTryAt ?? .max, nextDeadline ?? .max)
        var changed = try context.wait(milliseconds: due - now)
        var after = Monotonic.milliseconds
        while let event = context.nextEvent() { take(event, context, after) }
        if let deadline = nextDeadline, deadline <= after {
            // Silence is what a device keeps, not what this thread slept through: first comes what waits already.
            if try context.wait(milliseconds: 0) { changed = true }
            while let event = context.nextEvent() { take(event, context, after) }
            endIdleLines(after)
            after = Monotonic.milliseconds
        }
        let tryAt = book.nextTryAt ?? .max
        guard changed || after >= min(rescanAt, tryAt) else { return }
        look(context, after)
    }

    private var nextDeadline: Int64? {
        readers.values.flatMap { $0.decoders.values.compactMap(\.deadline) }.min()
    }

    private func take(_ event: USBContext.Event, _ context: USBContext, _ now: Int64) {
        switch event {
        case .report(let number, let interface, let bytes):
            guard var reader = readers.removeValue(forKey: number) else { return }
            var decoder = reader.decoders[interface] ?? HIDKeyboardDecoder(role: reader.source.role)
            if let deadline = decoder.deadline, deadline <= now { decoder.excuse(until: now) }
            let lines = decoder.feed(report: bytes, at: now)
            reader.decoders[interface] = decoder
            readers[number] = reader
            tell(lines, of: reader)
        case .ended(let number, let trouble):
            guard let reader = readers.removeValue(forKey: number) else { return }
            context.close(number)
            if let entry = book.ended(reader.key, trouble, at: now) { report(.device(entry)) }
        }
    }

    private func endIdleLines(_ now: Int64) {
        for (number, reader) in readers {
            for (interface, decoder) in reader.decoders where decoder.deadline.map({ $0 <= now }) ?? false {
                let lines = readers[number]?.decoders[interface]?.idle(at: now) ?? []
                tell(lines, of: reader)
            }
        }
    }

    private func tell(_ lines: [String], of reader: Reader) {
        for line in lines { report(.text(reader.match.barcode(in: line), from: reader.source)) }
    }

    /// Looks what is plugged in, lets go what is gone, opens what is due.
    private func look(_ context: USBContext, _ now: Int64) {
        let isThorough = now >= rescanAt
        if isThorough { rescanAt = now + Self.rescanMilliseconds }
        if let devices = context.devices(thorough: isThorough) {
            let (gone, reports) = book.update(devices, at: now)
            for (number, reader) in readers where gone.contains(reader.key) {
                readers[number] = nil
                context.close(number)
            }
            for entry in reports { report(.device(entry)) }
        }
        for device in book.due(at: now) { open(device, context) }
    }

    private func open(_ device: USBDevice, _ context: USBContext) {
        guard let match = book.match(of: device.key) else { return }
        lastNumber &+= 1
        do throws(DeviceBook.Trouble) {
            try context.open(device.key, as: lastNumber)
            let source = TextSource(device: device.path, role: match.role)
            readers[lastNumber] = Reader(key: device.key, source: source, match: match)
            if let entry = book.opened(device.key, at: Monotonic.milliseconds) { report(.device(entry)) }
        } catch {
            if let entry = book.failed(device.key, error, at: Monotonic.milliseconds) { report(.device(entry)) }
        }
    }
}
