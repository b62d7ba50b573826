/// GBK, the code page 936 in which a Chinese Excel saves CSV. A table of our own: that of the C library is a plug-in that
/// small systems leave out.
enum GBK {
    /// The text, or `nil` where a byte or pair of bytes is not of GBK.
    static func decode(_ bytes: some Collection<UInt8>) -> String? {
        var text = String.UnicodeScalarView()
        var rest = bytes.makeIterator()
        while let lead = rest.next() {
            if lead < 0x80 {
                text.append(Unicode.Scalar(lead))
            } else {
                guard let trail = rest.next(), let scalar = scalar(lead, trail) else { return nil }
                text.append(scalar)
            }
        }
        return String(text)
    }

    /// 126 rows of 190: lead bytes from 0x81, trail bytes 0x40 to 0xFE without 0x7F.
    private static func scalar(_ lead: UInt8, _ trail: UInt8) -> Unicode.Scalar? {
        guard (0x81...0xFE).contains(lead), (0x40...0xFE).contains(trail), trail != 0x7F else { return nil }
        let column = Int(trail) - 0x40 - (trail > 0x7F ? 1 : 0)
        let unit = scalars[(Int(lead) - 0x81) * 190 + column]
        return unit == gap ? nil : Unicode.Scalar(unit)
    }

    private static let gap = UInt16(0x2D)
    private static let scalars = table.utf16.filter { $0 != 0x0A }
}
