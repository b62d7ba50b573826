import LockerDomain
import LockerTestKit
import StationBooks
import StationRules

/// How many inputs one core decides a second, and what more parcels cost.
struct DecideBench {
    /// What people do, each measured apart because the checks of codes are cryptography.
    enum Work: String, CaseIterable {
        case deposits, codes, tokens, wrongCodes = "wrong codes", mix
    }

    private static let sizes = [10, 100, 500, 1_000, 10_000]

    /// Only this work, and only this many parcels; all without.
    var work: Work?
    var parcels: Int?

    func run(milliseconds: Int64) {
        let unit = Self.hmacNanoseconds()
        print("decide: one HMAC-SHA-256 of a code takes \(text(unit, 0)) ns here")
        for work in work.map({ [$0] }) ?? Work.allCases {
            let sizes = parcels.map { [$0] } ?? Self.sizes
            let costs = sizes.map { (size: $0, cost: Self.nanoseconds(work, parcels: $0, milliseconds)) }
            let small = costs[0].cost
            for (size, cost) in costs {
                let aim = work == .mix && size == 500 ? " (aim: 200000)" : ""
                print(
                    "decide: \(work.rawValue), \(size) parcels: \(text(1e9 / cost, 0)) inputs/s\(aim), "
                        + "\(text(cost / small, 2)) x the cost at \(sizes[0]), \(text(cost / unit, 1)) HMACs"
                )
            }
        }
    }

    /// Nanoseconds an input, the best of five runs: the machine is not alone.
    private static func nanoseconds(_ work: Work, parcels: Int, _ milliseconds: Int64) -> Double {
        (0..<5).map { _ in
            var day = BusyDay(parcels: parcels)
            return day.run(work, for: .milliseconds(milliseconds / 5))
        }.min() ?? .infinity
    }

    private static func hmacNanoseconds() -> Double {
        let (key, clock) = (TestKeys.codeKey, ContinuousClock())
        let (waybill, codes) = (Waybill(rawValue: "SF7444404156506"), UInt32(2_000))
        var sum: UInt64 = 0
        // The best of many short runs: the machine is not alone.
        let best = (0..<50).map { _ in
            clock.measure {
                for n in 0..<codes { sum &+= UInt64(PickupCode(waybill, n: n, key: key).number) }
            }
        }
        precondition(sum > 0, "the codes are really made")
        return (best.min() ?? .zero).nanoseconds / Double(codes)
    }
}

extension Duration {
    fileprivate var nanoseconds: Double { Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9 }
}

/// A station in full swing: as many parcels leave as come, so that their number stays. The same people do the same
/// things whatever waits besides, so that sizes compare: of a round's eight parcels four find a door, four the shelf.
private struct BusyDay {
    private var station: Station
    private var now = Moment(wall: 1_778_544_000_000, uptime: 0, clock: .ntp)
    private var badge = ""
    private var number = 0
    private var inputs = 0
    /// What the last input led to.
    private var actions: [Action] = []
    /// Parcels of one round: brought, then fetched.
    private static let round = 8
    private static let doors = 12
    private static let freeDoors = 4
    private static let shelfPlaces = 300

    /// `parcels` wait besides those of a round.
    init(parcels: Int) {
        let doors = (0..<Self.doors).map { DoorSettings(name: DoorName(rawValue: "A\(100 + $0)"), size: .large) }
        let shelf = (0..<Self.shelfPlaces).map { ShelfPlace(rawValue: "S1-\(1_000 + $0)") }
        station = Station(settings: StationSettings(id: "bench", doors: doors, shelfPlaces: shelf))
        renewBadge()
        send(.enrolled(TestKeys.credentials(), by: "bench"))
        send(.started(version: "bench", levels: Dictionary(doors.map { ($0.name, .closed) }) { $1 }))
        fill(parcels)
    }

    /// A badge lives 90 days.
    private mutating func renewBadge() {
        let days = UInt32(Limits.badgeDaysMax)
        badge = TestKeys.badge(.courier, expiry: UInt32(clamping: now.wall / 1_000) + days * 86_400)
    }

    /// Some parcels lie behind doors, some on the shelf, the rest is announced.
    private mutating func fill(_ parcels: Int) {
        let entries = (0..<parcels).map {
            ManifestEntry(
                waybill: Waybill(rawValue: "YT\(1_000_000_000_000 + $0)"),
                brand: "YTO",
                operatorName: "bench"
            )
        }
        for start in stride(from: 0, to: entries.count, by: Limits.manifestEntriesMax) {
            let part = Array(entries[start..<min(entries.count, start + Limits.manifestEntriesMax)])
            send(.command(Command(id: "\(start)", number: start + 1, kind: .manifest(id: "m\(start)", entries: part))))
        }
        scan(badge)
        let behindDoors = Self.doors - Self.freeDoors
        let lying = max(behindDoors, min(parcels / 2, Self.shelfPlaces - Self.round))
        // The doors that shall be free are filled too, and emptied last: what comes after them lies on the shelf.
        let taken = (0..<Self.freeDoors).map { Waybill(rawValue: "SF\($0 + 1)000000000000") }
        let emptied = bring(entries.prefix(behindDoors).map(\.waybill) + taken).suffix(Self.freeDoors)
        _ = bring(entries.prefix(lying).dropFirst(behindDoors).map(\.waybill))
        for visit in visits(zip(taken, emptied), byToken: false) { fetch(visit) }
    }

