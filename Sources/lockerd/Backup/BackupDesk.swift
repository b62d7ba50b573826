import Glibc
import HostSupport
import LinuxSupport
import LockerDomain
import Logging
import StationBooks
import StationConfiguration
import StationEngine
import StationPorts
import Synchronization

/// Makes backups by the clock and when somebody asks, each on a thread of its own: a stick that hangs holds up nobody, not
/// even a stop.
final class BackupDesk: BackupControlPort {
    private struct State: Sendable {
        var runningSince: Int64?
        var isStopping = false
        var last: BackupOutcome?
        var endedAt: Int64?
        var checkedAt: Int64?
        var nextAt: Int64?
        var fault: String?
    }

    /// One at a time in the process: a thread that hangs outlives the station that began it.
    private static let isBusy = Mutex(false)

    private let settings: BackupSettings
    private let run: BackupRun
    private let board: FaultBoard
    private let logger: Logger
    private let state = Mutex(State())

    init(_ settings: BackupSettings, _ run: BackupRun, _ board: FaultBoard, _ logger: Logger) {
        (self.settings, self.run, self.board, self.logger) = (settings, run, board, logger)
    }

    // MARK: By the clock

    /// Makes them until the task is cancelled.
    func watch() async {
        var seconds = Limits.backupFirstSeconds
        repeat {
            let due = Monotonic.milliseconds + seconds * 1_000
            state.withLock { $0.nextAt = due }
            // In short steps: one that is stuck is seen before the next is due.
            while Monotonic.milliseconds < due {
                guard await Retries.pause(min(60, max(1, (due - Monotonic.milliseconds) / 1_000))) else { return }
                lookForSlow()
            }
            begin()
            seconds = Int64(settings.minutes) * 60
        } while !Task.isCancelled
    }

    /// The one that is under way ends between two pages.
    func stop() { state.withLock { $0.isStopping = true } }

    private func lookForSlow() {
        guard let since = state.withLock({ $0.runningSince }),
            Monotonic.milliseconds - since > Limits.backupSlowMinutes * 60_000
        else { return }
        show(BackupFault(.slow, settings.path ?? "", "under way for more than \(Limits.backupSlowMinutes) min"))
    }

    // MARK: One backup

    /// `false` while another one is under way.
    @discardableResult
    private func begin() -> Bool {
        let isFree = Self.isBusy.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
        guard isFree else { return false }
        let now = Monotonic.milliseconds
        let checksAll = state.withLock { state in
            state.runningSince = now
            return state.checkedAt.map { now - $0 >= Limits.backupCheckHours * 3_600_000 } ?? true
        }
        let error = PosixThread.start("backup") { [self] in
            // The priority of this thread alone (setpriority(2), "C library/kernel differences").
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
            let result = Result { try run.run(checksAll: checksAll) { try self.step() } }
            finish(result, checkedAll: checksAll)
        }
        if error != 0 {
            finish(.failure(BackupFault(.broken, "thread", String(cString: strerror(error)))), checkedAll: false)
        }
        return true
    }

    /// Between two pages: the station's own commits go first.
    private func step() throws {
        guard !state.withLock({ $0.isStopping }) else { throw BackupFault(.stopped, settings.path ?? "") }
        Monotonic.sleep(milliseconds: Limits.backupPauseMilliseconds)
    }

    private func finish(_ result: Result<BackupOutcome, any Error>, checkedAll: Bool) {
        let now = Monotonic.milliseconds
        switch result {
        case .success(let outcome):
            state.withLock { state in
                (state.last, state.endedAt, state.fault) = (outcome, now, nil)
                if checkedAll { state.checkedAt = now }
            }
            if board.set(.backup, nil) { logger.notice("backup: \(settings.path ?? "") works again") }
            if outcome.plan != .none {
                logger.info(
                    "backup: \(outcome.folder) up to \(outcome.journal.last), \(outcome.journal.added) events added"
                )
            }
            if let kept = outcome.keptAt {
                logger.warning("backup: one of another journal, or a damaged one, is kept as \(kept)")
            }
        case .failure(let error):
            let fault = error as? BackupFault ?? BackupFault(.broken, settings.path ?? "", "\(error)")
            if fault.code != .stopped { show(fault) }
        }
        state.withLock { $0.runningSince = nil }
        Self.isBusy.withLock { $0 = false }
    }

    private func show(_ fault: BackupFault) {
        state.withLock { $0.fault = fault.description }
        if board.set(.backup, fault.description) { logger.error("\(fault); tried again by itself") }
    }

    // MARK: BackupControlPort

    func backups() async -> BackupStatus {
        let now = Monotonic.milliseconds
        var status = BackupStatus(path: settings.path, minutes: settings.minutes)
        state.withLock { state in
            status.runningMilliseconds = state.runningSince.map { now - $0 }
            status.last = state.last
            status.lastAgoMilliseconds = state.endedAt.map { now - $0 }
            status.nextMilliseconds = state.nextAt.map { max(0, $0 - now) }
            status.fault = state.fault
        }
        return status
    }

    func backUp() async throws(ControlFault) -> BackupStatus {
        let end = Monotonic.milliseconds + Limits.backupAnswerSeconds * 1_000
        // One that has begun may have read the journal already: another one follows it.
        while !begin() {
            guard Monotonic.milliseconds < end, await wait() else { return await backups() }
        }
        while state.withLock({ $0.runningSince }) != nil {
            guard Monotonic.milliseconds < end, await wait() else { return await backups() }
        }
        let status = await backups()
        if let fault = status.fault { throw ControlFault(.failed, fault) }
        return status
    }

    private func wait() async -> Bool { (try? await Task.sleep(for: .milliseconds(50))) != nil }
}

extension BackupDesk {
    /// The backups of a station; `nil` when they are switched off.
    static func make(_ life: StationLife, now: @escaping @Sendable () -> Moment) -> BackupDesk? {
        // Nobody needs the books of the example.
        guard let path = life.configuration.backup.path, !life.places.isExample else { return nil }
        let (places, configuration) = (life.places, life.configuration)
        let folder = BackupFolder(
            path: places.root + path,
            station: configuration.settings.id,
            version: Version.text,
            journal: places.journal
        ) { BackupSources.of(places, configuration) }
        let run = BackupRun(journal: BackupSources.journal(places), folder: folder, now: now)
        return BackupDesk(
            BackupSettings(path: places.root + path, minutes: configuration.backup.minutes),
            run,
            life.board,
            life.logger
        )
    }
}
