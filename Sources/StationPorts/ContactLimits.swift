/// Bounds of the phone numbers that are kept beside the journal (DESIGN rules 10, 11).
public enum ContactLimits {
    /// Days after its parcel's end that a number is erased.
    public static let contactDays: Int64 = 30
    /// Numbers of one station.
    public static let contactsMax = 20_000
    /// Pause between two looks for what is to be erased.
    public static let eraseMilliseconds: Int64 = 3_600_000
    /// From one emptying of the journal's write-ahead log, in which erased numbers still lie, to the next at least.
    public static let logAnewMilliseconds: Int64 = 86_400_000
    /// Numbers read at once for sending.
    public static let unsentContactsMax = 100
}
