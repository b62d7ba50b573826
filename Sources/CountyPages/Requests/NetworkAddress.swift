/// An address of a computer: four bytes of IPv4 or sixteen of IPv6.
package struct NetworkAddress: Sendable, Hashable {
    package let bytes: [UInt8]

    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    private static let groups = 8

    /// Reads `192.0.2.7`, `2001:db8::1`, `::ffff:192.0.2.7` (which is 192.0.2.7), with or without `[…]`, without a port.
    package init?(_ text: String) {
        var text = Substring(text)
        if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
        // The zone behind `%` is of the machine alone.
        text = text.prefix { $0 != "%" }
        guard text.utf8.count <= CountyPagesLimits.networkAddressCharactersMax else { return nil }
        guard let bytes = text.utf8.contains(0x3A) ? Self.six(text) : Self.four(text) else { return nil }
        self.bytes = bytes.starts(with: Self.mapped) ? Array(bytes.dropFirst(Self.mapped.count)) : bytes
    }

    /// 127.0.0.0/8 or ::1: the machine itself.
    package var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
    }

    private static func four(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func six(_ text: Substring) -> [UInt8]? {
        guard let gap = text.firstRange(of: "::") else {
            guard let bytes = part(text), bytes.count == 2 * groups else { return nil }
            return bytes
        }
        guard let front = part(text[..<gap.lowerBound]), let back = part(text[gap.upperBound...]) else { return nil }
        let missing = 2 * groups - front.count - back.count
        guard missing > 0 else { return nil }
        return front + Array(repeating: 0, count: missing) + back
    }

    /// Groups between colons; the last may be an IPv4 address.
    private static func part(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= groups else { return nil }
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if part.utf8.contains(0x2E) {
                guard index == parts.count - 1, let four = four(part) else { return nil }
                bytes += four
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHex),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}

/// Addresses that begin alike, such as those of proxies.
public struct NetworkRange: Sendable, Hashable {
    private let first: NetworkAddress
    private let bits: Int

    /// Reads one address, or a range as `10.0.0.0/8`, `fd00::/8`; `nil` for what is neither.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = NetworkAddress(String(parts[0])) else { return nil }
        let most = first.bytes.count * 8
        guard parts.count == 2 else {
            (self.first, bits) = (first, most)
            return
        }
        guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let bits = Int(parts[1]), bits <= most
        else { return nil }
        (self.first, self.bits) = (first, bits)
    }

    package func contains(_ address: NetworkAddress) -> Bool {
        guard address.bytes.count == first.bytes.count else { return false }
        return (0..<bits).allSatisfy { bit in
            let mask = UInt8(0x80) >> (bit % 8)
            return address.bytes[bit / 8] & mask == first.bytes[bit / 8] & mask
        }
    }
}
