public import LockerDomain

/// Which lines of a manifest name a number: what two of them claim would be one parcel's or the other's by their order.
public struct NumberClaims: Sendable {
    /// What is wrong with a former number that another line names.
    public static let cause = "is a number of another row as well 另一行也有此单号"
    /// What to do about it.
    public static let mend = "write each parcel in one row, with the number that it had before 请将每件写成一行并注明原单号"

    private var waybills: Set<Waybill> = []
    /// Waybills of the lines that name a number as their former one.
    private var successors: [Waybill: Set<Waybill>] = [:]

    public init() {}

    /// Takes the numbers of a line, good or bad.
    public mutating func add(_ waybill: Waybill, formerly: Waybill?) {
        waybills.insert(waybill)
        if let formerly { successors[formerly, default: []].insert(waybill) }
    }

    /// Whether the former number of a line is another line's too.
    public func isDoubtful(_ formerly: Waybill) -> Bool {
        waybills.contains(formerly) || (successors[formerly]?.count ?? 0) > 1
    }
}
