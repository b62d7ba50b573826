/// 统一社会信用代码 of a firm (GB 32100): eighteen digits and capitals, the last of which checks the others.
enum CreditCode {
    /// Characters by their value; I, O, S, V and Z are not used.
    private static let characters = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let characterCount = 18
    private static let factor = 3

    /// Whether a text is one.
    static func isValid(_ text: String) -> Bool {
        let values = text.utf8.compactMap { characters.firstIndex(of: $0) }
        guard values.count == characterCount, text.utf8.count == characterCount else { return false }
        var (sum, weight) = (0, 1)
        for value in values.dropLast() {
            sum += value * weight
            weight = weight * factor % characters.count
        }
        return values.last == (characters.count - sum % characters.count) % characters.count
    }
}
