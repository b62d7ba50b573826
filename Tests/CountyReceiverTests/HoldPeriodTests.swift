import CountyBooks
import CountyReceiver
import GRDB
import HummingbirdTesting
import LockerDomain
import PortFakes
import StationBooks
import StationRules
import SyncWire
import Testing

extension DecidingStation {
    fileprivate static let told: Waybill = "SF7444404156506"
    fileprivate static let toldBefore: Waybill = "YT8962646785389"

    /// One parcel lies there, and its recipient was told.
    fileprivate static func waiting() throws -> DecidingStation {
        var village = DecidingStation()
        try village.happened(.scanned(told.rawValue), .stored(told.rawValue))
        try village.command(.notices([Notice(waybill: told)]))
        return village
    }

    fileprivate mutating func confirm(wall: Int64) throws {
        let before = now
        now.wall = wall
        now.clock = .ntp
        try send(.clockChanged(before: before.clock, after: .ntp, jumpMilliseconds: wall - before.wall))
    }
}

@Suite("Hold periods: station and county reckon alike")
struct HoldPeriodTests {
    private let county: TestCounty

    init() throws { county = try TestCounty() }

    @Test(
        "power gone from day 0 to day 5: both know the same pause, the same day of grace and the same end",
        arguments: [ClockTrust.ntp, .rtc, .none]
    )
    func fiveDays(clock: ClockTrust) async throws {
        defer { county.remove() }
        try await county.serving { client in
            let sender = try await county.enrolledStation("yc-1", client)
            var village = DecidingStation()
            /// Sends what is new, and compares.
            func compare(_ comment: Comment) async throws {
                if village.journal.lines.count > village.journal.sent {
                    try await sender.report(in: &village.journal, client)
                }
                for waybill in [DecidingStation.told, DecidingStation.toldBefore] {
                    let parcel = try #require(village.station.state.parcels[waybill])
                    let there = try county.county.holdPeriod(waybill.rawValue, station: "yc-1")
                    #expect(there.hold == parcel.hold, comment)
                    #expect(there.end == parcel.hold.end(chilled: parcel.isCold, Policy()), comment)
                }
            }
            for waybill in [DecidingStation.told, DecidingStation.toldBefore] {
                try village.happened(.scanned(waybill.rawValue))
                try village.happened(.stored(waybill.rawValue))
            }
            try village.command(.notices([Notice(waybill: DecidingStation.toldBefore)]))
            try village.pass(hours: 50)
            try village.command(.notices([Notice(waybill: DecidingStation.told)]))
            try village.command(.extendHold(DecidingStation.told, hours: 12))
            try await compare("before")
            let wentDark = village.now.wall

            try village.goDark(hours: 120, clock: clock)
            village.now.uptime += 40_000
            if clock != .ntp { try village.confirm(wall: wentDark + 120 * DecidingStation.hour + 40_000) }
            try village.send(.timer(.housekeeping))
            try await compare("after the start")
            let waiting = village.station.state.parcels
            #expect(waiting.values.allSatisfy { !$0.hold.isOverdue && $0.hold.paused == 120 * DecidingStation.hour })

            try village.pass(hours: 23)
            try await compare("a day later")
            #expect(village.station.state.parcels.values.allSatisfy { !$0.hold.isOverdue })
            try village.pass(hours: 72)
            try await compare("at the end")
            #expect(village.station.state.parcels.values.allSatisfy { $0.hold.isOverdue })

            try village.happened(.collected(DecidingStation.told.rawValue))
            try village.happened(.scanned(DecidingStation.told.rawValue))
            try await compare("it came again: a hold period of its own")
        }
    }