    /// Nanoseconds an input of the kind.
    mutating func run(_ work: DecideBench.Work, for duration: Duration) -> Double {
        var (spent, counted, rounds) = (Duration.zero, 0, 0)
        while spent < duration {
            rounds += 1
            let waybills = newNumbers()
            let bringing = measure { day in day.bring(waybills) }
            let visits = visits(zip(waybills, bringing.value), byToken: work == .tokens)
            let fetching = measure { day in for visit in visits { day.fetch(visit) } }
            let guessing = measure { day in day.guess(work == .wrongCodes ? 8 : work == .mix ? 1 : 0) }
            let parts: [(spent: Duration, inputs: Int)] =
                switch work {
                case .deposits: [bringing.part]
                case .codes, .tokens: [fetching.part]
                case .wrongCodes: [guessing.part]
                case .mix: [bringing.part, fetching.part, guessing.part]
                }
            for part in parts { (spent, counted) = (spent + part.spent, counted + part.inputs) }
            // The books forget once a day; guessing is closed after forty a day.
            if rounds.isMultiple(of: work == .wrongCodes ? 4 : 25) {
                now.wall += 86_400_000
                renewBadge()
            }
        }
        return spent.nanoseconds / Double(max(1, counted))
    }

    private struct Measured<Value> {
        var value: Value
        var spent: Duration
        var inputs: Int
        var part: (spent: Duration, inputs: Int) { (spent, inputs) }
    }

    private mutating func measure<Value>(_ body: (inout BusyDay) -> Value) -> Measured<Value> {
        let (clock, before) = (ContinuousClock(), inputs)
        let start = clock.now
        let value = body(&self)
        return Measured(value: value, spent: start.duration(to: clock.now), inputs: inputs - before)
    }

    private mutating func newNumbers() -> [Waybill] {
        (0..<Self.round).map { _ in
            number += 1
            return Waybill(rawValue: "SF\(1_000_000_000_000 + number)")
        }
    }

    /// Who comes with what, and where it lies. The code is made before the time is taken: it is the county's work.
    private struct Visit {
        var waybill: Waybill
        var door: DoorName?
        var token: String?
        var code = ""
    }

    private func visits(_ parcels: some Sequence<(Waybill, DoorName?)>, byToken: Bool) -> [Visit] {
        parcels.map { waybill, door in
            let n = station.state.parcels[waybill]?.n ?? 0
            guard !byToken else {
                return Visit(waybill: waybill, door: door, token: TestKeys.pickupToken(waybill, n: n))
            }
            return Visit(waybill: waybill, door: door, code: TestKeys.code(waybill, n: n))
        }
    }

    private mutating func fetch(_ visit: Visit) {
        if let token = visit.token { scan(token) } else { type(visit.code) }
        if let door = visit.door { cycle(door) } else { scan(visit.waybill.rawValue) }
    }

    private mutating func guess(_ times: Int) {
        for _ in 0..<times {
            now.wall += 700_000
            type("00000000")
        }
    }

    private mutating func bring(_ waybills: [Waybill]) -> [DoorName?] { waybills.map { deposit($0) } }

    private mutating func deposit(_ waybill: Waybill) -> DoorName? {
        scan(waybill.rawValue)
        for case .pulse(let door, _, _) in actions {
            cycle(door)
            return door
        }
        return nil
    }

    /// The pulse ends, the door is seen open, its reminders run out, it is shut.
    private mutating func cycle(_ door: DoorName) {
        let id = station.state.door(door).cycle?.id ?? 0
        send(.pulseEnded(door, cycle: id, fault: nil))
        send(.level(door, .open))
        send(.timer(.openWait(door, cycle: id, attempt: 1)))
        now.wall += 4_000
        now.uptime += 4_000
        send(.level(door, .closed))
        send(.timer(.leftOpen(door, cycle: id)))
    }

    private mutating func scan(_ text: String) {
        now.uptime += 3_000
        send(.text(text, from: TextSource(device: "1-1", role: .scanner)))
    }

    private mutating func type(_ text: String) {
        now.uptime += 3_000
        send(.text(text, from: TextSource(device: "1-2", role: .keypad)))
    }

    private mutating func send(_ input: Input) {
        actions = station.decide(input, at: now).actions
        inputs += 1
    }
}
