/// Why a sheet cannot be made: the thing, the cause and the mend.
public enum SheetFault: Error, Sendable, Hashable {
    /// A text with characters that a scanner cannot type.
    case unprintable(String)
    /// A text that fits no card.
    case tooLong(String)
    /// More than `SheetLimits.pagesMax`.
    case tooManyPages(Int)
    /// libzint refused a text.
    case library(text: String, words: String)

    /// For people.
    public var message: String {
        switch self {
        case .unprintable(let text):
            "card \(text): a scanner types only ASCII letters, digits and signs (a number plate is spelt by itself); "
                + "name the door, place (station.toml) or route so, then print again"
        case .tooLong(let text):
            "card \(text): the text is too long for a card; choose a shorter name, then print again"
        case .tooManyPages(let count):
            "the sheet would have \(count) pages, at most \(SheetLimits.pagesMax) are made: print fewer shelves at once"
        case .library(let text, let words):
            "card \(text): libzint makes no barcode of it (\(words)); choose another name, then print again"
        }
    }
}
