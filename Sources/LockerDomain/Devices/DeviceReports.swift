/// Where a text came from.
public struct TextSource: Sendable, Hashable {
    /// Port of the device, or `control`.
    public var device: String
    public var role: ScannerRole
    /// When the text is a phone number (`Station.phone(in:from:)`): the random key of its recipient, new or as it is kept
    /// beside the journal. Whoever hands the text in finds it, so that nothing random is decided.
    public var recipientKey: String?

    public init(device: String, role: ScannerRole, recipientKey: String? = nil) {
        self.device = device
        self.role = role
        self.recipientKey = recipientKey
    }
}

/// What a scanner port tells of its devices.
public enum ScannerReport: Sendable, Hashable {
    case attached(ScannerName, role: ScannerRole, usb: String, serial: String?)
    case detached(ScannerName)
    case faulted(ScannerName, reason: String)
}

/// What a probe of a camera found.
public enum CameraReading: Sendable, Hashable {
    case good
    case missed(reason: String)
}

/// What a HID device is used as.
public enum ScannerRole: String, Sendable, Codable {
    case scanner, keypad
}
