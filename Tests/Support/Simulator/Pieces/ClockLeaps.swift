import LockerDomain
import StationCore
import StationRules

/// NTP leaps ten years ahead, or forty days where the county says another time, and comes back.
struct ClockLeaps: Piece {
    private static let tenYears = 3_653 * Span.day

    func plan(day: Int, midnight: Int64, in world: World) {
        guard world.profile.clockLeaps, world.chance.happens(500) else { return }
        world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { leap($0) }
    }

    private func leap(_ world: World) {
        guard world.clock.trust == .ntp else { return }
        // Less than 45 days are believed where nobody says another time.
        let isNear = world.clock.hasWord && world.chance.happens(400)
        let isShort = isNear || world.chance.happens(600)
        let length = isShort ? 2 * Span.second : world.chance.within(Span.minute...6 * Span.hour)
        let boots = world.clock.boots
        world.clock.leap(by: isNear ? 40 * Span.day : Self.tenYears)
        world.log.note(world.clock.now, .word("NTP leaps \(isNear ? "40 days" : "ten years") for \(length / 1_000) s"))
        world.worn.insert(isNear ? "a leap of forty days" : "a leap of ten years")
        // Somebody is at the cabinet just then, else the station need not look at its clock.
        let scanner = TextSource(device: "1-1", role: .scanner)
        world.after(Span.second) { $0.post(Post(.text(Card.end.text, from: scanner))) }
        world.after(length) { if $0.clock.boots == boots { $0.clock.comeBack() } }
        world.after(length + Span.second) { $0.post(Post(.text(Card.end.text, from: scanner))) }
    }
}

/// The power is gone for days; the county goes on.
struct DarkWeeks: Piece {
    func plan(day: Int, midnight: Int64, in world: World) {
        guard world.profile.goesDark, day == 2 else { return }
        let length = world.chance.within(3 * Span.day...9 * Span.day)
        world.trouble(at: midnight + world.chance.timeOfDay(0, 22)) { $0.goDark(for: length) }
    }
}
