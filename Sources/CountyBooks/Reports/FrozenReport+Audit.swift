extension FrozenReport {
    /// 正式报表, 更正第 N 号.
    public var words: Words { Self.words(correction) }

    /// 正式报表 or 更正第 N 号.
    public var name: String { words.chinese }

    /// - Parameter correction: 0 for the report itself.
    static func words(_ correction: Int) -> Words {
        correction == 0
            ? Words("正式报表", "report") : Words("更正第 \(correction) 号", "correction \(correction)")
    }

    /// Whether the text still has its hash.
    public var isIntact: Bool { ReportSheet.sha256(csv) == sha256 }

    // MARK: In the audit log

    /// That it was frozen, for the audit log: a store keeps both or neither.
    public func auditEntry(_ stamp: AuditStamp) -> AuditEntry {
        let detail = [
            words.english, Self.logged + loggedHash, "up to event \(through)", "\(unknown.count) unknown",
        ]
        return AuditEntry(stamp, auditAction, object: "\(period)", detail: detail.joined(separator: Self.comma))
    }

    /// The hash as the audit log has it, which masks what may be a phone number: no run of digits is as long as one.
    public var loggedHash: String {
        var groups: [Substring] = []
        var rest = sha256[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(CountyBooksLimits.auditHashGroupDigits))
            rest = rest.dropFirst(CountyBooksLimits.auditHashGroupDigits)
        }
        return groups.joined(separator: ":")
    }

    /// Entries of what was frozen.
    public static let auditActions: Set<AuditAction> = [.periodClosed, .correctionIssued]

    private var auditAction: AuditAction { correction == 0 ? .periodClosed : .correctionIssued }
    private static let logged = "SHA-256 "
    private static let comma = ", "

    /// Whether an entry is about this part.
    func isIn(_ entry: AuditEntry) -> Bool {
        entry.action == auditAction && entry.object == "\(period)" && Self.name(in: entry) == words.english
    }

    /// What an entry calls the part, `correction 2`.
    static func name(in entry: AuditEntry) -> String {
        String(entry.detail.prefix { $0 != "," })
    }

    /// The hash in an entry, as `loggedHash`; empty where it has none.
    static func hash(in entry: AuditEntry) -> String {
        // Behind each comma stands a blank.
        let parts = entry.detail.split(separator: ",").map { $0.drop { $0 == " " } }
        return String(parts.first { $0.hasPrefix(logged) }?.dropFirst(logged.count) ?? "")
    }
}
