/// Bounds of the phone numbers that are kept beside the journal (DESIGN rules 10, 11).
public enum ContactLimits {
    /// Days after its parcel's end that a number is erased.
    public static let contactDays: Int64 = 30
    /// Numbers of one station.
    public static let contactsMax = 20_000
    /// Pause between two looks for what is to be erased.
    public static let eraseMilliseconds: Int64 = 3_600_000
    /// Numbers read at once for sending.
    public static let unsentContactsMax = 100
}
