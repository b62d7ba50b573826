public import LockerDomain
public import StationPorts

/// A recorded day: one line a happening, `HH:MM:SS` in Asia/Shanghai, then what happens.
///
/// ```text
/// 08:02:10 scanner SF7444404156506
/// 09:30:00 keypad 18081673
/// 12:10:00 camera front down
/// 14:00:00 door A03 stuck
/// ```
public struct DayScript: Sendable, Hashable {
    /// One happening.
    public struct Step: Sendable, Hashable {
        /// Milliseconds since midnight in Asia/Shanghai.
        public var time: Int64
        public var act: Act
    }

    /// What happens.
    public enum Act: Sendable, Hashable {
        case text(String, ScannerRole)
        case camera(CameraName, alive: Bool)
        case door(DoorName, SimulatedDoors.FaultMode)
        /// Somebody moves a door by hand.
        case hand(DoorName, DoorLevel)
    }

    /// A line that cannot be read.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        public var description: String
    }

    public var steps: [Step] = []

    /// Reads a script; blank lines and those that begin with `#` do not count.
    public init(_ text: String) throws(Fault) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 3, let time = Self.time(first), let act = Self.act(words[1], words[2]) else {
                throw Fault(description: "line \(index + 1): write \"08:02:10 scanner TEXT\", keypad, camera or door")
            }
            guard time >= steps.last?.time ?? 0 else {
                throw Fault(description: "line \(index + 1): \(first) is before the line above")
            }
            steps.append(Step(time: time, act: act))
        }
    }

    private static func time(_ text: String) -> Int64? {
        let parts = text.split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 3, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]), (0..<60).contains(parts[2])
        else { return nil }
        return (parts[0] * 3_600 + parts[1] * 60 + parts[2]) * 1_000
    }

    private static func act(_ kind: String, _ rest: String) -> Act? {
        if kind == "scanner" { return .text(rest, .scanner) }
        if kind == "keypad" { return .text(rest, .keypad) }
        let words = rest.split(separator: " ").map(String.init)
        guard words.count == 2 else { return nil }
        switch (kind, words[1]) {
        case ("camera", "up"): return .camera(CameraName(rawValue: words[0]), alive: true)
        case ("camera", "down"): return .camera(CameraName(rawValue: words[0]), alive: false)
        case ("door", "stuck"): return .door(DoorName(rawValue: words[0]), .stuck)
        case ("door", "good"): return .door(DoorName(rawValue: words[0]), .good)
        case ("door", "left-open"): return .door(DoorName(rawValue: words[0]), .leftOpen)
        case ("hand", "open"): return .hand(DoorName(rawValue: words[0]), .open)
        default: return nil
        }
    }
}

extension DayScript {
    /// Plays the script on simulated devices: arms the station's own clock for every step that is not past yet.
    public func play(
        on clock: any ClockPort,
        scanners: SimulatedScanners,
        cameras: SimulatedCameras,
        doors: SimulatedDoors
    ) {
        let now = clock.now()
        let midnight = now.shanghaiDay * 86_400_000 - 8 * 3_600_000
        for step in steps {
            let delay = midnight + step.time - now.wall
            guard delay >= 0 else { continue }
            clock.wake(atUptime: now.uptime + delay) {
                switch step.act {
                case .text(let text, let role): scanners.type(text, role: role)
                case .camera(let name, let alive): cameras.set(name, alive: alive)
                case .door(let name, let mode): doors.set(mode, of: name)
                case .hand(let name, let level): doors.move(name, to: level)
                }
            }
        }
    }
}
