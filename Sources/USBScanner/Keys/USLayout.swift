/// US layout of the HID keyboard page (HID usage tables 1.4, page 0x07). Scanners are set to it whatever the country.
enum USLayout {
    /// Keys that do something else than give a character.
    enum Special {
        static let enter: UInt8 = 0x28
        static let escape: UInt8 = 0x29
        static let backspace: UInt8 = 0x2A
        static let tab: UInt8 = 0x2B
        static let keypadEnter: UInt8 = 0x58
    }

    private static let plain = Array(
        "abcdefghijklmnopqrstuvwxyz1234567890\r\u{1B}\u{08}\t -=[]\\#;'`,./".unicodeScalars
    )
    private static let shifted = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\r\u{1B}\u{08}\t _+{}|~:\"~<>?".unicodeScalars
    )
    private static let keypad = Array("/*-+\r1234567890.".unicodeScalars)

    /// The character of a key; `nil` when it has none.
    static func character(_ usage: UInt8, shift: Bool) -> Unicode.Scalar? {
        switch usage {
        case 0x04...0x38: (shift ? shifted : plain)[Int(usage) - 0x04]
        case 0x54...0x63: keypad[Int(usage) - 0x54]
        case 0x64: shift ? "|" : "\\"
        case 0x67: "="
        case 0x85: ","
        default: nil
        }
    }

    /// The digit of a number-pad key.
    static func keypadDigit(_ usage: UInt8) -> UInt32? {
        switch usage {
        case 0x59...0x61: UInt32(usage) - 0x58
        case 0x62: 0
        default: nil
        }
    }

    /// The control character that Control gives with a key: Control-] is 0x1D.
    static func control(_ usage: UInt8) -> Unicode.Scalar? {
        guard let character = character(usage, shift: false), character.isASCII else { return nil }
        return switch character {
        case "a"..."z", "[", "\\", "]": Unicode.Scalar(character.value & 0x1F)
        default: nil
        }
    }
}
