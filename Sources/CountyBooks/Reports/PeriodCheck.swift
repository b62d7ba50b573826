import SyncWire

/// Whether all that was frozen of a period is as it was (核验): every SHA-256 is computed again, each correction must
/// follow on what stands before it, and the audit log must have the same hashes.
public struct PeriodCheck: Sendable {
    /// A frozen part, and what is wrong with it, a sentence each.
    public struct Part: Sendable {
        public var frozen: FrozenReport
        public var faults: [Words]
    }

    /// The period, as `CountyPeriod` writes it.
    public let period: String
    /// The report and its corrections, by their numbers.
    public let parts: [Part]
    /// What the audit log has and the store has not, a sentence each.
    public let missing: [Words]

    /// - Parameters:
    ///   - frozen: all that is kept of the period.
    ///   - log: entries of the audit log, those of other periods among them.
    public init(_ period: String, _ frozen: [FrozenReport], log: [AuditEntry]) {
        self.period = period
        let frozen = frozen.sorted { $0.correction < $1.correction }
        let log = log.filter { $0.object == period && FrozenReport.auditActions.contains($0.action) }
        var (parts, sheet, isBroken): ([Part], ReportSheet?, Bool) = ([], nil, false)
        for (number, part) in frozen.enumerated() {
            var faults = part.logFaults(log)
            do throws(FrozenFault) {
                sheet = try part.standing(upon: sheet, as: number)
            } catch {
                // What follows on a part that was changed cannot be judged but by its hash.
                if !isBroken || !part.isIntact { faults.insert(error.words, at: 0) }
                isBroken = true
            }
            parts.append(Part(frozen: part, faults: faults))
        }
        self.parts = parts
        missing = log.filter { entry in !frozen.contains { $0.isIn(entry) } }.map { entry in
            let (name, by) = (FrozenReport.name(in: entry), "\(entry.by)")
            let time = WireTime.local(entry.time)
            return Words(
                "操作日志有\(entry.action.chinese)（\(name)，\(time) \(by)），县库中没有",
                "the audit log has the \(name) of \(time) by \(by), which is not kept"
            )
        }
    }

    /// Whether nothing is wrong.
    public var isWhole: Bool { missing.isEmpty && parts.allSatisfy(\.faults.isEmpty) }

    /// A line for each part, and one for each fault below it.
    public var lines: [String] {
        let ofParts = parts.flatMap { part in
            let frozen = part.frozen
            let verdict = part.faults.isEmpty ? "fits 相符" : "DOES NOT FIT 不符"
            let when = "\(WireTime.local(frozen.frozenAt)) \(frozen.by)"
            return ["\(period)  \(frozen.name)  \(frozen.sha256)  \(verdict)  \(when)"] + part.faults.map(Self.line)
        }
        return ofParts + missing.map { "\(period)  DOES NOT FIT 不符\n\(Self.line($0))" }
    }

    private static func line(_ fault: Words) -> String { "    \(fault.english) \(fault.chinese)" }
}

extension FrozenReport {
    /// What the audit log says else of this part.
    fileprivate func logFaults(_ log: [AuditEntry]) -> [Words] {
        let hashes = log.filter(isIn).map { Self.hash(in: $0) }
        guard let hash = hashes.first else {
            return [Words("操作日志中没有它", "is not in the audit log")]
        }
        guard !hashes.contains(loggedHash) else { return [] }
        return [Words("操作日志中的校验值是 \(hash)", "has SHA-256 \(hash) in the audit log")]
    }
}
