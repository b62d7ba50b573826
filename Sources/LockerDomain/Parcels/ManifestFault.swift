/// A line of a manifest that no event may carry.
public struct ManifestFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The field by its name on the wire.
    public var field: String
    public var waybill: Waybill
    public var charactersMax: Int

    public var description: String {
        "manifest, waybill \"\(waybill.rawValue.prefix(Limits.waybillCharactersMax))\": "
            + "\(field) is empty, has more than \(charactersMax) characters, or some that are not allowed, such as line ends"
    }
}

extension ManifestEntry {
    /// Whether every line and the id fit the events that they will become.
    public static func check(_ entries: [ManifestEntry], manifest id: String) throws(ManifestFault) {
        for entry in entries { try entry.check(manifest: id) }
    }

    private func check(manifest id: String) throws(ManifestFault) {
        try check("waybill", Self.plain(waybill.rawValue), Limits.waybillCharactersMax)
        try check("formerly", formerly.map { Self.plain($0.rawValue) }, Limits.waybillCharactersMax)
        try check("id", id, Limits.manifestNameCharactersMax)
        try check("brand", brand, Limits.manifestNameCharactersMax)
        try check("operator", operatorName, Limits.manifestNameCharactersMax)
        // An empty key would be one recipient for all who have none.
        try check("recipientKey", recipientKey, Limits.manifestNameCharactersMax)
        try check("phoneMasked", phoneMasked?.isEmpty == true ? nil : phoneMasked, Limits.phoneCharactersMax)
        try check("run", run, Limits.noteCharactersMax)
        try check("bag", bag, Limits.noteCharactersMax)
        try check("hamlet", hamlet, Limits.noteCharactersMax)
        try check("station", station.map(Self.plain), Limits.manifestNameCharactersMax)
    }

    /// Printable ASCII as it is, anything else as good as empty.
    private static func plain(_ text: String) -> String {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : ""
    }

    private func check(_ field: String, _ text: String?, _ charactersMax: Int) throws(ManifestFault) {
        guard let text, !text.isOneLine || !(1...charactersMax).contains(text.unicodeScalars.count) else { return }
        throw ManifestFault(field: field, waybill: waybill, charactersMax: charactersMax)
    }
}

extension ManifestEntry {
    /// Whether a text may be the number of a run: on its card a colon ends it.
    public static func isRun(_ text: String) -> Bool { !text.contains(":") }
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
