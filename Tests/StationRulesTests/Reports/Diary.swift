import LockerDomain
import LockerTestKit
import StationBooks
import StationRules

/// A journal made by hand, over days, starts and clocks.
struct Diary {
    /// 2026-11-21, a Saturday.
    static let day = CivilDay(year: 2026, month: 11, day: 21).number
    static let parties = Parties(brand: "SF", operatorName: "hub", agent: "beiliu", cooperationMode: .shared)

    var lines: [(event: Event, at: Moment)] = []
    var now: Moment
    /// Indices of lines that were lost: what is behind them keeps its number.
    var lost: Set<Int> = []
    /// Index of the first line of another journal.
    var replacedAt: Int?

    /// A station that is started at an hour of a day, counted from `Diary.day`.
    init(day: Int64 = 0, hour: Int64 = 6, clock: ClockTrust = .ntp) {
        now = Moment(wall: Self.wall(day, hour), uptime: 0, clock: clock)
        start(clock: clock)
    }

    static func wall(_ day: Int64, _ hour: Int64) -> Int64 {
        ReportPeriod.wall(ofDay: Self.day + day) + hour * 3_600_000
    }

    static func moment(_ day: Int64, _ hour: Int64, _ clock: ClockTrust = .ntp) -> Moment {
        Moment(wall: wall(day, hour), uptime: 1_000_000_000_000, clock: clock)
    }

    // MARK: Time

    /// Power comes back, or the daemon does.
    mutating func start(clock: ClockTrust = .ntp, darkSince: Int64? = nil, darkClock: ClockTrust? = nil) {
        now.uptime = 30_000
        now.clock = clock
        let fact = StationStarted(
            version: "test",
            doors: 4,
            shelfPlaces: 0,
            darkSince: darkSince,
            darkClock: darkClock
        )
        add(.stationStarted(fact))
    }

    /// Time passes, on a clock that goes.
    mutating func wait(hours: Int64) { wait(milliseconds: hours * 3_600_000) }

    mutating func wait(milliseconds: Int64) {
        now.wall += milliseconds
        now.uptime += milliseconds
    }

    /// The same until an hour of a day.
    mutating func go(_ day: Int64, _ hour: Int64) { wait(milliseconds: Self.wall(day, hour) - now.wall) }

    /// Power is off for so long; a clock without a battery stands still meanwhile.
    mutating func powerCut(hours: Int64, clock: ClockTrust = .ntp) {
        if clock.isDated { now.wall += hours * 3_600_000 }
        start(clock: clock)
    }

    // MARK: Events

    mutating func add(_ event: Event) { lines.append((event, now)) }

    /// The journal so far was damaged and is replaced; the state is whole.
    mutating func replace(lostLast: Int) {
        let fact = JournalReplaced(
            previous: "abc",
            lastSequence: "\(lines.count)",
            lastHash: nil,
            lostLast: "\(lostLast)",
            stateKept: true,
            reason: .damaged
        )
        replacedAt = lines.count
        add(.stationJournalReplaced(fact))
    }

    mutating func run(_ id: String = "r-1") {
        add(.runArrived(RunArrived(run: id, person: "1001", how: .card)))
    }

    mutating func receive(
        _ waybill: Waybill,
        brand: String = "SF",
        how: ParcelReceived.How = .scan,
        consent: Consent = .userConsent
    ) {
        add(.parcelReceived(.brought(waybill, Self.parties(brand), how: how, consent: consent)))
    }

    mutating func store(_ waybill: Waybill, brand: String = "SF") {
        add(
            .parcelStored(
                ParcelStored(
                    waybill: waybill,
                    parties: Self.parties(brand),
                    direction: .inbound,
                    place: .door("A01"),
                    n: 0,
                    keyID: "00",
                    evidence: .sensor,
                    doorOpenedAt: nil
                )
            )
        )
    }

    mutating func collect(
        _ waybill: Waybill,
        brand: String = "SF",
        by: ParcelCollected.Collector = .recipient,
        evidence: Evidence = .sensor,
        fen: Int? = nil
    ) {
        add(
            .parcelCollected(
                ParcelCollected(
                    waybill: waybill,
                    parties: Self.parties(brand),
                    direction: .inbound,
                    place: .door("A01"),
                    by: by,
                    means: .code,
                    evidence: evidence,
                    doorOpenedAt: nil,
                    person: nil,
                    fee: fen.map { Fee(line: "over-72h", fen: $0) }
                )
            )
        )
    }

    mutating func refuse(_ waybill: Waybill, brand: String = "SF") {
        add(
            .parcelRefused(
                ParcelRefused(
                    waybill: waybill,
                    parties: Self.parties(brand),
                    direction: .inbound,
                    place: .door("A01"),
                    evidence: .sensor,
                    doorOpenedAt: nil
                )
            )
        )
    }

    static func parties(_ brand: String) -> Parties {
        Parties(
            brand: brand,
            operatorName: parties.operatorName,
            agent: parties.agent,
            cooperationMode: parties.cooperationMode
        )
    }

    // MARK: Reports

    /// The report of a day counted from `Diary.day`, asked at the diary's end or at another moment.
    func day(_ day: Int64 = 0, asked: Moment? = nil, state: StationState = StationState()) -> StationReport {
        report(ReportPeriod(.day, holding: Self.day + day), asked, state)
    }

    func month(asked: Moment? = nil) -> StationReport {
        report(ReportPeriod(.month, holding: Self.day), asked, StationState())
    }

    private func report(_ period: ReportPeriod, _ asked: Moment?, _ state: StationState) -> StationReport {
        var report = StationReport(period, state: state)
        for (number, line) in lines.enumerated() where !lost.contains(number) {
            report.take(line.event, at: line.at, from: source(of: number))
        }
        report.finish(at: asked ?? now)
        return report
    }

    private func source(of index: Int) -> ReportSource {
        guard let replacedAt, index >= replacedAt else { return ReportSource(incarnation: "abc", sequence: index + 1) }
        return ReportSource(incarnation: "abd", sequence: index - replacedAt + 1)
    }
}
