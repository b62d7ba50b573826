import LockerDomain
import StationBooks
import StationRules
import Testing

/// The new year of the cabinet begins at midnight in Shanghai.
@Suite("Dark time")
struct DarkTimeTests {
    private static let hour: Int64 = 3_600_000
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    private var hold: Hold? { cabinet.parcel(waybill)?.hold }

    private mutating func store(_ policy: Policy = Policy()) {
        cabinet = Cabinet(policy: policy)
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.command(.notices([Notice(waybill: waybill)]))
    }

    /// Looks every hour and says at which hours after now the events of a type came.
    private mutating func hours(of type: EventType, within hours: Int) -> [Int] {
        (1...hours).filter { _ in
            cabinet.passHours(1)
            cabinet.keepHouse()
            return cabinet.types.contains(type)
        }
    }

    private var charging: Policy {
        var policy = Policy()
        policy.publicWelfare = false
        policy.tariff = TariffLine(name: "over-72h", periodHours: 24, fen: 50, fenMax: 500)
        return policy
    }

    @Test(
        "power gone from day 0 to day 5: nobody is overdue five minutes after the start, and who comes pays nothing",
        arguments: [ClockTrust.ntp, .fake, .none]
    )
    mutating func fiveDays(clock: ClockTrust) {
        store(charging)
        let told = cabinet.now.wall
        cabinet.goDark(hours: 120, clock: clock)
        #expect(cabinet.event(StationStarted.self)?.darkSince == told)
        #expect(cabinet.event(StationStarted.self)?.darkClock == .ntp)
        cabinet.wait(40_000)
        if clock != .ntp { cabinet.confirm(wall: told + 120 * Self.hour + 40_000) }
        cabinet.wait(Limits.housekeepingMilliseconds)
        cabinet.keepHouse()
        #expect(!cabinet.types.contains(.parcelOverdue))
        #expect(hold?.paused == 120 * Self.hour)
        #expect(cabinet.state == cabinet.replayed)
        cabinet.collect(waybill)
        #expect(cabinet.journal.lazy.compactMap { $0.event.payload as? ParcelCollected }.last?.fee == nil)
    }

    @Test("what a sick disk let be written of a run before its start ends no darkness")
    func sickDisk() {
        let start: Int64 = 1_778_544_000_000
        var reckoning = DarkReckoning()
        func take(_ event: Event, hours: Int64, _ clock: ClockTrust) -> Darkness? {
            let uptime = 60_000 + hours * Self.hour
            return reckoning.take(event, at: Moment(wall: start + hours * Self.hour, uptime: uptime, clock: clock))
        }
        func started(darkAfter hours: Int64, _ clock: ClockTrust) -> Event {
            let wall = start + hours * Self.hour
            return .stationStarted(
                StationStarted(version: "test", doors: 8, shelfPlaces: 9, darkSince: wall, darkClock: clock)
            )
        }
        #expect(take(started(darkAfter: 0, .ntp), hours: 0, .rtc) == nil)
        // The program came back an hour later, and for nine hours the disk took nothing.
        #expect(take(.stationStorageLow(StorageLow(storage: .ok)), hours: 10, .county) == nil)
        let dark = take(started(darkAfter: 1, .rtc), hours: 10, .county)
        #expect(dark?.milliseconds == 9 * Self.hour && dark?.until == start + 10 * Self.hour)
    }

    @Test("who was late before pays what they would have paid when the power went")
    mutating func lateBefore() {
        store(charging)
        #expect(hours(of: .parcelOverdue, within: 80) == [72])
        cabinet.goDark(hours: 120)
        cabinet.collect(waybill)
        #expect(cabinet.journal.lazy.compactMap { $0.event.payload as? ParcelCollected }.last?.fee?.fen == 50)
    }

    @Test("after more than six hours nothing is overdue before a day has passed, and a reminder")
    mutating func grace() {
        store(charging)
        #expect(hours(of: .parcelOverdue, within: 71) == [])
        cabinet.goDark(hours: 7)
        let start = cabinet.journal.count
        #expect(hours(of: .parcelOverdue, within: 48) == [24])
        #expect(cabinet.journal[start...].contains { $0.event.type == .parcelNoticeDue })
        cabinet.passHours(1)
        cabinet.collect(waybill)
        // The fee began with the day's end: 25 hours ago.
        #expect(cabinet.journal.lazy.compactMap { $0.event.payload as? ParcelCollected }.last?.fee?.fen == 100)
        #expect(cabinet.state == cabinet.replayed)
    }

