/// Bounds of what is printed on command cards.
public enum CardLimits {
    /// Characters of a Chinese title: at 5 mm each it fills a card.
    public static let chineseCharactersMax = 16
    /// Characters of an English title: it stands beside the literal text.
    public static let englishCharactersMax = 28
}
