/// The one check of a manifest, of the county when it is loaded and of the station when it comes: what passes there is taken
/// here. An entry that passes has at most `Limits.manifestEntryBytesMax` bytes, whatever its characters.
extension ManifestEntry {
    /// Why no event may carry the line; `nil` for a good one.
    public var fault: ManifestFault? {
        do throws(ManifestFault) { try check() } catch { return error }
        return nil
    }

    /// Whether a text may be the id of a manifest: it stands in a path and in every event.
    public static func isManifestID(_ text: String) -> Bool {
        (1...Limits.manifestIDCharactersMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isDigit || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D }
    }

    /// Whether a text may be the number of a run: on its card a colon ends it.
    public static func isRun(_ text: String) -> Bool { !text.contains(":") }

    private func check() throws(ManifestFault) {
        try check("waybill", Self.plain(waybill.rawValue), Limits.waybillCharactersMax)
        try check("formerly", formerly.map { Self.plain($0.rawValue) }, Limits.waybillCharactersMax)
        try check("brand", brand, Limits.manifestNameCharactersMax)
        try check("operator", operatorName, Limits.manifestNameCharactersMax)
        // An empty key would be one recipient for all who have none.
        try check("recipientKey", recipientKey, Limits.manifestNameCharactersMax)
        try check("phoneMasked", phoneMasked?.isEmpty == true ? nil : phoneMasked, Limits.phoneCharactersMax)
        try check("run", run, Limits.noteCharactersMax)
        try check("bag", bag, Limits.noteCharactersMax)
        try check("village", village, Limits.noteCharactersMax)
        try check("hamlet", hamlet, Limits.noteCharactersMax)
        try check("station", station.map { StationID.isValid($0) ? $0 : "" }, Limits.stationIDCharactersMax)
        // Some carriers number their bags with as many digits; 区划代码 of villages have twelve.
        let bag = bag.flatMap { $0.utf8.allSatisfy(\.isDigit) ? nil : $0 }
        let texts = [
            ("brand", brand), ("operator", operatorName), ("phoneMasked", phoneMasked), ("run", run), ("bag", bag),
            ("village", village.flatMap { Self.isVillageCode($0) ? nil : $0 }), ("hamlet", hamlet),
        ]
        for (field, text) in texts where text?.holdsMobilePhone == true { throw fault(field, .phone) }
    }

    /// Whether a text has the form of a village's 区划代码.
    private static func isVillageCode(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy(\.isDigit)
    }

    /// Printable ASCII as it is, anything else as good as empty.
    private static func plain(_ text: String) -> String {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : ""
    }

    private func check(_ field: String, _ text: String?, _ charactersMax: Int) throws(ManifestFault) {
        guard let text, !text.isOneLine || !(1...charactersMax).contains(text.unicodeScalars.count) else { return }
        throw fault(field, .text(charactersMax: charactersMax))
    }

    private func fault(_ field: String, _ kind: ManifestFault.Kind) -> ManifestFault {
        ManifestFault(field: field, waybill: waybill, kind: kind)
    }
}

extension String {
    /// Whether it is one line, as all texts of people that commands and events carry: no control characters (C0, DEL, C1) and
    /// no ends of lines or paragraphs, which are data to a program and anything to a screen.
    public var isOneLine: Bool {
        !unicodeScalars.contains {
            [.control, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        }
    }
}
