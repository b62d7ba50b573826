import LockerDomain
import StationBooks
import Testing

@Suite("How the time is known")
struct ClockDisciplineTests {
    private static let day: Int64 = 86_400_000
    private static let hour: Int64 = 3_600_000
    /// The last confirmed time before the start.
    private static let trusted: Int64 = 1_767_196_800_000

    /// One reading of the machine: hours after the start, what it says, and how far its wall clock is from what it was.
    private struct Reading {
        var hours: Int64
        var raw: ClockTrust
        var step: Int64 = 0
        var becomes: ClockTrust
    }

    private func expect(_ readings: [Reading], _ comment: Comment) {
        var discipline = ClockDiscipline(trustedTime: Self.trusted)
        var offset = Self.trusted + Self.hour
        for reading in readings {
            offset += reading.step
            let uptime = 20_000 + reading.hours * Self.hour
            let raw = Moment(wall: offset + uptime, uptime: uptime, clock: reading.raw)
            let moment = discipline.moment(for: raw)
            #expect(moment.clock == reading.becomes, comment)
            #expect(moment.uptime == uptime)
        }
    }

    @Test("ntp stays once the kernel was synchronised, until the wall clock steps by more than 2 s without it")
    func sticky() {
        expect(
            [
                Reading(hours: 0, raw: .fake, becomes: .fake),
                Reading(hours: 1, raw: .ntp, step: 900_000, becomes: .ntp),
                Reading(hours: 10, raw: .fake, becomes: .ntp),
                Reading(hours: 100, raw: .fake, step: 2_000, becomes: .ntp),
                Reading(hours: 101, raw: .fake, step: -2_001, becomes: .fake),
                Reading(hours: 102, raw: .fake, becomes: .fake),
                Reading(hours: 103, raw: .ntp, becomes: .ntp),
                Reading(hours: 200, raw: .fake, becomes: .ntp),
            ],
            "the kernel takes its flag back nine hours after the last answer"
        )
        expect(
            [
                Reading(hours: 0, raw: .rtc, becomes: .rtc),
                Reading(hours: 1, raw: .ntp, becomes: .ntp),
                Reading(hours: 2, raw: .rtc, becomes: .ntp),
                Reading(hours: 3, raw: .rtc, step: 60_000, becomes: .fake),
            ],
            "a battery counts only before anything confirmed"
        )
        expect(
            [
                Reading(hours: 0, raw: .rtc, becomes: .rtc), Reading(hours: 1, raw: .rtc, step: 5_000, becomes: .fake),
            ],
            "what somebody set by hand is not what the battery kept"
        )
        expect([Reading(hours: 0, raw: .none, becomes: .none)], "never set")
        expect([Reading(hours: 0, raw: .manual, step: 9_000_000_000_000, becomes: .manual)], "set by a technician")
    }

    @Test(
        "a battery-backed clock counts from five minutes behind to a year ahead of the last confirmed time",
        arguments: [
            (-300_001, ClockTrust.fake), (-300_000, .rtc), (0, .rtc), (5 * day, .rtc), (365 * day, .rtc),
            (365 * day + 1, .fake), (22 * 365 * day, .fake),
        ] as [(Int64, ClockTrust)]
    )
    func battery(ahead: Int64, clock: ClockTrust) {
        var discipline = ClockDiscipline(trustedTime: Self.trusted)
        let raw = Moment(wall: Self.trusted + ahead, uptime: 20_000, clock: .rtc)
        #expect(discipline.moment(for: raw).clock == clock)
        #expect((discipline.trouble == nil) == (clock == .rtc && ahead < 7 * Self.day))
    }

    @Test("without a confirmed time nobody can tell a good battery from a bad one")
    func neverConfirmed() {
        var discipline = ClockDiscipline()
        let raw = Moment(wall: Self.trusted, uptime: 20_000, clock: .rtc)
        #expect(discipline.moment(for: raw).clock == .fake)
        #expect(discipline.trouble == .neverConfirmed)
        let isHeard = discipline.hear(county: Self.trusted + Self.day, asked: 20_000, at: 20_500)
        #expect(isHeard)
        let moment = discipline.moment(for: Moment(wall: Self.trusted + 1_000, uptime: 21_000, clock: .rtc))
        #expect(moment == Moment(wall: Self.trusted + Self.day + 500, uptime: 21_000, clock: .county))
        #expect(discipline.trouble == nil)
    }

