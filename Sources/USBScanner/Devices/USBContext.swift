import CLibUSB
import Glibc

/// libusb, and what it finds; used by one thread.
final class USBContext {
    /// What a reader got.
    enum Event {
        case report(reader: UInt32, interface: UInt8, bytes: [UInt8])
        case ended(reader: UInt32, DeviceBook.Trouble)
    }

    private static let devicesMax = 128

    private let usb: OpaquePointer
    /// Devices that only a second context sees.
    private var extra: [lk_usb_device] = []
    private var known: [USBDevice.Key: lk_usb_device] = [:]
    private var readers: [UInt32: OpaquePointer] = [:]

    /// Throws libusb's name of the error.
    init() throws(Failure) {
        var opened: OpaquePointer?
        let result = lk_usb_open(&opened)
        guard result == 0, let opened else { throw Failure(name: Self.name(result)) }
        usb = opened
    }

    deinit {
        for reader in readers.values { lk_usb_reader_close(reader) }
        lk_usb_close(usb)
    }

    struct Failure: Error { let name: String }

    /// Waits for something to happen. `true` when devices came or went.
    func wait(milliseconds: Int64) throws(Failure) -> Bool {
        let result = lk_usb_wait(usb, Int32(clamping: max(milliseconds, 0)))
        guard result >= 0 else { throw Failure(name: Self.name(result)) }
        return result > 0
    }

    /// The oldest event that was not taken yet.
    func nextEvent() -> Event? {
        var event = lk_usb_event()
        guard lk_usb_next(usb, &event) else { return nil }
        guard event.error == 0 else { return .ended(reader: event.reader, Self.trouble(event.error)) }
        let bytes = withUnsafeBytes(of: event.bytes) { Array($0.prefix(Int(event.length))) }
        return .report(reader: event.reader, interface: event.interface, bytes: bytes)
    }

    /// What is plugged in. `thorough` also asks a second context, which is right on systems without udev too.
    func devices(thorough: Bool) -> [USBDevice]? {
        guard let listed = list(fresh: false) else { return nil }
        if thorough, let fresh = list(fresh: true) { extra = fresh }
        known = [:]
        for device in listed + extra where known[Self.key(device)] == nil && Self.isThere(device) {
            known[Self.key(device)] = device
        }
        return known.values.map(Self.describe)
    }

    /// Opens a device and begins to read.
    func open(_ key: USBDevice.Key, as number: UInt32) throws(DeviceBook.Trouble) {
        guard var device = known[key] else { throw .gone }
        guard device.keyboards > 0 else { throw .noKeyboard }
        var reader: OpaquePointer?
        let result = lk_usb_reader_open(usb, &device, number, &reader)
        guard result == 0, let reader else { throw Self.trouble(result) }
        readers[number] = reader
    }

    func close(_ number: UInt32) {
        if let reader = readers.removeValue(forKey: number) { lk_usb_reader_close(reader) }
    }

    private func list(fresh: Bool) -> [lk_usb_device]? {
        var devices = [lk_usb_device](repeating: lk_usb_device(), count: Self.devicesMax)
        let count = lk_usb_list(usb, fresh, &devices, Int32(Self.devicesMax))
        return count < 0 ? nil : Array(devices.prefix(Int(count)))
    }

    private static func key(_ device: lk_usb_device) -> USBDevice.Key {
        USBDevice.Key(bus: device.bus, address: device.address)
    }

    private static func describe(_ device: lk_usb_device) -> USBDevice {
        let path = withUnsafeBytes(of: device.path) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return USBDevice(
            key: key(device),
            usb: hex(device.vendor) + ":" + hex(device.product),
            path: path,
            serial: serial(path),
            keyboards: Int(device.keyboards)
        )
    }

    private static func hex(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    private static func isThere(_ device: lk_usb_device) -> Bool {
        func three(_ number: UInt8) -> String { String(String(1_000 + Int(number)).dropFirst()) }
        return access("/dev/bus/usb/\(three(device.bus))/\(three(device.address))", F_OK) == 0
    }

    /// As the kernel read it: asking the device again makes some scanners hang.
    private static func serial(_ path: String) -> String? {
        guard let file = fopen("/sys/bus/usb/devices/\(path)/serial", "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes.prefix(count).prefix { $0 != 0x0A }, as: UTF8.self)
        return text.isEmpty ? nil : text
    }

    private static func trouble(_ error: Int32) -> DeviceBook.Trouble {
        switch Int(error) {
        case LK_USB_ACCESS: .noPermission
        case LK_USB_BUSY: .taken
        case LK_USB_NOT_FOUND: .noKeyboard
        case LK_USB_NO_DEVICE: .gone
        default: .other(name(error))
        }
    }

    private static func name(_ error: Int32) -> String {
        lk_usb_error_name(error).map { String(cString: $0) } ?? "error \(error)"
    }
}
