import LockerDomain
import LockerTestKit
import StationBooks
import StationPorts

/// A station that always says the same; what it was asked is kept.
struct FakePort: ControlPort {
    var fault: ControlFault?
    /// Whether a journal is open.
    var hasBooks = true
    var lines: [JournalLine] = (1...5).map { FakePort.line(1, $0) }
    /// What becomes of a wait for an enrolment sheet.
    var sheet: @Sendable (_ milliseconds: Int64) async throws(ControlFault) -> String = { _ in "VLE1.t" }
    let asked = Asked()

    actor Asked {
        var scans: [String] = []
        var enrolments: [String] = []

        var reports: [ReportPeriod] = []

        func reported(_ period: ReportPeriod) { reports.append(period) }
        func scanned(_ text: String) { scans.append(text) }
        func enrolled(_ text: String) { enrolments.append(text) }
        var clocks: [String] = []
        func clockSet(_ text: String) { clocks.append(text) }
    }

    static func line(_ generation: Int, _ sequence: Int) -> JournalLine {
        // Spaces, escapes and characters outside ASCII must come back as they are.
        let text =
            #"{"clock":"ntp","data":{"door":"A01","note":"取\u00e9 \\ \""},"subject":"A01","#
            + #""time":"2026-08-21T01:30:00.123Z","type":"dev.villagelocker.door.opened.v1","sequence":"\#(sequence)"}"#
        return JournalLine(
            position: JournalPosition(generation: generation, sequence: sequence),
            before: [UInt8](repeating: UInt8(sequence - 1), count: 32),
            bytes: Array(text.utf8),
            hash: [UInt8](repeating: UInt8(sequence), count: 32)
        )
    }

    func view() async -> StationView {
        var state = StationState()
        state.supportCounter = 70_000
        state.doors["A01"] = DoorState(contents: .occupied, level: .closed)
        state.doors["A02"] = DoorState(contents: .empty, level: .closed)
        var parcel = Parcel(
            waybill: "SF7444404156506",
            parties: Parties(brand: "SF", operatorName: "县共配中心", agent: "beiliu", cooperationMode: .shared),
            size: .medium,
            n: 7,
            status: .stored,
            announced: true,
            changed: 1_787_275_800_123
        )
        parcel.recipientKey = "SECRET-RECIPIENT-KEY"
        parcel.keyID = "SECRET-KEY-ID"
        parcel.phoneMasked = "1******5678"
        parcel.place = .door("A01")
        state.parcels[parcel.waybill] = parcel
        parcel.waybill = "SF7444404156507"
        parcel.hold.isOverdue = true
        parcel.hold.noticed = true
        parcel.hamlet = "东沟"
        parcel.place = .shelf("S1-01")
        state.parcels[parcel.waybill] = parcel
        state.shipments["YT8962646785389"] = Shipment(
            waybill: "YT8962646785389",
            parties: parcel.parties,
            status: .accepted,
            place: .shelf("S1-02"),
            n: 3,
            keyID: "SECRET-KEY-ID",
            changed: 1_787_275_800_123
        )
        return StationView(
            station: "yc-beiliu-0231",
            version: "0.1.0",
            enrolled: true,
            state: state,
            settings: StationSettings(
                id: "yc-beiliu-0231",
                doors: [
                    DoorSettings(name: "A01", size: .medium), DoorSettings(name: "A02", size: .large),
                    DoorSettings(name: "A03", size: .small, chilled: true, hasSensor: false),
                ],
                shelfPlaces: ["S1-01", "S1-02"],
                cameras: ["front"],
                promise: PublicPromise(hours: "08:00-20:00", phone: "0356-5550123", filingNumber: "晋阳城末端 231 号")
            ),
            storage: .ok,
            now: Moment(wall: 1_787_275_800_123, uptime: 273_600_000, clock: .ntp),
            incarnation: hasBooks ? String(repeating: "ab", count: 16) : "",
            lastSequence: lines.last?.position.sequence ?? 0,
            faults: ["door A03: no sensor"],
            simulated: true
        )
    }

    /// What it asks of a courier, and of a recipient.
    static let questions = [
        LockerDomain.Asked(
            .isInside,
            AnswerWord("5399 -> A02"),
            of: .session(.courier),
            answers: [.yes, .no],
            millisecondsLeft: 98_500
        ),
        LockerDomain.Asked(.lastFour, of: .recipient, answers: [.lastFour]),
    ]

    func screen() async -> ScreenView {
        ScreenView(
            answer: Answer(.putIn, "A02"),
            asked: Self.questions,
            free: [.large: 1, .small: 0],
            freeChilled: [.medium: 1],
            freeShelfPlaces: 2,
            parcelsWaiting: 1,
            doorsOpen: ["A02"],
            storage: .reserve,
            hotline: "12305",
            promise: PublicPromise(hours: "08:00-20:00", phone: "0356-5550123", filingNumber: "晋阳城末端 231 号")
        )
    }

