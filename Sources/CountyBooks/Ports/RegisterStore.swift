import LockerDomain

/// Keeps the registers with their history. Calls block and throw `CountyFault`; safe from any task.
public protocol RegisterStore: Sendable {
    /// Grows with every change, of any process.
    func version() throws -> Int64
    /// All rows that hold, by kind and key.
    func rows() throws -> [KeptRow]
    /// Every version of one thing that ever stood in the register, the newest change first.
    func history(_ kind: RegisterKind, _ key: String) throws -> [KeptRow]
    /// Keeps rows, all of them or none. A row whose key and valid-from day stand in the register replaces that one; its number
    /// must be the one that was read (`replaces`), else somebody else changed it meanwhile.
    func keep(_ changes: [RegisterChange], by account: String, at time: Int64) throws
}

/// A row as a register has it.
public struct KeptRow: Sendable, Hashable {
    /// Names this version of the row for ever.
    public var number: Int64
    public var dated: DatedRow
    /// Milliseconds since 1970 at which it was written, and by whom.
    public var changed: Int64
    public var by: String
    /// Number of the version that took its place; `nil` while it holds.
    public var replacedBy: Int64?

    public init(number: Int64, dated: DatedRow, changed: Int64, by: String, replacedBy: Int64? = nil) {
        (self.number, self.dated, self.changed) = (number, dated, changed)
        (self.by, self.replacedBy) = (by, replacedBy)
    }
}

/// One change of a register.
public struct RegisterChange: Sendable, Hashable {
    public var dated: DatedRow
    /// Number of the version that it replaces; `nil` for a new row.
    public var replaces: Int64?

    public init(_ dated: DatedRow, replaces: Int64? = nil) { (self.dated, self.replaces) = (dated, replaces) }
}
