import HostSupport
import LockerDomain
import StationBooks
import StationConfiguration
import StationPorts

/// What the control socket is told while the station cannot be opened: why, and that nothing is known.
struct WaitingControl: ControlPort {
    let configuration: StationConfiguration
    let time: any ClockPort
    let signals: any SignalPort
    let board: FaultBoard
    let simulated: Bool

    func view() async -> StationView {
        let now = time.now()
        var state = StationState()
        // Unknown is a value: no door is free while nobody can read what is inside.
        let lost = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)
        _ = state.apply(.stationJournalReplaced(lost), at: now)
        return StationView(
            station: configuration.settings.id,
            version: Version.text,
            enrolled: false,
            state: state,
            settings: configuration.settings,
            storage: storage,
            now: now,
            incarnation: "",
            lastSequence: 0,
            faults: board.all,
            simulated: simulated
        )
    }

    func screen() async -> ScreenView {
        let settings = configuration.settings
        var view = ScreenView(
            answer: answer,
            free: [:],
            freeShelfPlaces: 0,
            parcelsWaiting: 0,
            doorsOpen: [],
            storage: storage,
            hotline: settings.promise.hotline,
            promise: settings.promise,
            policy: settings.policy
        )
        view.fault = board.alarming.first
        return view
    }

    func uplink() async -> UplinkStatus { UplinkStatus(phase: .notEnrolled, county: configuration.county) }

    func lines(after position: JournalPosition?, limit: Int) async throws -> [JournalLine] { throw closed }

    func report(_ period: ReportPeriod) async throws(ControlFault) -> StationReport { throw closed }

    func scan(_ text: String, role: ScannerRole) async throws(ControlFault) -> [Answer] {
        guard simulated else { throw closed }
        signals.show(answer.light, answer.beep)
        return [answer]
    }

    func clock() async -> ClockReading {
        let now = time.now()
        return ClockReading(
            now: now,
            kernel: now,
            ntp: now.clock == .ntp ? now.wall : nil,
            trustedTime: 0,
            trouble: nil
        )
    }

    func setClock(_ wall: Int64, isForced: Bool, by user: String) async throws(ControlFault) { throw closed }

    func backups() async -> BackupStatus {
        BackupStatus(path: configuration.backup.path, minutes: configuration.backup.minutes)
    }

    func backUp() async throws(ControlFault) -> BackupStatus { throw closed }

    func sheetToken(milliseconds: Int64) async throws(ControlFault) -> String { throw closed }

    func enrol(token: String, by user: String) async throws(ControlFault) { throw closed }

    private var storage: Storage { board[.storage] == nil ? .ok : .failed }

    /// Only the mechanical key opens without storage; doors that are tried again may be back in a moment.
    var answer: Answer { Answer(storage == .failed ? .storageFailed : .busy) }

    private var closed: ControlFault {
        ControlFault(.unavailable, "the journal is not open: \(board.alarming.first ?? "wait a moment")")
    }
}
