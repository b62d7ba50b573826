import LockerDomain

/// A station to which random things happen, most of them sensible.
struct Walk {
    var cabinet: Cabinet
    private(set) var input = ""
    private var random: SeededRandom
    private var judge: Judge
    private let waybills: [Waybill] = (0..<12).map { Waybill(rawValue: "YT\(8_962_646_785_380 + $0)") }
    private var commands = 0

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        let blind = DoorSettings(name: "B01", size: .small, hasSensor: false)
        cabinet = Cabinet(doors: Cabinet.doors + [blind])
        judge = Judge(cabinet)
    }

    mutating func step() {
        cabinet.wait(Int64.random(in: 0...4_000, using: &random))
        let before = cabinet.journal.count
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<45: text()
        case 45..<80: door()
        case 80..<92: rare()
        default: cabinet.wait(Int64.random(in: 0...900_000, using: &random))
        }
        judge.look(at: cabinet, from: before)
    }

    func complaints() -> [String] { judge.complaints + judge.faults(in: cabinet) }

    private mutating func text() {
        let waybill = pick(waybills)
        let door = pick(cabinet.station.settings.doors).name
        let scans = [
            waybill.rawValue, waybill.rawValue, waybill.rawValue, cabinet.badge(.courier), cabinet.badge(.keeper),
            "VLK1:END", "VLK1:EMPTY", "VLK1:DOOR:\(door)", "6901234567892", "nonsense",
            String(repeating: "7", count: 9_999),
            cabinet.pickupToken(of: waybill, n: cabinet.state.parcels[waybill]?.n ?? 0), "",
        ]
        let typed = [cabinet.code(of: waybill), cabinet.code(of: waybill), "12345678", Cabinet.keeperPIN, "0000", "x"]
        let scanned = Int.random(in: 0..<3, using: &random) > 0
        let text = pick(scanned ? scans : typed)
        send(.text(text, from: TextSource(device: scanned ? "1-1" : "1-2", role: scanned ? .scanner : .keypad)))
        if cabinet.events.isEmpty || cabinet.answers.isEmpty {
            judge.complaints.append("a text without event or answer")
        }
    }

    /// What doors mostly do: the pulse ends, the door opens, it shuts.
    private mutating func door() {
        let busy = cabinet.state.doors.filter { $0.value.cycle != nil }.map(\.key).sorted()
        let door = busy.isEmpty || chance(20) ? pick(cabinet.station.settings.doors).name : pick(busy)
        let state = cabinet.state.door(door)
        let id = state.cycle?.id ?? Int.random(in: 0...9, using: &random)
        let attempt = state.cycle?.attempt ?? 1
        switch Int.random(in: 0..<12, using: &random) {
        case 0...2: send(.pulseEnded(door, cycle: id, fault: chance(4) ? "line busy" : nil))
        case 3...5: send(.level(door, state.level == .closed ? .open : .closed))
        case 6...7: send(.timer(.openWait(door, cycle: id, attempt: attempt)))
        case 8: send(.timer(.assumed(door, cycle: id)))
        case 9: send(.timer(.leftOpen(door, cycle: state.cycle?.id ?? 0)))
        default: if chance(10) { send(.level(door, pick(DoorLevel.allCases))) }
        }
    }

    private mutating func rare() {
        switch Int.random(in: 0..<14, using: &random) {
        case 0, 1:
            commands += 1
            let entries = waybills.filter { _ in chance(30) }.map {
                ManifestEntry(
                    waybill: $0,
                    brand: "YTO",
                    operatorName: "yto",
                    n: UInt32.random(in: 0...3, using: &random),
                    size: pick(Size.allCases)
                )
            }
            send(.command(Command(id: "c", number: commands, kind: .manifest(id: "m", entries: entries))))
        case 2:
            send(.command(Command(id: "c", number: commands + 1, kind: .unsupported(type: "x", reason: "y"))))
            commands += 1
        case 3: send(.timer(.sessionIdle(cabinet.state.session?.id ?? 0)))
        case 4: send(.camera("front", chance(50) ? .good : .missed(reason: "no answer")))
        case 5: send(.storage(pick([.ok, .ok, .reserve])))
        case 6:
            send(.scanner(pick([.detached("1-1"), .attached("1-1", role: .scanner, usb: "05f9:2214", serial: nil)])))
        case 7:
            let jump = Int64.random(in: -90_000_000...90_000_000, using: &random)
            cabinet.now.wall += jump
            cabinet.now.clock = pick(ClockTrust.allCases)
            send(.clockChanged(before: .ntp, after: cabinet.now.clock, jumpMilliseconds: jump))
        case 8: if chance(30) { restart() }
        case 9:
            if chance(5) {
                send(
                    .journalReplaced(JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged))
                )
            }
        default: settle()
        }
    }

    /// A keeper settles one door, so that the cabinet does not fill up with doors that nobody knows about.
    private mutating func settle() {
        let unknown = cabinet.station.settings.doors.map(\.name).filter {
            cabinet.state.door($0).contents == .unknown || cabinet.state.door($0).outOfService != nil
        }
        guard let door = unknown.first else { return }
        input = "audit of \(door)"
        cabinet.audit(door)
        cabinet.pulseEnds(door)
        cabinet.send(.level(door, .open))
        cabinet.scan("VLK1:EMPTY")
        cabinet.send(.level(door, .closed))
    }

    private mutating func restart() {
        input = "restart"
        cabinet.restart(levels: chance(80) ? .closed : .open)
    }

    private mutating func send(_ input: Input) {
        self.input = "\(input)"
        cabinet.send(input)
    }

    private mutating func pick<Element>(_ all: [Element]) -> Element {
        all[Int.random(in: all.indices, using: &random)]
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
}
