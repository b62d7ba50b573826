import CountyBooks
import LockerDomain
import LockerTestKit
import PortFakes
import StationBooks
import SyncWire

/// The journals of one station of which old copies went on twice, line by line in the order in which it happened:
///
/// - `first` of ten lines; a copy of its first six went on, as `copy`, and the station named that branch by `second`;
/// - `second` of five lines; a copy of its first three went on, as `secondCopy`, and the station named it by `third`.
struct Forked {
    static let station = "yc-01"
    /// Milliseconds since 1970: 08:00 in China on 2026-09-10.
    fileprivate static let begin: Int64 = 1_788_998_400_000
    static let received: Int64 = begin + 86_400_000
    static let month = CountyPeriod(monthHolding: ReportPeriod.day(ofWall: begin))

    private(set) var first = Self.journal("a")
    private(set) var copy = Self.journal("a")
    private(set) var second = Self.journal("b")
    private(set) var secondCopy = Self.journal("b")
    private(set) var third = Self.journal("c")
    private var pen = Pen()

    /// - Parameter clock: how the station knew the time while the first copy went on.
    init(clock: ClockTrust = .ntp) throws {
        try pen.start(&first)
        try pen.add(.runArrived(RunArrived(run: "r-1", person: "0000000000000401", how: .card)), to: &first)
        try pen.deliver("SF1", to: "A01", &first)
        try pen.deliver("SF2", to: "A02", &first)
        copy = first.forked(after: 6)
        try pen.store("SF1", at: "A03", &first)
        try pen.deliver("SF3", to: "A04", &first)
        try pen.store("SF2", at: "A05", &first)

        try pen.start(&copy, clock)
        try pen.store("SF1", at: "B01", &copy, clock)
        try pen.deliver("SF4", to: "B02", &copy, clock)
        try pen.name(copy, .forked, in: &second, clock)
        try pen.start(&second)
        try pen.store("SF4", at: "B03", &second)
        secondCopy = second.forked(after: 3)
        try pen.store("SF4", at: "C01", &second)
        try pen.store("SF2", at: "C02", &second)

        try pen.store("SF4", at: "D01", &secondCopy)
        try pen.name(secondCopy, .restored, in: &third)
        try pen.start(&third)
        try pen.deliver("SF6", to: "D02", &third)
    }

    /// Another copy of the first journal that went on: nobody names it.
    func stranger() throws -> WrittenJournal {
        var (pen, journal) = (pen, first.forked(after: 6))
        try pen.start(&journal)
        try pen.deliver("SF9", to: "E01", &journal)
        return journal
    }

    /// All lines in the order in which they happened.
    var lines: [EventLine] {
        get throws {
            let parts = [
                first.lines, Array(copy.lines.dropFirst(6)), second.lines, Array(secondCopy.lines.dropFirst(3)),
                third.lines,
            ]
            return try parts.joined().map { try EventLine(decoding: $0) }
        }
    }

    private static func journal(_ digit: String) -> WrittenJournal {
        WrittenJournal(station, incarnation: String(repeating: digit, count: 32))
    }
}

/// Writes lines, each a minute behind the one before.
private struct Pen {
    private static let parties = Parties(
        brand: "SF",
        operatorName: "共配",
        agent: "北留村便民站",
        cooperationMode: .shared
    )

    private var minute: Int64 = 0

    mutating func add(_ event: Event, to journal: inout WrittenJournal, _ clock: ClockTrust = .ntp) throws {
        minute += 1
        let past = minute * 60_000
        let line = EventLine(
            station: Forked.station,
            incarnation: journal.incarnation,
            sequence: journal.lines.count + 1,
            time: Moment(wall: clock.isDated ? Forked.begin + past : 0, uptime: past, clock: clock),
            bootID: "boot",
            event: event
        )
        journal.append(raw: String(decoding: try line.encoded(), as: UTF8.self))
    }

    mutating func start(_ journal: inout WrittenJournal, _ clock: ClockTrust = .ntp) throws {
        try add(.stationStarted(StationStarted(version: "1", doors: 8, shelfPlaces: 0)), to: &journal, clock)
    }

    mutating func deliver(
        _ waybill: Waybill,
        to door: DoorName,
        _ journal: inout WrittenJournal,
        _ clock: ClockTrust = .ntp
    ) throws {
        try add(.parcelReceived(.brought(waybill, Self.parties)), to: &journal, clock)
        try store(waybill, at: door, &journal, clock)
    }

    mutating func store(
        _ waybill: Waybill,
        at door: DoorName,
        _ journal: inout WrittenJournal,
        _ clock: ClockTrust = .ntp
    ) throws {
        let fact = ParcelStored(
            waybill: waybill,
            parties: Self.parties,
            direction: .inbound,
            place: .door(door),
            n: 0,
            keyID: "630dcd2966c43366",
            evidence: .sensor
        )
        try add(.parcelStored(fact), to: &journal, clock)
    }

    /// The first line of a new journal says with which line the one before ended.
    mutating func name(
        _ previous: WrittenJournal,
        _ reason: JournalReplaced.Reason,
        in journal: inout WrittenJournal,
        _ clock: ClockTrust = .ntp
    ) throws {
        let fact = JournalReplaced(
            previous: previous.incarnation,
            lastSequence: EventLine.text(ofSequence: previous.lines.count),
            lastHash: previous.hashes.last.map { Hex.encode($0) },
            reason: reason
        )
        try add(.stationJournalReplaced(fact), to: &journal, clock)
    }
}
