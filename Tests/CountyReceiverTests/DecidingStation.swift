import LockerDomain
import PortFakes
import StationBooks
import StationRules
import SyncWire

/// A station without doors to open: its own decisions about hold periods, facts at its doors, and the journal of both.
struct DecidingStation {
    static let hour: Int64 = 3_600_000
    /// Midnight of 2026-05-12 in Shanghai.
    static let midnight: Int64 = 1_778_515_200_000

    var station: Station
    var journal = WrittenJournal("yc-1")
    var now = Moment(wall: Self.midnight, uptime: 20_000, clock: .ntp)
    private var boots = 1

    init() {
        station = Station(settings: StationSettings(id: "yc-1", doors: [DoorSettings(name: "A01", size: .medium)]))
    }

    private mutating func record(_ event: Event) throws {
        let line = EventLine(
            station: "yc-1",
            incarnation: journal.incarnation,
            sequence: journal.lines.count + 1,
            time: now,
            bootID: "boot-\(boots)",
            event: event
        )
        journal.append(raw: String(decoding: try line.encoded(), as: UTF8.self))
    }

    mutating func send(_ input: Input) throws {
        for event in station.decide(input, at: now).events { try record(event) }
    }

    mutating func command(_ kind: Command.Kind) throws {
        let number = station.state.commands.highest + 1
        try send(.command(Command(id: "c\(number)", number: number, kind: kind)))
    }

    /// What somebody at the doors did.
    mutating func happened(_ facts: ParcelFacts...) throws {
        for fact in facts { try happened(fact.type, fact.data) }
    }

    mutating func happened(_ type: String, _ data: String) throws {
        var scratch = WrittenJournal("yc-1")
        scratch.append(type, data)
        let event = try EventLine(decoding: scratch.lines[0]).event
        var state = station.state
        state.apply(event, at: now)
        station = Station(settings: station.settings, state: state)
        try record(event)
    }

    mutating func wait(hours: Int64) {
        now.wall += hours * Self.hour
        now.uptime += hours * Self.hour
    }

    mutating func pass(hours: Int) throws {
        for _ in 0..<hours {
            wait(hours: 1)
            try send(.timer(.housekeeping))
        }
    }

    mutating func goDark(hours: Int64, clock: ClockTrust = .ntp) throws {
        let last = SignOfLife(wall: now.wall, clock: now.clock)
        boots += 1
        let wall = clock.isDated ? now.wall + hours * Self.hour : 5_000
        now = Moment(wall: wall, uptime: 20_000, clock: clock)
        station = Station(settings: station.settings, state: station.state)
        try send(.started(version: "test", levels: ["A01": .closed], after: last))
    }
}