    @Test(
        "a clock that shows nonsense is said, and the time goes on from the last that was known",
        arguments: [
            ClockTrust.rtc, .fake,
        ]
    )
    func nonsense(clock: ClockTrust) {
        let sign = Moment(wall: Self.trusted + 2 * Self.hour, uptime: 9_000_000, clock: .fake)
        var discipline = ClockDiscipline(trustedTime: Self.trusted, after: sign)
        let wrong = Self.trusted + 22 * 365 * Self.day
        _ = discipline.moment(for: Moment(wall: wrong, uptime: 20_000, clock: clock))
        let moment = discipline.moment(for: Moment(wall: wrong + Self.hour, uptime: 20_000 + Self.hour, clock: clock))
        #expect(moment == Moment(wall: Self.trusted + 3 * Self.hour, uptime: 20_000 + Self.hour, clock: .fake))
        #expect(discipline.trouble == .ahead(shown: wrong + Self.hour, confirmed: Self.trusted))
    }

    @Test("the county's time counts while there is no NTP, within 90 s of the call, and does not jitter")
    func county() {
        let (start, said) = (Self.trusted + Self.hour, Self.trusted + 3 * Self.hour)
        var discipline = ClockDiscipline(trustedTime: Self.trusted)
        func moment(_ uptime: Int64, _ raw: ClockTrust = .fake) -> Moment {
            discipline.moment(for: Moment(wall: start + uptime, uptime: uptime, clock: raw))
        }
        func hear(_ time: Int64, asked: Int64, at uptime: Int64) -> Bool {
            discipline.hear(county: time, asked: asked, at: uptime)
        }
        #expect(!hear(said, asked: 10_000, at: 100_001))
        #expect(!hear(said, asked: 10_000, at: 9_999))
        #expect(!hear(5_000, asked: 10_000, at: 10_001), "a county that stands at 1970")
        #expect(moment(100_001).clock == .fake)
        #expect(hear(said, asked: 10_000, at: 100_000))
        #expect(moment(160_000) == Moment(wall: said + 60_000, uptime: 160_000, clock: .county))
        // The next answers took their time: the county may have read its clock at any moment of it.
        #expect(!hear(said + 30_000, asked: 130_000, at: 160_000))
        #expect(!hear(said + 61_999, asked: 160_000, at: 160_000))
        #expect(hear(said + 63_000, asked: 160_000, at: 160_000))
        #expect(moment(161_000).wall == said + 64_000)
        #expect(moment(170_000, .ntp) == Moment(wall: start + 170_000, uptime: 170_000, clock: .ntp))
        #expect(moment(180_000).clock == .ntp)
    }

    @Test(
        "what was known goes on when the daemon starts again in the same boot, and not in another",
        arguments: [
            ClockTrust.ntp, .county,
        ]
    )
    func sameBoot(clock: ClockTrust) {
        let sign = Moment(wall: Self.trusted + Self.day, uptime: Self.hour, clock: clock)
        // The kernel's own clock shows the county's time only by chance.
        let wall = sign.wall + Self.hour + (clock == .county ? -5 * Self.hour : 0)
        for isSameBoot in [true, false] {
            var discipline = ClockDiscipline(trustedTime: sign.wall, after: sign, isSameBoot: isSameBoot)
            let moment = discipline.moment(for: Moment(wall: wall, uptime: 2 * Self.hour, clock: .fake))
            #expect(moment.clock == (isSameBoot ? clock : .fake))
            if isSameBoot { #expect(moment.wall == sign.wall + Self.hour) }
        }
    }

    @Test("what somebody set in this boot does not become a battery's time by a start of the daemon")
    func setByHand() {
        let sign = Moment(wall: Self.trusted + Self.day, uptime: Self.hour, clock: .fake)
        for isSameBoot in [true, false] {
            var discipline = ClockDiscipline(trustedTime: Self.trusted, after: sign, isSameBoot: isSameBoot)
            let raw = Moment(wall: sign.wall + Self.hour, uptime: 2 * Self.hour, clock: .rtc)
            #expect(discipline.moment(for: raw).clock == (isSameBoot ? .fake : .rtc))
        }
    }

    /// An answer of the time service and the reading that finds it, in seconds: uptime, and how far the wall clock is from
    /// what it was when the station gave its last sign of life.
    struct ServiceCase: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var answered: (uptime: Int64, step: Int64)
        var read: (uptime: Int64, step: Int64)
        var sign: ClockTrust? = .ntp
        var becomes: ClockTrust
    }

