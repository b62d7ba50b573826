import LockerDomain

/// `prefix` and `suffix` of a `[[scanner]]`: what a set-up code makes it send around every barcode.
extension TableReader {
    /// One of the two; `nil` where it is not set.
    mutating func affix(_ key: String, of role: ScannerRole) throws(ConfigurationFault) -> String? {
        guard let affix = try string(key) else { return nil }
        guard role == .scanner else {
            throw fault(key, "\(key) of a keypad: people type no \(key)", "remove it, or write role = \"scanner\"")
        }
        let isLineEnd: (Unicode.Scalar) -> Bool = { "\t\n\r".unicodeScalars.contains($0) }
        guard !affix.unicodeScalars.contains(where: isLineEnd) else {
            throw fault(key, "\(key) holds Enter or Tab, which end a scan by themselves", "leave them out")
        }
        guard affix.unicodeScalars.allSatisfy({ (0x01...0x7E).contains($0.value) }),
            (1...Limits.scannerAffixCharactersMax).contains(affix.utf8.count)
        else {
            throw fault(
                key,
                "\(key) is not 1 to \(Limits.scannerAffixCharactersMax) characters that a keyboard types",
                "write what the scanner sends, as \"~\" or \"\\u0002\""
            )
        }
        return affix
    }

    /// What is allowed but takes characters from the numbers that begin or end with them.
    func warning(ofAffix affix: String, _ key: String) -> String? {
        let isNumber = affix.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D
        }
        guard isNumber else { return nil }
        return fault(
            key,
            "\(key) = \"\(affix)\" may be part of a number: it is taken off those that hold it, too",
            "let the scanner send a character that no number holds, as ~"
        ).description
    }
}
