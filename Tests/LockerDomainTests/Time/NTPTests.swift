import LockerDomain
import Testing

/// A machine whose clock a test sets, beside the discipline.
private struct Machine {
    var discipline: ClockDiscipline
    var raw: Moment

    init(_ discipline: ClockDiscipline, wall: Int64, uptime: Int64 = 20_000, clock: ClockTrust = .ntp) {
        self.discipline = discipline
        raw = Moment(wall: wall, uptime: uptime, clock: clock)
    }

    mutating func read() -> Moment { discipline.moment(for: raw) }

    mutating func pass(_ milliseconds: Int64) -> Moment {
        raw.wall += milliseconds
        raw.uptime += milliseconds
        return read()
    }

    mutating func leap(_ milliseconds: Int64) -> Moment {
        raw.wall += milliseconds
        return read()
    }

    mutating func county(says wall: Int64) -> Moment {
        discipline.hear(county: wall, asked: raw.uptime, at: raw.uptime)
        return read()
    }

    mutating func set(_ wall: Int64) -> Moment {
        discipline.set(manual: wall, at: raw.uptime)
        return read()
    }
}

@Suite("NTP that is not believed")
struct NTPTests {
    private static let day: Int64 = 86_400_000
    private static let hour: Int64 = 3_600_000
    private static let minute: Int64 = 60_000
    private static let trusted: Int64 = 1_767_196_800_000 + 200 * day
    private static let tenYears = 3_652 * day

    private func machine(ahead: Int64) -> Machine {
        Machine(ClockDiscipline(trustedTime: Self.trusted), wall: Self.trusted + ahead)
    }

    @Test(
        "it counts from a day behind the trusted time to 45 days ahead of it",
        arguments: [
            (-day - 1, ClockTrust.fake), (-day, .ntp), (0, .ntp), (45 * day, .ntp), (45 * day + 1, .fake),
            (tenYears, .fake),
        ] as [(Int64, ClockTrust)]
    )
    func bounds(ahead: Int64, clock: ClockTrust) {
        var machine = machine(ahead: ahead)
        #expect(machine.read().clock == clock)
        let doubt = ClockTrouble.doubted(shown: Self.trusted + ahead, confirmed: Self.trusted)
        #expect(machine.discipline.trouble == (clock == .fake ? doubt : nil))
        #expect(machine.discipline.ntp == Self.trusted + ahead, "the county is told all the same")
    }

    @Test("the first time that a station ever knows is compared with nothing")
    func first() {
        var machine = Machine(ClockDiscipline(), wall: Self.trusted)
        #expect(machine.read().clock == .ntp)
    }

    @Test("two seconds at 2036 are not confirmed, the time goes on, and NTP counts again when it is right")
    func twoSeconds() {
        var machine = machine(ahead: Self.hour)
        #expect(machine.read().clock == .ntp)
        let wrong = machine.leap(Self.tenYears)
        #expect(wrong == Moment(wall: Self.trusted + Self.hour, uptime: 20_000, clock: .fake))
        #expect(machine.pass(2_000).clock == .fake)
        let right = machine.leap(-Self.tenYears)
        #expect(right == Moment(wall: Self.trusted + Self.hour + 2_000, uptime: 22_000, clock: .ntp))
        #expect(machine.discipline.trouble == nil)
    }

    @Test("the county's time goes on while NTP is not believed")
    func countyGoesOn() {
        var machine = machine(ahead: Self.hour)
        _ = machine.read()
        #expect(machine.county(says: Self.trusted + Self.hour).clock == .ntp)
        #expect(machine.leap(Self.tenYears).clock == .county)
        #expect(machine.pass(2_000).wall == Self.trusted + Self.hour + 2_000)
        guard case .apart(_, _, .county)? = machine.discipline.trouble else {
            Issue.record("\(String(describing: machine.discipline.trouble))")
            return
        }
        #expect(machine.leap(-Self.tenYears).clock == .ntp)
    }

    @Test(
        "county or technician who say the same within ten minutes make it believed; further off they count themselves",
        arguments: [ClockTrust.county, .manual],
        [0, 10 * minute, -10 * minute, 10 * minute + 1, -10 * minute - 1]
    )
    func sameWord(who: ClockTrust, off: Int64) {
        var machine = machine(ahead: 60 * Self.day)
        #expect(machine.read().clock == .fake)
        let wall = Self.trusted + 60 * Self.day + off
        let moment = who == .county ? machine.county(says: wall) : machine.set(wall)
        let isSame = abs(off) <= 10 * Self.minute
        #expect(moment.clock == (isSame ? .ntp : who))
        #expect((machine.discipline.trouble == nil) == isSame)
        // Now that the county brought the trusted time there, the earlier of the two counts.
        #expect(machine.pass(Self.day).clock == (isSame || who == .county && off > 0 ? .ntp : who))
    }

    @Test("a word that sets the trusted time back counts alone for ten minutes, so that it is written down")
    func setBack() {
        var machine = machine(ahead: 40 * Self.day)
        #expect(machine.read().clock == .ntp)
        #expect(machine.leap(-40 * Self.day).clock == .fake, "more than a day behind")
        #expect(machine.county(says: Self.trusted).clock == .county)
        #expect(machine.pass(10 * Self.minute - 1).clock == .county)
        #expect(machine.pass(1) == Moment(wall: Self.trusted + 10 * Self.minute, uptime: 620_000, clock: .ntp))
    }

