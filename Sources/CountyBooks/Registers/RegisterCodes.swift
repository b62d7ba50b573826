/// How long codes of the register are (GB/T 2260, GB/T 10114: 区划代码).
public enum RegisterCodes {
    /// Digits of a county.
    public static let countyDigits = 6
    /// Digits of a township.
    public static let townshipDigits = 9
    /// Digits of a village.
    public static let villageDigits = 12
}
