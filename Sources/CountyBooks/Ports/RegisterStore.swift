import LockerDomain

/// Keeps the registers with their history. Calls block and throw `CountyFault`; safe from any task.
public protocol RegisterStore: Sendable {
    /// Grows with every change, of any process.
    func version() throws -> Int64
    /// All rows that hold, by kind and key; none that was withdrawn.
    func rows() throws -> [KeptRow]
    /// Every version of one thing that ever stood in the register, the newest change first; a withdrawal is one of them.
    func history(_ kind: RegisterKind, _ key: String) throws -> [KeptRow]
    /// Keeps rows, all of them or none. A row whose key and valid-from day stand in the register replaces that one; its number
    /// must be the one that was read (`replaces`), else somebody else changed it meanwhile. A row that was withdrawn counts as
    /// none. A withdrawal is refused as `RegisterWithdrawal` says, and what puts a station at two sites at once as
    /// `RegisterClash` says, by the rows of that moment.
    ///
    /// - Parameter audit: appended to the audit log in the same transaction: no row changes of which the log does not know.
    func keep(_ changes: [RegisterChange], by account: String, at time: Int64, audit: AuditEntry?) throws
}

extension RegisterStore {
    /// Keeps rows without an entry in the audit log.
    package func keep(_ changes: [RegisterChange], by account: String, at time: Int64) throws {
        try keep(changes, by: account, at: time, audit: nil)
    }
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
    /// Whether this version says that the row is withdrawn (作废): nothing holds in its place.
    public var isWithdrawn: Bool

    public init(
        number: Int64,
        dated: DatedRow,
        changed: Int64,
        by: String,
        replacedBy: Int64? = nil,
        isWithdrawn: Bool = false
    ) {
        (self.number, self.dated, self.changed) = (number, dated, changed)
        (self.by, self.replacedBy, self.isWithdrawn) = (by, replacedBy, isWithdrawn)
    }
}

/// One change of a register.
public struct RegisterChange: Sendable, Hashable {
    public var dated: DatedRow
    /// Number of the version that it replaces; `nil` for a new row.
    public var replaces: Int64?
    /// Whether the row is withdrawn (作废) and not written.
    public var isWithdrawal = false

    public init(_ dated: DatedRow, replaces: Int64? = nil) { (self.dated, self.replaces) = (dated, replaces) }

    /// Withdraws a row: it holds no longer, and its history stays.
    public init(withdrawing kept: KeptRow) {
        (dated, replaces, isWithdrawal) = (kept.dated, kept.number, true)
    }
}