    @Test("it is believed when it has stood for 72 hours, without a step, a contradiction or a start between")
    func stands() {
        var machine = machine(ahead: 60 * Self.day)
        #expect(machine.read().clock == .fake)
        #expect(machine.pass(50 * Self.hour).clock == .fake)
        #expect(machine.leap(3_000).clock == .fake)
        #expect(machine.pass(72 * Self.hour - 1).clock == .fake, "the step began it anew")
        let sign = machine.read()
        #expect(machine.pass(1).clock == .ntp)
        #expect(machine.pass(Self.day).clock == .ntp)

        let again = ClockDiscipline(trustedTime: Self.trusted, after: sign, isSameBoot: true)
        var restarted = Machine(again, wall: machine.raw.wall, uptime: machine.raw.uptime)
        #expect(restarted.read().clock == .fake)
        #expect(restarted.pass(72 * Self.hour - 1).clock == .fake)
        #expect(restarted.pass(1).clock == .ntp)
    }

    @Test("what was believed in this boot is believed after a start of the daemon")
    func restarted() {
        var machine = machine(ahead: 60 * Self.day)
        _ = machine.read()
        let sign = machine.pass(72 * Self.hour)
        #expect(sign.clock == .ntp)
        let again = ClockDiscipline(trustedTime: sign.wall, after: sign, isSameBoot: true)
        var next = Machine(again, wall: machine.raw.wall + 1_000, uptime: machine.raw.uptime + 1_000, clock: .fake)
        #expect(next.read().clock == .ntp)
    }

    @Test("NTP that walks back less than a day at a time does not take the trusted time along")
    func walk() {
        var machine = machine(ahead: Self.hour)
        #expect(machine.read().clock == .ntp)
        #expect(machine.leap(-23 * Self.hour).clock == .ntp)
        #expect(machine.leap(-23 * Self.hour).clock == .fake)
    }

    @Test(
        "NTP and county more than ten minutes apart: the earlier counts, and both are told",
        arguments: [(20, ClockTrust.ntp, true), (-20, .county, true), (10, .ntp, false), (-10, .ntp, false)]
            as [(Int64, ClockTrust, Bool)]
    )
    func apart(minutes: Int64, clock: ClockTrust, isTold: Bool) {
        var machine = machine(ahead: Self.hour)
        _ = machine.read()
        let said = Self.trusted + Self.hour + minutes * Self.minute
        // Behind what was trusted the county counts alone for a while: it sets the time back.
        _ = machine.county(says: said)
        let moment = machine.pass(Limits.wordAloneMilliseconds)
        #expect(moment.clock == clock)
        #expect(moment.wall == min(machine.raw.wall, said + Limits.wordAloneMilliseconds) || !isTold)
        let trouble = ClockTrouble.apart(ntp: machine.raw.wall, said: said + Limits.wordAloneMilliseconds, by: .county)
        #expect(machine.discipline.trouble == (isTold ? trouble : nil))
    }

    @Test("what the county said a month ago says nothing against NTP, what it says again does")
    func longAgo() {
        for isHeard in [false, true] {
            var machine = machine(ahead: Self.hour)
            _ = machine.read()
            _ = machine.county(says: machine.raw.wall)
            _ = machine.pass(20 * Self.day)
            if isHeard { _ = machine.county(says: machine.raw.wall) }
            _ = machine.pass(10 * Self.day + 1)
            #expect(machine.leap(Self.hour).clock == (isHeard ? .county : .ntp))
        }
    }

    @Test("a technician counts, forwards and backwards, also against NTP, until the county says something")
    func technician() {
        for step in [20 * Self.day, -20 * Self.day] {
            var machine = machine(ahead: Self.hour)
            _ = machine.read()
            let moment = machine.set(machine.raw.wall + step)
            #expect(moment == Moment(wall: machine.raw.wall + step, uptime: machine.raw.uptime, clock: .manual))
            guard case .apart(_, _, .manual)? = machine.discipline.trouble else {
                Issue.record("\(String(describing: machine.discipline.trouble))")
                return
            }
            #expect(machine.pass(31 * Self.day).clock == .manual)
            #expect(machine.county(says: machine.raw.wall + step - 3 * Self.hour).clock == .county)
        }
    }

    @Test("a time that was set goes on over a start of the daemon in the same boot, not over another boot")
    func manualGoesOn() {
        let sign = Moment(wall: Self.trusted + Self.day, uptime: Self.hour, clock: .manual)
        for isSameBoot in [true, false] {
            let discipline = ClockDiscipline(trustedTime: sign.wall, after: sign, isSameBoot: isSameBoot)
            var machine = Machine(discipline, wall: 5_000, uptime: 2 * Self.hour, clock: .none)
            let moment = machine.read()
            #expect(moment.clock == (isSameBoot ? .manual : .none))
            if isSameBoot { #expect(moment.wall == sign.wall + Self.hour) }
        }
    }

    @Test(
        "a time that may be a mistake is objected to",
        arguments: [
            (-day, nil), (-day - 1, .behind(confirmed: trusted)), (45 * day, nil),
            (45 * day + 1, .ahead(confirmed: trusted)), (-trusted, .impossible), (Int64.max / 4, .impossible),
        ] as [(Int64, ClockObjection?)]
    )
    func objection(ahead: Int64, objection: ClockObjection?) {
        var machine = machine(ahead: 0)
        _ = machine.read()
        #expect(machine.discipline.objection(to: Self.trusted + ahead, at: machine.raw.uptime) == objection)
    }
}
