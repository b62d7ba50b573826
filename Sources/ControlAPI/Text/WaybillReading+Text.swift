public import LockerDomain

extension WaybillReading {
    /// What a barcode probably is.
    public func lines(style: TextStyle) -> [String] {
        var pairs = TextPairs()
        pairs.add("Number 运单号", normalized.isEmpty ? "not shown" : normalized)
        if stem != normalized { pairs.add("Parent 母单号", stem) }
        pairs.add("Kind", kind.rawValue)
        let hints = brands.map { "\($0.brand) \($0.percent) %" }.joined(separator: ", ")
        pairs.add("Brand 品牌", hints.isEmpty ? "no pattern fits" : hints)
        pairs.add("Check digit", checkDigit.rawValue, isTrouble: checkDigit == .invalid)
        for warning in warnings { pairs.add("Warning", warning, isTrouble: true) }
        return pairs.lines(style: style)
    }
}

extension ScanText.Fault {
    /// Why a text cannot be a barcode: the thing, the cause and the mend.
    public func words(characters: Int) -> String {
        switch self {
        case .empty: "the text is empty: give the characters under the barcode"
        case .tooLong:
            "the text has \(characters) characters, a scan has at most \(Limits.scanCharactersMax): "
                + "give the number of one label"
        case .controlBytes: "the text holds control characters: type the number printed under the barcode"
        }
    }
}
