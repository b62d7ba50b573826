import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// The new year of the cabinet begins at midnight in Shanghai.
@Suite("Hold periods")
struct HoldTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    private mutating func store(noticed: Bool = true) {
        _ = cabinet.deposit(waybill)
        cabinet.end()
        if noticed { cabinet.command(.notices([Notice(waybill: waybill)])) }
    }

    /// Looks every hour and says at which hours after now the events of a type came.
    private mutating func hours(of type: EventType, within hours: Int) -> [Int] {
        (1...hours).filter { _ in
            cabinet.passHours(1)
            cabinet.keepHouse()
            return cabinet.types.contains(type)
        }
    }

    @Test("nothing is due before the recipient was told, however long it lies")
    mutating func notTold() {
        store(noticed: false)
        #expect(hours(of: .parcelOverdue, within: 24 * 30) == [])
        #expect(cabinet.journal.allSatisfy { $0.event.type != .parcelNoticeDue })
        cabinet.command(.notices([Notice(waybill: waybill, failure: "no signal")]))
        #expect(cabinet.types == [.commandReceived, .parcelNoticeFailed, .commandCompleted])
        #expect(hours(of: .parcelOverdue, within: 24 * 10) == [])
    }

    @Test("it is overdue 72 hours after the notice, once")
    mutating func overdue() {
        store()
        #expect(hours(of: .parcelOverdue, within: 200) == [72])
        #expect(cabinet.state.retrievals.map(\.waybill) == [waybill])
        #expect(cabinet.journal.lazy.compactMap { $0.event.payload as? ParcelOverdue }.map(\.hours) == [72])
    }

    @Test("the keeper who told them in person begins it too")
    mutating func toldInPerson() {
        store(noticed: false)
        cabinet.begin(.keeper)
        cabinet.card(.told)
        cabinet.scan(waybill.rawValue)
        #expect(cabinet.event(ParcelNoticed.self)?.by == .keeper)
        #expect(cabinet.event(ParcelNoticed.self)?.person == "0000000000000402")
        #expect(cabinet.parcel(waybill)?.hold.began == cabinet.now.wall)
        #expect(hours(of: .parcelOverdue, within: 100) == [72])
    }

    @Test("reminders are due after 24 and 48 hours, but not between 21 and 8 o'clock", arguments: 0..<24)
    mutating func reminders(hour: Int) {
        cabinet.passHours(Int64(hour))
        store()
        var due: [Moment] = []
        for _ in 0..<72 {
            cabinet.passHours(1)
            cabinet.keepHouse()
            if cabinet.types.contains(.parcelNoticeDue) { due.append(cabinet.now) }
        }
        #expect(due.count == 2)
        #expect(due.allSatisfy { (8..<21).contains($0.shanghaiHour) })
        #expect(due.count == 2 && due[1].wall - due[0].wall >= 8 * 3_600_000)
    }

    @Test("however close the policy wants them, reminders are at least eight hours apart")
    mutating func gap() {
        var policy = Policy()
        policy.reminderHours = [8, 9, 10]
        cabinet = Cabinet(policy: policy)
        store()
        #expect(hours(of: .parcelNoticeDue, within: 48) == [8, 16, 32])
        #expect(cabinet.parcel(waybill)?.hold.reminders == 3)
    }

    @Test("the keeper's card and the county's command extend it, also when it was over", arguments: [true, false])
    mutating func extended(byCard: Bool) {
        store()
        cabinet.passHours(73)
        cabinet.keepHouse()
        #expect(cabinet.types == [.parcelOverdue])
        if byCard {
            cabinet.begin(.keeper)
            cabinet.card(.extend)
            cabinet.scan(waybill.rawValue)
            #expect(cabinet.answers == [.extended])
        } else {
            cabinet.command(.extendHold(waybill, hours: 24))
        }
        #expect(cabinet.event(ParcelHoldExtended.self)?.hours == 24)
        #expect(cabinet.event(ParcelHoldExtended.self)?.by == (byCard ? "0000000000000402" : "county"))
        #expect(cabinet.state.retrievals.isEmpty)
        #expect(hours(of: .parcelOverdue, within: 48) == [byCard ? 25 : 24], "begun hours count from now on")
    }

    @Test("extended two days late it is held as long as was said", arguments: [true, false])
    mutating func extendedLate(byCard: Bool) {
        store()
        cabinet.passHours(120)
        cabinet.keepHouse()
        cabinet.begin(.keeper)
        if byCard {
            cabinet.card(.extend)
            cabinet.scan(waybill.rawValue)
        } else {
            cabinet.command(.extendHold(waybill, hours: 24))
        }
        #expect(cabinet.event(ParcelHoldExtended.self)?.hours == 24)
        #expect(cabinet.event(ParcelHoldExtended.self)?.lateHours == 49, "begun hours")
        #expect(cabinet.state == cabinet.replayed)
        #expect(hours(of: .parcelOverdue, within: 48) == [25])
    }

    @Test("hours out of bounds, and a parcel that is not here, fail", arguments: [0, -1, 721])
    mutating func badExtension(hours: Int) {
        store()
        cabinet.command(.extendHold(waybill, hours: hours))
        #expect(cabinet.types == [.commandReceived, .commandFailed])
        cabinet.command(.extendHold("YT8962646785389", hours: 24))
        #expect(cabinet.types == [.commandReceived, .commandFailed])
    }

    @Test("a recall makes it a task at once, also before the notice")
    mutating func recalled() {
        store(noticed: false)
        cabinet.command(.recall([waybill]))
        #expect(cabinet.types == [.commandReceived, .parcelRecalled, .commandCompleted])
        #expect(cabinet.state.retrievals.map(\.waybill) == [waybill])
        cabinet.typeCode(of: waybill)
        #expect(cabinet.answers == [.takeOut], "the recipient may still be faster")
    }

    @Test("a recall of what is not inside fails and says so, and the others are called back all the same")
    mutating func recalledInPart() {
        store(noticed: false)
        cabinet.command(.recall([waybill, "YT8962646785389"]))
        #expect(cabinet.types == [.commandReceived, .parcelRecalled, .commandFailed])
        #expect(cabinet.event(CommandFailed.self)?.reason == "YT8962646785389 is not inside; recalled 1 of 2")
        #expect(cabinet.state.retrievals.map(\.waybill) == [waybill])
    }

    @Test("a clock that cannot be believed fires nothing, wherever it jumps", arguments: [ClockTrust.fake, .none])
    mutating func untrusted(clock: ClockTrust) {
        store()
        let noticed = cabinet.now
        for wall in [0, Cabinet.newYear + 400 * 86_400_000, 5_000] {
            cabinet.now.clock = clock
            cabinet.now.wall = wall
            cabinet.send(.clockChanged(before: .ntp, after: clock, jumpMilliseconds: wall - noticed.wall))
            cabinet.keepHouse()
            #expect(cabinet.events.isEmpty)
        }
        cabinet.now = noticed
        cabinet.now.wall += 71 * 3_600_000
        cabinet.keepHouse()
        #expect(!cabinet.types.contains(.parcelOverdue))
        #expect(hours(of: .parcelOverdue, within: 10) == [1])
    }

    @Test("told in 1970 it begins in 2026, when the clock can be believed: never from the jump")
    mutating func toldIn1970() {
        cabinet.now = Moment(wall: 5_000, uptime: 0, clock: .none)
        store()
        #expect(cabinet.parcel(waybill)?.hold.noticed == true)
        #expect(cabinet.parcel(waybill)?.hold.began == nil)
        cabinet.now = Moment(wall: Cabinet.newYear, uptime: 60_000, clock: .ntp)
        cabinet.send(.clockChanged(before: .none, after: .ntp, jumpMilliseconds: Cabinet.newYear))
        cabinet.keepHouse()
        #expect(!cabinet.types.contains(.parcelOverdue) && !cabinet.types.contains(.parcelNoticeDue))
        #expect(cabinet.parcel(waybill)?.hold.began == Cabinet.newYear)
        #expect(hours(of: .parcelOverdue, within: 100) == [72])
    }

    @Test("chilled goods are overdue after 24 hours")
    mutating func chilled() {
        cabinet.announce([ManifestEntry(waybill) { $0.chilled = true }])
        store()
        #expect(hours(of: .parcelOverdue, within: 48) == [24])
    }

    @Test("with storage gone nothing fires; the timer goes on")
    mutating func noStorage() {
        store()
        cabinet.passHours(80)
        cabinet.send(.storage(.failed))
        cabinet.keepHouse()
        #expect(cabinet.events.isEmpty)
        #expect(cabinet.actions == [.timer(.housekeeping, afterMilliseconds: Limits.housekeepingMilliseconds)])
    }

    @Test("what was collected is never overdue")
    mutating func collected() {
        store()
        cabinet.collect(waybill)
        #expect(hours(of: .parcelOverdue, within: 100) == [])
    }
}
