import LockerDomain
import StationBooks
import StationRules

/// A station with a clock and everything it ever decided, for scenarios: doors A01 (S), A02 and A03 (M), A04 (L),
/// A05 (XL, chilled), two shelf places, one camera.
struct Cabinet {
    static let newYear: Int64 = 1_767_196_800_000

    var station: Station
    var now = Moment(wall: Cabinet.newYear, uptime: 0, clock: .ntp)
    /// All events with the moments at which they were made: the journal.
    var journal: [(event: Event, at: Moment)] = []
    /// Events of the last input.
    var events: [Event] = []
    /// Actions of the last input.
    var actions: [Action] = []

    init(
        doors: [DoorSettings] = Cabinet.doors,
        shelf: [ShelfPlace] = ["S1-01", "S1-02"],
        enrolled: Bool = true,
        village: String = "140522102206",
        policy: Policy = Policy()
    ) {
        let settings = StationSettings(
            id: "yc-beiliu-0231",
            doors: doors,
            shelfPlaces: shelf,
            cameras: ["front"],
            village: village,
            policy: policy
        )
        station = Station(settings: settings) { pin, verifier in pin == verifier.hash }
        if enrolled { send(.enrolled(credentials, by: "tester")) }
        start()
    }

    static let doors: [DoorSettings] = [
        DoorSettings(name: "A01", size: .small), DoorSettings(name: "A02", size: .medium),
        DoorSettings(name: "A03", size: .medium, reach: .low), DoorSettings(name: "A04", size: .large),
        DoorSettings(name: "A05", size: .extraLarge, chilled: true),
    ]

    /// Two middle doors, neither with a sensor.
    static let blindDoors: [DoorSettings] = [
        DoorSettings(name: "B01", size: .medium, hasSensor: false),
        DoorSettings(name: "B02", size: .medium, hasSensor: false),
    ]

    var state: StationState { station.state }

    // MARK: Inputs

    mutating func send(_ input: Input) {
        let decision = station.decide(input, at: now)
        events = decision.events
        actions = decision.actions
        journal += decision.events.map { ($0, now) }
    }

    mutating func wait(_ milliseconds: Int64) {
        now.wall += milliseconds
        now.uptime += milliseconds
    }

    mutating func start(levels: DoorLevel = .closed) {
        let wired = station.settings.doors.filter(\.hasSensor)
        send(.started(version: "test", levels: Dictionary(uniqueKeysWithValues: wired.map { ($0.name, levels) })))
    }

    /// Power off and on again: another `Station`, the same journal and keys.
    mutating func restart(levels: DoorLevel = .closed) {
        now.uptime = 0
        station = Station(settings: station.settings, state: replayed, credentials: station.credentials) {
            $0 == $1.hash
        }
        start(levels: levels)
    }

    /// The county announces parcels.
    mutating func announce(_ entries: [ManifestEntry]) { command(.manifest(id: "m", entries: entries)) }

    /// The next command of the county.
    mutating func command(_ kind: Command.Kind) {
        let number = state.commands.highest + 1
        send(.command(Command(id: "c\(number)", number: number, kind: kind)))
    }

    /// Scans a barcode three seconds after what was before.
    mutating func scan(_ text: String) {
        wait(3_000)
        send(.text(text, from: TextSource(device: "1-1", role: .scanner)))
    }

    /// Types a line on the number pad.
    mutating func type(_ text: String) {
        wait(3_000)
        send(.text(text, from: TextSource(device: "1-2", role: .keypad)))
    }

    /// Types the pickup code of a parcel.
    mutating func typeCode(of waybill: Waybill) {
        type(code(of: waybill))
    }

    /// The pulse of the present opening is over.
    mutating func pulseEnds(_ door: DoorName, fault: String? = nil) {
        send(.pulseEnded(door, cycle: state.door(door).cycle?.id ?? -1, fault: fault))
    }

    mutating func openWaitEnds(_ door: DoorName) {
        let cycle = state.door(door).cycle
        send(.timer(.openWait(door, cycle: cycle?.id ?? -1, attempt: cycle?.attempt ?? -1)))
    }

    mutating func open(_ door: DoorName) {
        pulseEnds(door)
        send(.level(door, .open))
    }

    mutating func shut(_ door: DoorName) {
        wait(5_000)
        send(.level(door, .closed))
    }

    /// A courier brings one parcel; afterwards it lies behind the returned door or on the shelf.
    mutating func deposit(_ waybill: Waybill) -> Place? {
        if state.session == nil { scan(badge(.courier)) }
        scan(waybill.rawValue)
        if let door = state.doors.first(where: { $0.value.cycle?.waybills == [waybill] })?.key {
            open(door)
            shut(door)
        }
        return state.parcels[waybill]?.place
    }

    /// A keeper with a proven PIN and a reason opens a door to look inside.
    mutating func audit(_ door: DoorName) {
        scan(badge(.keeper))
        type(Cabinet.keeperPIN)
        scan("VLK1:REASON:6")
        scan("VLK1:DOOR:\(door)")
    }
}
