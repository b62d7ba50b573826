package import LockerDomain

/// Which signal is on when. Pure; times are milliseconds of one monotonic clock.
package struct SignalPlayer: Sendable {
    /// A light stays on this long.
    static let lightMilliseconds: Int64 = 3_000

    private var light = Light.off
    private var lightEndsAt: Int64 = .min
    private var beepBeganAt: Int64 = .min
    private var beep: [ClosedRange<Int64>] = []

    package init() {}

    /// What has to be on.
    package struct Outputs: Sendable, Hashable {
        package var green: Bool
        package var red: Bool
        package var buzzer: Bool

        package init(green: Bool = false, red: Bool = false, buzzer: Bool = false) {
            (self.green, self.red, self.buzzer) = (green, red, buzzer)
        }
    }

    /// An answer takes the light at once; a beep takes the place of the one before, none lets it end.
    package mutating func show(_ light: Light, _ beep: Beep, at now: Int64) {
        self.light = light
        lightEndsAt = now + Self.lightMilliseconds
        let pattern = Self.pattern(beep)
        guard !pattern.isEmpty else { return }
        beepBeganAt = now
        self.beep = pattern
    }

    /// What is on at a time.
    package func outputs(at now: Int64) -> Outputs {
        let isLit = now < lightEndsAt
        let position = beep.isEmpty ? 0 : now - beepBeganAt
        return Outputs(
            green: isLit && (light == .green || light == .both),
            red: isLit && (light == .red || light == .both),
            buzzer: beep.contains { $0.contains(position) }
        )
    }

    /// When something changes after `now`; `nil` when everything is off for good.
    package func nextChange(after now: Int64) -> Int64? {
        var changes: [Int64] = light == .off ? [] : [lightEndsAt]
        for sound in beep { changes += [beepBeganAt + sound.lowerBound, beepBeganAt + sound.upperBound + 1] }
        return changes.filter { $0 > now }.min()
    }

    /// Milliseconds after the beginning in which the buzzer sounds.
    private static func pattern(_ beep: Beep) -> [ClosedRange<Int64>] {
        switch beep {
        case .none: []
        case .short: [0...119]
        case .long: [0...699]
        case .double: [0...119, 240...359]
        case .triple: [0...119, 240...359, 480...599]
        }
    }
}
