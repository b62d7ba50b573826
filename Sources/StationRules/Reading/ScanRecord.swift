import LockerDomain
import StationBooks

/// What is read, as `scan.rejected` records it when it has no effect.
struct ScanRecord {
    /// Port of the device, or `control`.
    var device: String
    /// Characters that arrived.
    var length: Int
    /// The text when it may stay on record (DESIGN rule 10).
    var kept: String?
    /// The row that the text belongs to; `nil` for a number pad and for all other inputs.
    var row: ScanRow?

    /// Nothing is read: an input of another kind.
    static let none = ScanRecord(device: "", length: 0)

    private init(device: String, length: Int) { (self.device, self.length) = (device, length) }

    /// Enter alone: what blanks came with it are not counted.
    init(enterFrom source: TextSource) { self.init(device: source.device, length: 0) }

    init(unreadable raw: String, from source: TextSource) {
        self.init(device: source.device, length: raw.unicodeScalars.count)
        // No text that can be read begins with a blank.
        if source.role == .scanner { row = ScanRow(key: " \(length)", length: length, kept: nil) }
    }

    init(_ scan: Scan, _ text: String, from source: TextSource, codes: borrowing CodeIndex) {
        self.init(device: source.device, length: text.utf8.count)
        guard source.role == .scanner else { return }
        kept =
            switch scan {
            case .enter, .token, .typed: nil
            case .card(let card): Keepable.text(card.text, codes: codes)
            case .otherCard(let text): Keepable.text(text, codes: codes)
            case .label(let label): Keepable.text(of: label, codes: codes)
            }
        row = ScanRow(key: text, length: length, kept: kept)
    }

    /// DIGIT cards and NEXT are what was typed by them.
    mutating func become(_ typed: Typed) { (length, kept) = (typed.text.utf8.count, nil) }
}
