/// Where a client comes from, as tries are counted by it.
enum NetworkPlace {
    private static let groups = 8
    private static let networkGroups = 4

    /// An IPv4 address stays as it is. Of an IPv6 address the network of 64 bits counts, of which one computer has all
    /// addresses; `::ffff:192.0.2.7` is 192.0.2.7. Another text is cut and stays.
    static func of(_ address: String) -> String {
        let text = String(address.prefix(CountyBooksLimits.auditAddressCharactersMax)).lowercased()
        let plain = text.split(separator: "%", omittingEmptySubsequences: false).first.map(String.init) ?? text
        guard plain.contains(":") else { return plain }
        if plain.contains("."), let last = plain.split(separator: ":").last { return String(last) }
        guard let numbers = numbers(of: plain) else { return plain }
        return numbers.prefix(networkGroups).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    private static func numbers(of text: String) -> [UInt16]? {
        let ends = text.split(separator: "::", omittingEmptySubsequences: false)
        guard ends.count <= 2 else { return nil }
        let parts = ends.map { $0.split(separator: ":").map { UInt16($0, radix: 16) } }
        let given = parts.reduce(0) { $0 + $1.count }
        guard ends.count == 2 ? given < groups : given == groups else { return nil }
        let zeros = Array(repeating: UInt16(0) as UInt16?, count: groups - given)
        let all = (parts.first ?? []) + zeros + (ends.count == 2 ? parts[1] : [])
        let numbers = all.compactMap { $0 }
        return numbers.count == groups ? numbers : nil
    }
}
