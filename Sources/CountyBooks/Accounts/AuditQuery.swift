/// What is asked of the audit log; the newest come first.
public struct AuditQuery: Sendable, Hashable {
    /// Milliseconds since 1970, the first included, the last not.
    public var times: Range<Int64>?
    public var by: AuditAuthor?
    /// Any of these; empty: all.
    public var actions: Set<AuditAction>
    /// Exactly this object.
    public var object: String?
    /// Only entries with a smaller number: the next page.
    public var before: Int64?
    /// Entries at most, 1 to `CountyBooksLimits.auditEntriesMax`.
    public let limit: Int

    public init(
        times: Range<Int64>? = nil,
        by: AuditAuthor? = nil,
        actions: Set<AuditAction> = [],
        object: String? = nil,
        before: Int64? = nil,
        limit: Int = CountyBooksLimits.auditEntriesMax
    ) {
        (self.times, self.by, self.actions, self.object, self.before) = (times, by, actions, object, before)
        self.limit = min(max(limit, 1), CountyBooksLimits.auditEntriesMax)
    }

    /// Whether an entry is asked for; a store may say it in its own language.
    public func matches(_ entry: AuditEntry) -> Bool {
        (times?.contains(entry.time) ?? true) && (by.map { $0 == entry.by } ?? true)
            && (actions.isEmpty || actions.contains(entry.action)) && (object.map { $0 == entry.object } ?? true)
            && (before.map { entry.number ?? .max < $0 } ?? true)
    }
}
