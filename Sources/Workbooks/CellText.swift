import CountyBooks

/// Texts of cells as the file must hold them.
enum CellText {
    /// Without characters that XML cannot hold, and with `_x005F_` for the underscore of what Excel would read as an escaped
    /// character (`_x0041_`); the library escapes everything else.
    static func escaped(_ text: String) -> String {
        let plain = Markup.characters(text)
        guard plain.utf8.contains(0x5F) else { return plain }
        return plain.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
    }
}