    func report(_ period: ReportPeriod) async throws(ControlFault) -> StationReport {
        if let fault { throw fault }
        await asked.reported(period)
        return Self.report(period, asked: await view().now)
    }

    /// A busy hour on 2026-08-21, one of the days asked for or not.
    static func report(_ period: ReportPeriod, asked: Moment) -> StationReport {
        var report = StationReport(period)
        var events: [Event] = [
            .stationStarted(StationStarted(version: "test", doors: 3, shelfPlaces: 2)),
            .runArrived(RunArrived(run: "yc-1", person: "1001", how: .card)),
            .sessionOpened(SessionOpened(session: 1, role: .courier, person: "1001", badge: "b")),
            .doorOpenFailed(DoorOpenFailed(door: "A01", cycle: 1, attempts: 3, reason: "not seen open")),
            .serviceComplaintFiled(ComplaintFiled(category: 2, waybill: nil)),
            .serviceSurveyAnswered(SurveyAnswered(scores: [5, 4, 3, 2, 1], waybill: nil)),
            .cameraOffline(CameraOffline(camera: "front", reason: "timeout")),
        ]
        for (number, brand) in ["SF", "YTO", "JT", "中通", "EMS", "=HYPERLINK(\"x\")", "DBL"].enumerated() {
            let parties = Parties(brand: brand, operatorName: "o", agent: "a", cooperationMode: .direct)
            let waybill = Waybill(rawValue: "SF\(number)")
            events.append(.parcelReceived(.brought(waybill, parties, consent: .unknown)))
        }
        for (number, event) in events.enumerated() {
            let moment = Moment(wall: asked.wall - 3_600_000, uptime: asked.uptime - 3_600_000, clock: .ntp)
            report.take(event, at: moment, from: ReportSource(incarnation: "ab12", sequence: number + 1))
        }
        report.finish(at: asked)
        return report
    }

    func uplink() async -> UplinkStatus {
        var status = UplinkStatus(phase: .waitingToRetry, county: "https://county.example.cn/locker")
        status.eventsWaiting = 3
        status.trouble = LinkTrouble(call: .events, fault: .notTheCounty, since: 1_000, tries: 12)
        status.troubleSince = 1_787_275_800_123
        status.notTheCounty = "<html>\u{1B}[31mlogin"
        return status
    }

    func lines(after position: JournalPosition?, limit: Int) async throws -> [JournalLine] {
        if let fault { throw fault }
        let start = position ?? JournalPosition(generation: 1, sequence: 0)
        return Array(lines.filter { $0.position > start }.prefix(limit))
    }

    func scan(_ text: String, role: ScannerRole) async throws(ControlFault) -> [Answer] {
        if let fault { throw fault }
        await asked.scanned("\(role.rawValue):\(text)")
        return [Answer(.scanBadgeFirst)]
    }

    func clock() async -> ClockReading {
        let now = await view().now
        let kernel = Moment(wall: now.wall - 90_000, uptime: now.uptime, clock: .ntp)
        let trouble = ClockTrouble.apart(ntp: kernel.wall, said: now.wall, by: .county)
        return ClockReading(now: now, kernel: kernel, ntp: kernel.wall, trustedTime: now.wall, trouble: trouble)
    }

    func setClock(_ wall: Int64, isForced: Bool, by: String) async throws(ControlFault) {
        if let fault { throw fault }
        await asked.clockSet("\(wall) \(isForced) by \(by)")
    }

    /// An hourly backup on a stick, half an hour ago.
    static var backup: BackupStatus {
        var status = BackupStatus(path: "/media/stick", minutes: 60)
        status.last = BackupOutcome(
            plan: .append,
            folder: "/media/stick/yc-beiliu-0231",
            journal: BackedUpJournal(
                incarnation: String(repeating: "ab", count: 16),
                last: JournalPosition(generation: 1, sequence: 57),
                hash: [],
                events: 57,
                bytes: 40_960,
                breaks: 0,
                added: 7
            ),
            isOnSameDisk: true,
            milliseconds: 250
        )
        (status.lastAgoMilliseconds, status.nextMilliseconds) = (1_800_000, 1_800_000)
        return status
    }

    func backups() async -> BackupStatus { Self.backup }

    func backUp() async throws(ControlFault) -> BackupStatus {
        if let fault { throw fault }
        return Self.backup
    }

    func sheetToken(milliseconds: Int64) async throws(ControlFault) -> String {
        if let fault { throw fault }
        return try await sheet(milliseconds)
    }

    func enrol(token: String, by: String) async throws(ControlFault) {
        if let fault { throw fault }
        await asked.enrolled("\(token) by \(by)")
    }
}
