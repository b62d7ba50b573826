public import LockerDomain

/// Which device is used as what. Every part that is given must fit; without any, every keyboard fits.
public struct ScannerMatch: Sendable, Hashable {
    /// Vendor and product as hexadecimal digits, `05f9:2214`.
    public var usb: String?
    /// Port path as the kernel writes it, `1-1.2`.
    public var port: String?
    /// Serial number of the device.
    public var serial: String?
    /// What the device is used as.
    public var role: ScannerRole
    /// What a set-up code makes the scanner send in front of each barcode; empty for nothing.
    public var prefix: String
    /// What a set-up code makes it send behind each barcode, its line end not counted; empty for nothing.
    public var suffix: String

    /// A match; parts that are `nil` fit everything.
    public init(
        usb: String? = nil,
        port: String? = nil,
        serial: String? = nil,
        role: ScannerRole,
        prefix: String = "",
        suffix: String = ""
    ) {
        self.usb = usb
        self.port = port
        self.serial = serial
        self.role = role
        self.prefix = prefix
        self.suffix = suffix
    }

    /// A line as the device sent it, without its prefix and suffix; what it did not send stays untouched, and so does a line
    /// that is too long to be read.
    public func barcode(in line: String) -> String {
        guard line.unicodeScalars.count <= Limits.scanCharactersMax else { return line }
        var barcode = line.unicodeScalars[...]
        if barcode.starts(with: prefix.unicodeScalars) { barcode = barcode.dropFirst(prefix.unicodeScalars.count) }
        if barcode.reversed().starts(with: suffix.unicodeScalars.reversed()) {
            barcode = barcode.dropLast(suffix.unicodeScalars.count)
        }
        return String(barcode)
    }

    package func fits(_ device: USBDevice) -> Bool {
        (usb == nil || usb?.lowercased() == device.usb) && (port == nil || port == device.path)
            && (serial == nil || serial == device.serial)
    }
}

/// A device that is plugged in. Another plug makes another one, even at the same port.
package struct USBDevice: Sendable, Hashable {
    /// Bus and address; rising with each plug.
    package struct Key: Sendable, Hashable {
        package var bus: UInt8
        package var address: UInt8

        package init(bus: UInt8, address: UInt8) {
            (self.bus, self.address) = (bus, address)
        }
    }

    package var key: Key
    /// `05f9:2214`
    package var usb: String
    package var path: String
    package var serial: String?
    /// Boot keyboards that it has.
    package var keyboards: Int

    package init(key: Key, usb: String, path: String, serial: String? = nil, keyboards: Int) {
        (self.key, self.usb, self.path, self.serial, self.keyboards) = (key, usb, path, serial, keyboards)
    }
}