    /// To July 2048.
    private static let far: Int64 = 680_000_000

    @Test(
        "the time service's answer counts when it is newer than the last sign of life, or the boot, by the clock as it is now",
        arguments: [
            ServiceCase(
                testDescription: "first start in this boot",
                answered: (30, 0),
                read: (60, 0),
                sign: nil,
                becomes: .ntp
            ),
            ServiceCase(
                testDescription: "another boot's, kept by a wrong clock",
                answered: (-30, 0),
                read: (60, 0),
                sign: nil,
                becomes: .fake
            ),
            ServiceCase(
                testDescription: "answered before the start, then set by hand",
                answered: (30, 0),
                read: (60, far),
                sign: nil,
                becomes: .fake
            ),
            ServiceCase(testDescription: "what was known goes on", answered: (30, 0), read: (4_000, 0), becomes: .ntp),
            ServiceCase(testDescription: "set by hand to 2048", answered: (30, 0), read: (4_000, far), becomes: .fake),
            ServiceCase(
                testDescription: "set by hand before the last sign of life",
                answered: (30, -far),
                read: (4_000, 0),
                sign: .fake,
                becomes: .fake
            ),
            ServiceCase(
                testDescription: "answered while the daemon was down, then set by hand",
                answered: (3_700, 0),
                read: (4_000, far),
                becomes: .fake
            ),
            ServiceCase(
                testDescription: "set back by hand within the time it was down",
                answered: (3_700, 0),
                read: (4_000, -200),
                becomes: .fake
            ),
            ServiceCase(
                testDescription: "answered while the daemon was down",
                answered: (3_700, 0),
                read: (4_000, 0),
                sign: .fake,
                becomes: .ntp
            ),
            ServiceCase(
                testDescription: "the answer itself set the clock",
                answered: (3_700, 86_400),
                read: (4_000, 86_400),
                becomes: .ntp
            ),
        ]
    )
    func timeService(_ each: ServiceCase) {
        func moment(_ at: (uptime: Int64, step: Int64), _ clock: ClockTrust) -> Moment {
            let uptime = at.uptime * 1_000
            return Moment(wall: Self.trusted + Self.hour + uptime + at.step * 1_000, uptime: uptime, clock: clock)
        }
        let sign = each.sign.map { moment((3_600, 0), $0) }
        var discipline = ClockDiscipline(trustedTime: Self.trusted, after: sign, isSameBoot: sign != nil)
        let answered = moment(each.answered, .ntp).wall
        #expect(discipline.moment(for: moment(each.read, .fake), answered: answered).clock == each.becomes)
    }

    @Test("an answer of the time service counts once: after a step it takes another")
    func timeServiceOnce() {
        var discipline = ClockDiscipline(trustedTime: Self.trusted)
        let start = Self.trusted + Self.hour
        func clock(_ uptime: Int64, step: Int64 = 0, answered: Int64?) -> ClockTrust {
            let raw = Moment(wall: start + uptime + step, uptime: uptime, clock: .fake)
            return discipline.moment(for: raw, answered: answered.map { start + $0 }).clock
        }
        #expect(clock(20_000, answered: nil) == .fake)
        #expect(clock(60_000, answered: 50_000) == .ntp)
        #expect(clock(70_000, answered: 50_000) == .ntp)
        #expect(clock(80_000, step: 5_000, answered: 50_000) == .fake)
        #expect(clock(90_000, step: 5_000, answered: 50_000) == .fake)
        #expect(clock(95_000, step: -44_000, answered: 50_000) == .fake, "set back by the age of the answer")
        #expect(clock(100_000, step: 5_000, answered: 99_000 + 5_000) == .ntp)
        #expect(clock(110_000, step: 8_000, answered: 104_000 + 5_000) == .fake, "it may be from before the step")
        #expect(clock(120_000, step: 8_000, answered: 119_000 + 8_000) == .ntp)
    }

    @Test("after seven days without a confirmation it is said")
    func unconfirmed() {
        var discipline = ClockDiscipline(trustedTime: Self.trusted)
        for (days, isSaid) in [(0, false), (6, false), (7, true), (30, true)] as [(Int64, Bool)] {
            let uptime = days * Self.day
            let moment = discipline.moment(for: Moment(wall: Self.trusted + uptime, uptime: uptime, clock: .rtc))
            #expect(moment.clock == .rtc)
            #expect(discipline.trouble == (isSaid ? .unconfirmed(days: days) : nil))
        }
    }
}