    @Test("while the reminder is owed there is no fee either, however long the nights are")
    mutating func owed() {
        store(charging)
        cabinet.passHours(71)
        cabinet.goDark(hours: 7)
        #expect(hold?.owesReminder == true)
        cabinet.passHours(30)
        cabinet.collect(waybill)
        #expect(cabinet.journal.lazy.compactMap { $0.event.payload as? ParcelCollected }.last?.fee == nil)
    }

    @Test("held longer within that day, it is held as long as was said")
    mutating func extendedInGrace() {
        store()
        #expect(hours(of: .parcelOverdue, within: 71) == [])
        cabinet.goDark(hours: 7)
        #expect(hours(of: .parcelOverdue, within: 10) == [])
        cabinet.command(.extendHold(waybill, hours: 24))
        #expect(hours(of: .parcelOverdue, within: 48) == [24])
    }

    @Test("that day is given once for each parcel")
    mutating func once() {
        store()
        cabinet.passHours(1)
        cabinet.goDark(hours: 7)
        #expect(hours(of: .parcelOverdue, within: 62) == [])
        cabinet.goDark(hours: 7)
        #expect(hold?.paused == 14 * Self.hour)
        #expect(hours(of: .parcelOverdue, within: 20) == [9])
    }

    @Test("less than half an hour is no darkness, half an hour is", arguments: [29, 30] as [Int64])
    mutating func short(minutes: Int64) {
        store()
        let told = cabinet.now.wall
        cabinet.goDark(hours: 0)
        cabinet.now.wall += minutes * 60_000
        let fact = StationStarted(
            version: "test",
            doors: 5,
            shelfPlaces: 2,
            darkSince: told,
            darkClock: .ntp
        )
        var state = cabinet.state
        state.apply(.stationStarted(fact), at: cabinet.now)
        let paused: Int64? = minutes == 30 ? 30 * 60_000 : nil
        #expect(state.parcels[waybill]?.hold.paused == paused)
        #expect(state.parcels[waybill]?.hold.grace == nil)
    }

    @Test("while no clock is confirmed the pause is open: nothing falls due and nothing costs")
    mutating func open() {
        store(charging)
        let told = cabinet.now.wall
        cabinet.goDark(hours: 100, clock: .rtc)
        #expect(hours(of: .parcelOverdue, within: 100) == [])
        #expect(cabinet.state.darkness.openSince == told)
        cabinet.collect(waybill)
        #expect(cabinet.journal.lazy.compactMap { $0.event.payload as? ParcelCollected }.last?.fee == nil)
    }

    @Test(
        "a run that never knew the day belongs to the dark as a whole, one that a battery dated does not",
        arguments: [
            (ClockTrust.none, 18), (.fake, 18), (.rtc, 8),
        ] as [(ClockTrust, Int64)]
    )
    mutating func undatedRun(clock: ClockTrust, paused: Int64) {
        store()
        let told = cabinet.now.wall
        cabinet.goDark(hours: 5, clock: clock)
        cabinet.passHours(10)
        cabinet.goDark(hours: 3, clock: clock)
        cabinet.passHours(1)
        #expect(hold?.paused == nil)
        cabinet.confirm(wall: told + 19 * Self.hour)
        #expect(hold?.paused == paused * Self.hour)
        #expect(hold?.grace?.until == told + (18 + 24) * Self.hour)
        #expect(cabinet.state == cabinet.replayed)
    }

    @Test("what is told after the start has lost nothing, and a stop of two seconds neither")
    mutating func unaffected() {
        store()
        cabinet.goDark(hours: 5)
        #expect(hold?.paused == 5 * Self.hour)
        let other: Waybill = "YT8962646785389"
        _ = cabinet.deposit(other)
        cabinet.end()
        cabinet.command(.notices([Notice(waybill: other)]))
        cabinet.goDark(hours: 0)
        #expect(cabinet.parcel(other)?.hold.paused == nil)
        #expect(hold?.paused == 5 * Self.hour)
    }
}
