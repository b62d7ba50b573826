package import LockerDomain

/// What is known of each device that fits, and when it is to be opened. Pure; times are milliseconds of one monotonic
/// clock. Right after a plug a device may have no interface yet, the kernel's driver or no permission: only what lasts
/// is told as a fault.
package struct DeviceBook: Sendable {
    /// Why a device cannot be read.
    package enum Trouble: Error, Hashable {
        case noPermission, taken, noKeyboard, gone
        case other(String)
    }

    /// Trouble that lasts this long is told.
    static let graceMilliseconds: Int64 = 1_000
    static let firstPauseMilliseconds: Int64 = 20
    static let lastPauseMilliseconds: Int64 = 2_000
    /// A reader that lasted this long was a good one.
    static let goodMilliseconds: Int64 = 10_000

    private struct Entry: Sendable {
        var device: USBDevice
        var match: ScannerMatch
        var isReading = false
        /// When the present trouble began.
        var since: Int64
        var openedAt: Int64 = 0
        var hasEnded = false
        var pause = DeviceBook.firstPauseMilliseconds
        var tryAt: Int64
        /// Whether `attached` or `faulted` was the last that was told.
        var isTold = false
        var fault: String?
    }

    private let matches: [ScannerMatch]
    private var entries: [USBDevice.Key: Entry] = [:]

    package init(matches: [ScannerMatch]) {
        self.matches = matches
    }

    /// Compares with what is plugged in now. Readers of `gone` are to be closed.
    package mutating func update(_ devices: [USBDevice], at now: Int64) -> (
        gone: [USBDevice.Key], reports: [ScannerReport]
    ) {
        let present = Dictionary(devices.map { ($0.key, $0) }) { first, _ in first }
        let gone = entries.keys.filter { present[$0] == nil }
        let reports = gone.compactMap { forget($0) }
        for device in devices {
            if entries[device.key] != nil {
                entries[device.key]?.device = device
            } else if let match = matches.first(where: { $0.fits(device) }) {
                entries[device.key] = Entry(device: device, match: match, since: now, tryAt: now)
            }
        }
        return (gone, reports)
    }

    /// Drops every device, as when libusb itself has to be started again.
    mutating func removeAll() -> [ScannerReport] {
        entries.keys.compactMap { forget($0) }
    }

    /// Devices that are to be opened now.
    package func due(at now: Int64) -> [USBDevice] {
        entries.values.filter { !$0.isReading && $0.tryAt <= now }.map(\.device)
    }

    /// When the next device is to be opened.
    package var nextTryAt: Int64? {
        entries.values.filter { !$0.isReading }.map(\.tryAt).min()
    }

    /// What the device is used as.
    func match(of key: USBDevice.Key) -> ScannerMatch? { entries[key]?.match }

    /// The device is open and its transfers run.
    package mutating func opened(_ key: USBDevice.Key, at now: Int64) -> ScannerReport? {
        guard var entry = entries[key] else { return nil }
        entry.isReading = true
        entry.openedAt = now
        entry.isTold = true
        entry.fault = nil
        entries[key] = entry
        return .attached(
            ScannerName(rawValue: entry.device.path),
            role: entry.match.role,
            usb: entry.device.usb,
            serial: entry.device.serial
        )
    }

    /// The device could not be opened.
    package mutating func failed(_ key: USBDevice.Key, _ trouble: Trouble, at now: Int64) -> ScannerReport? {
        guard var entry = entries[key] else { return nil }
        entry.tryAt = now + entry.pause
        entry.pause = min(entry.pause * 2, Self.lastPauseMilliseconds)
        defer { entries[key] = entry }
        guard trouble != .gone, now - entry.since >= Self.graceMilliseconds else { return nil }
        return tell(Self.text(trouble, entry.device), &entry)
    }

    /// A reader came to an end although nobody closed it. A device that is being pulled out answers with errors before
    /// it is gone: it is detached at once, and a fault only if it stays and goes on failing.
    package mutating func ended(_ key: USBDevice.Key, _ trouble: Trouble, at now: Int64) -> ScannerReport? {
        guard var entry = entries[key] else { return nil }
        if now - entry.openedAt >= Self.goodMilliseconds { entry.pause = Self.firstPauseMilliseconds }
        if !entry.hasEnded || now - entry.openedAt >= Self.graceMilliseconds { entry.since = now }
        entry.hasEnded = true
        entry.isReading = false
        entry.tryAt = now + entry.pause
        entry.pause = min(entry.pause * 2, Self.lastPauseMilliseconds)
        defer { entries[key] = entry }
        if trouble != .gone, now - entry.since >= Self.graceMilliseconds {
            return tell(Self.text(trouble, entry.device), &entry)
        }
        entry.isTold = false
        return .detached(ScannerName(rawValue: entry.device.path))
    }

    private func tell(_ reason: String, _ entry: inout Entry) -> ScannerReport? {
        guard entry.fault != reason else { return nil }
        entry.fault = reason
        entry.isTold = true
        return .faulted(ScannerName(rawValue: entry.device.path), reason: reason)
    }

    private mutating func forget(_ key: USBDevice.Key) -> ScannerReport? {
        guard let entry = entries.removeValue(forKey: key), entry.isTold else { return nil }
        return .detached(ScannerName(rawValue: entry.device.path))
    }

    private static func text(_ trouble: Trouble, _ device: USBDevice) -> String {
        let thing = "\(device.usb) at port \(device.path)"
        return switch trouble {
        case .noPermission: "\(thing): no permission; install the udev rule or give lockerd the group of the device"
        case .taken: "\(thing): another program reads it; stop that program (lsof +D /dev/bus/usb)"
        case .noKeyboard: "\(thing): it is not in USB keyboard mode; scan that set-up code of its manual"
        case .gone: "\(thing): it is gone"
        case .other(let name): "\(thing): it does not answer (\(name)); plug it in again or try another cable"
        }
    }
}
