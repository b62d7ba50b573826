public import LockerDomain
public import StationPorts

/// One backup from the look at the medium to the check of what was written (DESIGN 4.9). It blocks, on a thread that has
/// nothing else to do, and it writes nothing when nothing is new.
///
/// At each step a power cut leaves a whole backup: lines are added in one commit of the copy; whatever replaces something is
/// made beside it and renamed.
public struct BackupRun: Sendable {
    private let journal: any JournalCopyPort
    private let folder: any BackupFolderPort
    private let now: @Sendable () -> Moment

    /// `now` is the time of the station.
    public init(
        journal: any JournalCopyPort,
        folder: any BackupFolderPort,
        now: @escaping @Sendable () -> Moment
    ) {
        (self.journal, self.folder, self.now) = (journal, folder, now)
    }

    /// - Parameters:
    ///   - checksAll: reads all of the present backup first.
    ///   - step: called between two steps and two pages; throws to end it.
    /// - Throws: `BackupFault`, or what `step` throws.
    public func run(checksAll: Bool, step: () throws -> Void = {}) throws -> BackupOutcome {
        let started = now()
        let medium = try folder.open()
        try step()
        let (plan, bytes) = try plan(checksAll: checksAll)
        try step()
        let copied: BackedUpJournal
        var keptAt: String?
        switch plan {
        case .none where !folder.isThere:
            throw BackupFault(.journal, folder.current, "it has no line yet")
        case .none:
            copied = try journal.reading(of: folder.journal(in: folder.current))
            if try !isFinished(copied) { try folder.finish(folder.current, copied, madeAt: now()) }
        case .append:
            try checkRoom(bytes, on: medium)
            copied = try journal.append(to: folder.journal(in: folder.current), pause: step)
            try step()
            try folder.finish(folder.current, copied, madeAt: now())
        case .full(let cause):
            try checkRoom(bytes, on: medium)
            try folder.begin()
            copied = try journal.copy(to: folder.journal(in: folder.coming), pause: step)
            try step()
            try folder.finish(folder.coming, copied, madeAt: now())
            try step()
            keptAt = try folder.exchange(cause)
        }
        try step()
        return BackupOutcome(
            plan: plan,
            folder: folder.current,
            journal: copied,
            isOnSameDisk: medium.isOnSameDisk,
            keptAt: keptAt,
            milliseconds: now().uptime - started.uptime
        )
    }

    /// A copy that is no intact one is made anew beside it.
    private func plan(checksAll: Bool) throws -> (plan: BackupPlan, bytes: Int) {
        guard folder.isThere else { return try journal.plan(for: nil, checksAll: false) }
        do {
            return try journal.plan(for: folder.journal(in: folder.current), checksAll: checksAll)
        } catch let fault as BackupFault where fault.code == .damaged {
            let (plan, bytes) = try journal.plan(for: nil, checksAll: false)
            return (plan == .none ? plan : .full(.damaged), bytes)
        }
    }

    /// Whether manifest and files are those of now.
    private func isFinished(_ copied: BackedUpJournal) throws -> Bool {
        guard let manifest = try folder.manifest() else { return false }
        guard manifest.last == copied.last.description, manifest.hash == Hex.encode(copied.hash),
            manifest.events == copied.events
        else { return false }
        return try folder.holdsFiles(manifest)
    }

    private func checkRoom(_ bytes: Int, on medium: BackupMedium) throws {
        let needed = bytes + Limits.backupExtraBytes
        guard needed <= medium.freeBytes else {
            let (need, free) = (needed >> 20, max(0, medium.freeBytes) >> 20)
            throw BackupFault(.full, folder.current, "it needs \(need) MiB, \(free) MiB may be used")
        }
    }
}
