/// The name of a door, shelf or camera, as `station.toml` takes it and support codes are made for it.
public enum PrintedName {
    /// Whether it is a name: no blanks, no control characters, and as many bytes as events carry.
    public static func isValid(_ text: String, bytesMax: Int = Limits.nameBytesMax) -> Bool {
        (1...bytesMax).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !(0x7F...0xA0).contains($0.value) }
    }
}
