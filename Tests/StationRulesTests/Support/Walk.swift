import LockerDomain
import LockerTestKit
import StationBooks
import StationRules

/// A station to which random things happen, most of them sensible: errands of people, step by step, and between the steps
/// whatever else may come.
struct Walk {
    var cabinet: Cabinet
    private(set) var input = ""
    var random: SplitMix
    private var judge: Judge
    /// What the present errand still has to do.
    private var errand: [ErrandStep] = []
    private var lastPulsed: DoorName?

    static let waybills: [Waybill] = (0..<16).map { Waybill(rawValue: "YT\(8_962_646_785_380 + $0)") }

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        let blind = DoorSettings(name: "B01", size: .small, hasSensor: false)
        cabinet = Cabinet(doors: Cabinet.doors + [blind], shelf: ["S1-01", "S1-02", "S1-03"])
        judge = Judge(cabinet)
        let start = cabinet.journal.count
        cabinet.givePINs()
        judge.look(at: cabinet, from: start)
    }

    func complaints() -> [String] { judge.complaints + judge.faults(in: cabinet) }

    mutating func step() {
        cabinet.wait(Int64.random(in: 0...4_000, using: &random))
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<60: goOn()
        case 60..<68: read(pick(randomTexts()))
        case 68..<86: door()
        case 86..<96: rare()
        case 96..<99: cabinet.wait(Int64.random(in: 0...900_000, using: &random))
        default: cabinet.wait(Int64.random(in: 0...4 * 86_400_000, using: &random))
        }
    }

    // MARK: Errands

    private mutating func goOn() {
        if errand.isEmpty, chance(35) { errand = settling() }
        if cabinet.station.storage != .ok, chance(20) { send(.storage(.ok)) }
        if errand.isEmpty { errand = pickErrand() }
        guard !errand.isEmpty else { return }
        switch errand.removeFirst() {
        case .scan(let text): read((text, .scanner))
        case .card(let card): read((card.text, .scanner))
        case .type(let text): read((text, .keypad))
        case .announce(let entries): command(.manifest(id: "m", entries: entries))
        case .enter(let role):
            if cabinet.state.session?.role != role { read((cabinet.badge(role, expiry: .max), .scanner)) }
            if cabinet.state.session?.proven == false { errand.insert(.type(Cabinet.keeperPIN), at: 0) }
        case .leave: if cabinet.state.session != nil { read((Card.end.text, .scanner)) }
        case .open:
            guard let door = lastPulsed, let cycle = cabinet.state.door(door).cycle else { return }
            send(.pulseEnded(door, cycle: cycle.id, fault: nil))
            send(.level(door, .open))
        case .stuck:
            guard let door = lastPulsed, let cycle = cabinet.state.door(door).cycle else { return }
            send(.pulseEnded(door, cycle: cycle.id, fault: "line busy"))
        case .shut: if let door = lastPulsed { send(.level(door, .closed)) }
        }
    }

    private mutating func read(_ text: (String, ScannerRole)) {
        let counted = cabinet.station.countedScans
        send(.text(text.0, from: TextSource(device: text.1 == .scanner ? "1-1" : "1-2", role: text.1)))
        let isCounted = text.1 == .scanner && cabinet.station.countedScans == counted + 1
        if cabinet.events.isEmpty && !isCounted || cabinet.answers.isEmpty {
            judge.complaints.append("a text without event or answer")
        }
    }

    // MARK: Doors

    /// What doors mostly do: the pulse ends, the door opens, it shuts.
    private mutating func door() {
        let busy = cabinet.state.doors.filter { $0.value.cycle != nil || $0.value.level == .open }.map(\.key).sorted()
        guard !busy.isEmpty || chance(10) else { return }
        let door = busy.isEmpty || chance(5) ? pick(cabinet.station.settings.doors).name : pick(busy)
        let state = cabinet.state.door(door)
        let id = state.cycle?.id ?? Int.random(in: 0...9, using: &random)
        let attempt = state.cycle?.attempt ?? 1
        switch Int.random(in: 0..<14, using: &random) {
        case 0...2: send(.pulseEnded(door, cycle: id, fault: chance(4) ? "line busy" : nil))
        case 3...7 where state.cycle != nil || state.level == .open || chance(10):
            send(.level(door, state.level == .closed ? .open : .closed))
        case 8...9: send(.timer(.openWait(door, cycle: id, attempt: attempt)))
        case 10: send(.timer(.assumed(door, cycle: id)))
        case 11: send(.timer(.leftOpen(door, cycle: state.cycle?.id ?? 0)))
        case 12: if chance(10) { send(.interrupted(door)) }
        default: if chance(5) { send(.level(door, pick(DoorLevel.allCases))) }
        }
    }

    // MARK: Everything else

    private mutating func rare() {
        switch Int.random(in: 0..<24, using: &random) {
        case 0...9: command(pickCommand())
        case 10...12: send(.timer(.housekeeping))
        case 13: send(.timer(.sessionIdle(cabinet.state.session?.id ?? 0)))
        case 14, 15:
            let misses = chance(75) ? 0 : Limits.cameraMissesMax
            for _ in 0..<misses { send(.camera("front", .missed(reason: "no answer"))) }
            if misses == 0 { send(.camera("front", .good)) }
        case 16: send(.storage(cabinet.station.storage == .ok && chance(30) ? .reserve : .ok))
        case 17:
            send(
                .scanner(
                    pick([
                        .detached("1-1"), .faulted("1-1", reason: "busy"),
                        .attached("1-1", role: .scanner, usb: "05f9:2214", serial: nil),
                    ])
                )
            )
        case 18:
            let jump = Int64.random(in: -90_000_000...90_000_000, using: &random)
            let before = cabinet.now.clock
            cabinet.now.wall += jump
            cabinet.now.clock = chance(80) ? .ntp : pick(ClockTrust.allCases)
            send(.clockChanged(before: before, after: cabinet.now.clock, jumpMilliseconds: jump))
        case 19: if chance(20) { restart() }
        case 20: if chance(20) { send(.stopping(reason: "asked")) }
        case 21:
            guard chance(5) else { return }
            let lost = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)
            send(.journalReplaced(lost))
        default: if errand.isEmpty { errand = settling() }
        }
    }

    private mutating func command(_ kind: Command.Kind) {
        let number = cabinet.state.commands.highest + 1
        send(.command(Command(id: "c\(number)", number: number, kind: kind)))
    }

    private mutating func restart() {
        input = "restart"
        let start = cabinet.journal.count
        cabinet.restart(levels: chance(80) ? .closed : .open)
        judge.look(at: cabinet, from: start)
    }

    private mutating func send(_ input: Input) {
        self.input = "\(input)"
        let start = cabinet.journal.count
        cabinet.send(input)
        lastPulsed = cabinet.pulses.last ?? lastPulsed
        judge.look(at: cabinet, from: start)
    }

    mutating func pick<Element>(_ all: [Element]) -> Element { all[Int.random(in: all.indices, using: &random)] }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
}
