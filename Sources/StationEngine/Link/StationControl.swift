public import LockerDomain
public import StationBooks
public import StationPorts
import StationRules

/// The running station as the control socket sees it.
public struct StationControl: ControlPort {
    private let engine: StationEngine
    private let runner: UplinkRunner
    private let outbox: any OutboxPort
    private let reports: ReportDesk
    private let faults: @Sendable () -> [String]
    private let alarm: @Sendable () -> String?
    private let simulated: Bool
    private let copies: any BackupControlPort
    private let sheetScanner: @Sendable () throws(ControlFault) -> (any ScannerPort)?

    /// `faults` tells what is wrong with the station now, one line each; `alarm` the first that is tried again;
    /// `sheetScanner` makes the scanner that reads an enrolment sheet where the station's own are simulated, and `nil` where
    /// they do it.
    public init(
        engine: StationEngine,
        runner: UplinkRunner,
        outbox: any OutboxPort,
        simulated: Bool,
        backups: any BackupControlPort = NoBackups(),
        faults: @escaping @Sendable () -> [String],
        alarm: @escaping @Sendable () -> String? = { nil },
        sheetScanner: @escaping @Sendable () throws(ControlFault) -> (any ScannerPort)? = { nil }
    ) {
        self.engine = engine
        self.runner = runner
        self.outbox = outbox
        reports = ReportDesk(outbox)
        self.simulated = simulated
        copies = backups
        self.faults = faults
        self.alarm = alarm
        self.sheetScanner = sheetScanner
    }

    public func view() async -> StationView { await engine.view(faults: faults(), simulated: simulated) }
    public func screen() async -> ScreenView {
        var view = await engine.screen()
        view.fault = alarm()
        return view
    }
    public func uplink() async -> UplinkStatus { await runner.currentStatus() }

    public func lines(after position: JournalPosition?, limit: Int) async throws -> [JournalLine] {
        let head = await engine.head()
        let start = position ?? JournalPosition(generation: head.generation, sequence: 0)
        let lines = try outbox.lines(after: start, limit: limit, bytes: Limits.answerBytesMax / 4)
        guard lines.isEmpty, start.generation < head.generation else { return lines }
        return try outbox.lines(
            after: JournalPosition(generation: start.generation + 1, sequence: 0),
            limit: limit,
            bytes: Limits.answerBytesMax / 4
        )
    }

    public func report(_ period: ReportPeriod) async throws(ControlFault) -> StationReport {
        // The end comes first: events behind it belong to the next report, and the view is never older than they.
        let end = await engine.head()
        return try await reports.report(period, end: end, view: await view())
    }

    public func scan(_ text: String, role: ScannerRole) async throws(ControlFault) -> [Answer] {
        guard simulated else {
            throw ControlFault(
                .unavailable,
                "this station has real scanners: scan there; typed scans are for simulation"
            )
        }
        let answers: [Answer]? = await withCheckedContinuation { continuation in
            let queued = engine.post(.text(text, from: TextSource(device: "control", role: role))) {
                continuation.resume(returning: $0)
            }
            if !queued { continuation.resume(returning: nil) }
        }
        return answers ?? [Answer(.busy)]
    }

    public func clock() async -> ClockReading { await engine.clockReading() }

    public func setClock(_ wall: Int64, isForced: Bool, by user: String) async throws(ControlFault) {
        try await engine.setClock(wall, isForced: isForced, by: user)
    }

    public func backups() async -> BackupStatus { await copies.backups() }
    public func backUp() async throws(ControlFault) -> BackupStatus { try await copies.backUp() }

    public func sheetToken(milliseconds: Int64) async throws(ControlFault) -> String {
        let scanner = try sheetScanner()
        let isThere = if scanner == nil { await engine.hasScanner() } else { true }
        guard isThere else {
            throw ControlFault(
                .unavailable,
                "no scanner is attached to the station (站点没有接上扫描枪): plug it in, write it as [[scanner]] in station.toml, then "
                    + "systemctl restart lockerd; or type the token that stands on the sheet (请接好扫描枪并写入 station.toml，或输入入网单上的令牌)"
            )
        }
        let bell = try engine.sheets.begin(runner.pace)
        do { try scanner?.start { [engine] in engine.readSheet($0) } } catch {
            _ = engine.sheets.end()
            throw ControlFault(.unavailable, "the scanner cannot be used (扫描枪不能用): \(error)")
        }
        await bell.wait(milliseconds: milliseconds)
        scanner?.stop()
        guard let token = engine.sheets.end() else {
            throw ControlFault(
                .unavailable,
                "no enrolment sheet was read (没有扫到入网单): type the command again and hold the QR under the scanner until it beeps; "
                    + "or type the token that stands on the sheet (请重新运行并扫码，或输入入网单上的令牌)"
            )
        }
        return token
    }

    public func enrol(token: String, by user: String) async throws(ControlFault) {
        try await runner.enrol(token: token, by: user)
    }
}