    @Test("the end is reckoned with the hours that were given, and says with which: no station tells its own")
    func givenHours() async throws {
        defer { county.remove() }
        try await county.serving { client in
            let sender = try await county.enrolledStation("yc-1", client)
            var village = try DecidingStation.waiting()
            try await sender.report(in: &village.journal, client)
            var policy = Policy()
            (policy.holdHours, policy.chilledHoldHours) = (48, 12)
            let usual = try county.county.holdPeriod(DecidingStation.told.rawValue, station: "yc-1")
            let other = try county.county.holdPeriod(DecidingStation.told.rawValue, station: "yc-1", policy: policy)
            #expect(usual.hours == 72 && other.hours == 48 && !other.chilled)
            let began = try #require(other.hold.began)
            #expect(usual.end == began + 72 * DecidingStation.hour && other.end == began + 48 * DecidingStation.hour)
        }
    }

    @Test("hours that no policy has are refused by their option, and trap nothing", arguments: [0, -5, 8_761, Int.max])
    func badHours(hours: Int) async throws {
        defer { county.remove() }
        try await county.serving { client in
            let sender = try await county.enrolledStation("yc-1", client)
            var village = try DecidingStation.waiting()
            try await sender.report(in: &village.journal, client)
            for (option, path) in [("--hours", \Policy.holdHours), ("--chilled-hours", \.chilledHoldHours)] {
                var policy = Policy()
                policy[keyPath: path] = 8_760
                _ = try county.county.holdPeriod(DecidingStation.told.rawValue, station: "yc-1", policy: policy)
                policy[keyPath: path] = hours
                let fault = #expect(throws: CountyFault.self) {
                    try county.county.holdPeriod(DecidingStation.told.rawValue, station: "yc-1", policy: policy)
                }
                #expect(fault?.description.hasPrefix("\(option) \(hours): a hold period has 1 to 8760 hours") == true)
            }
        }
    }

    @Test("what left long ago is forgotten as the station forgets it, and what comes late of it breaks nothing")
    func forgotten() async throws {
        defer { county.remove() }
        try await county.serving { client in
            let sender = try await county.enrolledStation("yc-1", client)
            var journal = WrittenJournal("yc-1")
            func kept(after facts: ParcelFacts..., day: String) async throws -> [String] {
                for fact in facts { journal.append(fact, time: "2025-\(day)T00:00:00.000Z") }
                try await sender.report(in: &journal, client)
                let books = try DatabaseQueue(path: county.directory + "/county.sqlite")
                return try await books.read { db in
                    try String.fetchAll(db, sql: "SELECT waybill FROM hold ORDER BY waybill")
                }
            }
            // The county's clock stands at 2025-11-21T02:00Z.
            let numbers = (1...5).map { "SF744440415650\($0)" }
            let first = try await kept(
                after: .stored(numbers[0]),
                .collected(numbers[0]),
                .lost(numbers[1]),
                day: "11-21"
            )
            #expect(first == [numbers[0], numbers[1]])
            county.clock.advance(hours: 7 * 24)
            let early = try await kept(after: .stored(numbers[2]), .collected(numbers[2]), day: "11-27")
            #expect(early == [numbers[0], numbers[1], numbers[2]])
            let week = try await kept(after: .stored(numbers[3]), .returned(numbers[3]), day: "11-28")
            #expect(week == [numbers[1], numbers[2], numbers[3]])
            let fault = #expect(throws: CountyFault.self) {
                try county.county.holdPeriod(numbers[0], station: "yc-1")
            }
            #expect(fault?.description.contains("has left yc-1") == true)
            // Said once more, and come again.
            _ = try await kept(after: .collected(numbers[0]), day: "11-28")
            _ = try await kept(after: .scanned(numbers[0]), .stored(numbers[0]), day: "11-28")
            #expect(try county.county.holdPeriod(numbers[0], station: "yc-1").hold == Hold())
            county.clock.advance(hours: 24 * 24)
            let month = try await kept(after: .stored(numbers[4]), .collected(numbers[4]), day: "12-21")
            #expect(month == [numbers[0], numbers[4]])
        }
    }

    @Test("a station that lost its journal is named: the hold period is unknown until the parcel is audited")
    func journalLost() async throws {
        defer { county.remove() }
        try await county.serving { client in
            let sender = try await county.enrolledStation("yc-1", client)
            var village = try DecidingStation.waiting()
            let waybill = DecidingStation.told.rawValue
            try await sender.report(in: &village.journal, client)
            #expect(try county.county.holdPeriod(waybill, station: "yc-1").end != nil)
            var next = WrittenJournal("yc-1", incarnation: String(repeating: "b", count: 32))
            next.append("station.journalReplaced", #"{"reason":"damaged"}"#, time: "2026-05-12T01:00:00.000Z")
            try await sender.report(in: &next, client)
            #expect(try county.county.pickupNotice(waybill, station: "yc-1").state == "stored")
            let lost = #expect(throws: CountyFault.self) { try county.county.holdPeriod(waybill, station: "yc-1") }
            #expect(lost?.description.contains("yc-1 lost its journal") == true)
            #expect(lost?.description.contains("保管期未知") == true)
            // What is announced only since is none of what was lost.
            county.clock.advance(hours: 1)
            let sheet = Array("waybill,brand\n\(DecidingStation.toldBefore),YTO\n".utf8)
            _ = try county.county.loadManifest(sheet, station: "yc-1")
            let never = #expect(throws: CountyFault.self) {
                try county.county.holdPeriod(DecidingStation.toldBefore.rawValue, station: "yc-1")
            }
            #expect(never?.description.contains("was never seen") == true)
            try await sender.report(.scanned(waybill), .stored(waybill), in: &next, client)
            #expect(try county.county.holdPeriod(waybill, station: "yc-1").hold == Hold())
        }
    }

    @Test("hold periods come back with the station's events, but for what it has written about meanwhile")
    func cameBack() async throws {
        defer { county.remove() }
        try await county.serving { client in
            let sender = try await county.enrolledStation("yc-1", client)
            var village = try DecidingStation.waiting()
            let (kept, touched) = (DecidingStation.told.rawValue, DecidingStation.toldBefore.rawValue)
            try village.happened(.scanned(touched))
            try village.happened(.stored(touched))
            try village.command(.notices([Notice(waybill: DecidingStation.toldBefore)]))
            try village.goDark(hours: 120, clock: .ntp)
            try await sender.report(in: &village.journal, client)
            let before = try county.county.holdPeriod(kept, station: "yc-1").hold
            #expect(before.paused == 120 * DecidingStation.hour)
            var next = WrittenJournal("yc-1", incarnation: String(repeating: "b", count: 32))
            let time = "2026-05-18T01:00:00.000Z"
            next.append("station.journalReplaced", #"{"reason":"damaged"}"#, time: time)
            try await sender.report(.scanned(touched), .stored(touched), in: &next, client)
            let lost = #expect(throws: CountyFault.self) { try county.county.holdPeriod(kept, station: "yc-1") }
            #expect(lost?.description.contains("lost its journal") == true)
            let back = try #require(WireTime.milliseconds(time))
            let fact = #"{"darkSince":\#(back - 30 * DecidingStation.hour),"kept":0}"#
            next.append("station.booksRecovered", fact, time: time)
            try await sender.report(in: &next, client)
            let after = try county.county.holdPeriod(kept, station: "yc-1").hold
            #expect(after.began == before.began && after.paused == 30 * DecidingStation.hour && after.grace != nil)
            #expect(try county.county.holdPeriod(touched, station: "yc-1").hold == Hold())
            // Behind a damaged end the state of the station stands.
            var third = WrittenJournal("yc-1", incarnation: String(repeating: "c", count: 32))
            let end = "\(next.incarnation)/\(EventLine.text(ofSequence: 1))"
            third.append("station.journalReplaced", #"{"reason":"damaged","recoverAfter":"\#(end)"}"#, time: time)
            try await sender.report(in: &third, client)
            #expect(try county.county.holdPeriod(kept, station: "yc-1").hold == after)
        }
    }
}
