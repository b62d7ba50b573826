import LockerDomain
import StationBooks
import StationRules
import SyncWire

/// A hash of everything that a station decided: the answers by their ids, the actions, the events by the chain of the
/// journal. Two programs that give the same one for a seed behave the same in that world (HOUSE 3).
struct DecisionHash {
    /// FNV-1a, 64 bits.
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func take(_ decision: Decision) {
        for event in decision.events { take(event.type.rawValue) }
        for action in decision.actions {
            switch action {
            case .pulse(let door, let cycle, let milliseconds):
                take(door.rawValue)
                take(UInt64(bitPattern: Int64(cycle)))
                take(UInt64(bitPattern: milliseconds))
            case .answer(let answer): take(answer.id.rawValue)
            case .timer(let key, let milliseconds):
                take(key)
                take(UInt64(bitPattern: milliseconds))
            case .keepPINs(let pins): take(UInt64(pins.count))
            case .keepContact(let waybill, _, let recipientKey):
                take(waybill.rawValue)
                take(recipientKey ?? "-")
            }
        }
        take(UInt8.max)
    }

    /// What became durable: the hash of the chain behind it.
    mutating func take(_ hash: [UInt8]) {
        for byte in hash { take(byte) }
    }

    private mutating func take(_ key: TimerKey) {
        switch key {
        case .openWait(let door, let cycle, let attempt): take("wait \(door.rawValue)", [cycle, attempt])
        case .leftOpen(let door, let cycle): take("open \(door.rawValue)", [cycle])
        case .assumed(let door, let cycle): take("assumed \(door.rawValue)", [cycle])
        case .sessionIdle(let session): take("idle", [session])
        case .housekeeping: take("housekeeping", [])
        case .repeats: take("repeats", [])
        }
    }

    private mutating func take(_ text: String, _ numbers: [Int]) {
        take(text)
        for number in numbers { take(UInt64(bitPattern: Int64(number))) }
    }

    private mutating func take(_ text: String) {
        for byte in text.utf8 { take(byte) }
        take(UInt8(0))
    }

    private mutating func take(_ number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { take(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private mutating func take(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
}

/// The recorded hashes of many worlds: whoever moves code without wanting to change what a station does gets the same.
public enum Oracle {
    /// Worlds that are recorded.
    public static let seeds: ClosedRange<UInt64> = 1...200

    /// One line of the record: the seed, and the hash of its world. A world that breaks a sentence has none.
    public static func line(seed: UInt64) -> String {
        let world = World(seed: seed)
        if let failure = world.run(days: Simulation.daysPerWorld) { return "\(seed) broken: \(failure.invariant)" }
        let hash = String(world.decisions.value, radix: 16)
        return "\(seed) " + String(repeating: "0", count: 16 - hash.count) + hash
    }

    /// The seeds of a record whose worlds are not what they were, with both lines.
    public static func differences(to record: String, seeds: some Sequence<UInt64>) -> [String] {
        let lines = record.split(separator: "\n").map(String.init)
        let known = Dictionary(lines.compactMap { line in line.split(separator: " ").first.map { (String($0), line) } })
        {
            $1
        }
        return seeds.compactMap { seed in
            let (now, before) = (line(seed: seed), known["\(seed)"] ?? "\(seed) not recorded")
            return now == before ? nil : "\(before) became \(now)"
        }
    }
}
