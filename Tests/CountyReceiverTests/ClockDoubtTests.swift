import CountyBooks
import CountyReceiver
import GRDB
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("The county's clock in doubt")
struct ClockDoubtTests {
    /// A status of a station whose clock stands so, hours away from the county's.
    private func report(
        clock: String = "ntp",
        hours: Int64 = 0,
        ntp: Int64? = nil,
        _ station: TestStation,
        _ county: TestCounty,
        _ client: any TestClientProtocol
    ) async throws {
        let time = WireTime.text(county.clock.now + hours * 3_600_000)
        let shown = ntp.map { #","ntp":"\#(WireTime.text(county.clock.now + $0 * 3_600_000))""# } ?? ""
        let body = Array(#"{"clock":"\#(clock)"\#(shown),"time":"\#(time)"}"#.utf8)
        #expect(
            try await station.send(.put, "/v1/stations/\(station.id)/status", client, body: body).status == 204
        )
    }

    private func badge(_ county: TestCounty, at station: TestStation) throws -> County.Badge {
        try county.county.makeBadge(person: 1, role: .keeper, days: 90, pin: "135790", stations: [station.id])
    }

    @Test("A command that is run with a clock 200 days ahead erases no phone number")
    func erasesNothing() async throws {
        try await withStation { county, station, client in
            let body = try await ContactTests.sealed(station, county, client)
            #expect(try await ContactTests.put(body, station, client).status == 204)
            county.clock.setSynchronised(false)
            county.clock.leap(hours: 200 * 24)
            let command = try county.restarted()
            #expect(throws: CountyFault.self) { try command.county.eraseContacts() }
            county.clock.leap(hours: -200 * 24)
            let phone = try county.restarted().county.contact(ContactTests.waybill, station: station.id).phone
            #expect(phone == ContactTests.phone)
        }
    }

    @Test("With a clock that leapt no badge and no manifest is made, and the fault says what to do")
    func nothingIsMade() async throws {
        try await withStation { county, station, _ in
            county.clock.setSynchronised(false)
            county.clock.leap(hours: 200 * 24)
            #expect(try county.county.checkClock().doubts == [.leapt])
            let sheet = Array("waybill,brand\nSF7444404156506,SF\n".utf8)
            let faults = [
                #expect(throws: CountyFault.self) { try badge(county, at: station) },
                #expect(throws: CountyFault.self) { try county.county.loadManifest(sheet, station: station.id) },
            ]
            for fault in faults {
                #expect(fault?.description.contains("clock is in doubt") == true)
                #expect(fault?.description.contains("county-server clock confirm") == true)
            }
            county.clock.setSynchronised(true)
            #expect(try county.county.checkClock().doubts.isEmpty)
            _ = try badge(county, at: station)
        }
    }

    @Test("While it is in doubt no answer tells the time, and a withdrawn badge is told all the same")
    func noTime() async throws {
        try await withStation { county, station, client in
            let lost = try badge(county, at: station)
            _ = try county.county.revokeBadge(lost.id)
            let token = try county.county.makeEnrolmentToken(station: station.id).token
            let path = "/v1/stations/\(station.id)/commands"
            let before: CommandList = try await station.send(.get, path, client).decoded()
            #expect(before.time == WireTime.text(county.clock.now))
            county.clock.setSynchronised(false)
            county.clock.leap(hours: 200 * 24)
            let list: CommandList = try await station.send(.get, path, client).decoded()
            #expect(list.time == nil)
            #expect(list.commands.contains { $0.type == "revokeBadge" }, "by the last good time it is not over")
            var journal = WrittenJournal(station.id)
            journal.append()
            let receipt: Acknowledgement = try await station.post(journal, 1...1, client).decoded()
            #expect(receipt.acknowledged == 1 && receipt.time == nil)
            let journals = "/v1/stations/\(station.id)/incarnations"
            let journalsKnown: IncarnationList = try await station.send(.get, journals, client).decoded()
            #expect(journalsKnown.incarnations.count == 1 && journalsKnown.time == nil)
            county.clock.leap(hours: -200 * 24)
            county.clock.reboot()
            county.clock.leap(hours: -2)
            let enrolment: EnrolmentAnswer = try await station.enrol(token, client).decoded()
            #expect(enrolment.time == nil)
        }
    }

    @Test("While it is in doubt nothing is dated by it: PINs are not taken back, arrivals and numbers keep their place")
    func lastGood() async throws {
        try await withStation { county, station, client in
            let (kept, lost) = (try badge(county, at: station), try badge(county, at: station))
            let start = county.clock.now
            county.clock.setSynchronised(false)
            for hours in [200 * 24, -400 * 24] as [Int64] {
                county.clock.leap(hours: hours)
                _ = try county.county.revokeBadge(lost.id)
                let pins = try #require(try await station.commands(client).last { $0.type == "pins" })
                #expect(try pins.data.decoded(as: CommandMessage.PINList.self).pins.map(\.badge) == [kept.id])
            }
            let body = try await ContactTests.sealed(station, county, client)
            #expect(try await ContactTests.put(body, station, client).status == 204)
            var journal = WrittenJournal(station.id)
            journal.append()
            #expect(try await station.post(journal, 1...1, client).status == 200)
            #expect(try county.county.events(of: station.id).first?.received == start)
            county.clock.leap(hours: 200 * 24)
            county.clock.setSynchronised(true)
            #expect(try county.county.eraseContacts() == 0)
            #expect(try county.county.contact(ContactTests.waybill, station: station.id).received == start)
        }
    }

    @Test("A clock that is more than ten minutes behind the newest event of the books is in doubt, until NTP sets it")
    func behind() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append()
            let answer = try await station.post(journal, 1...1, client)
            #expect(answer.status == 200)
            county.clock.setSynchronised(false)
            county.clock.leap(hours: -1)
            #expect(try county.county.checkClock().doubts == [.behind])
            county.clock.setSynchronised(true)
            #expect(try county.county.checkClock().doubts.isEmpty)
            // What a clock ahead has written does not come back when the kernel stops saying so.
            county.clock.setSynchronised(false)
            #expect(try county.restarted().county.checkClock().doubts.isEmpty)
        }
    }

    @Test(
        "When the NTP of more than half of the stations differs it is in doubt; half of them, or a set clock, says nothing"
    )
    func stations() async throws {
        try await withStation { county, station, client in
            let others = [
                try await county.enrolledStation("yc-test-2", client),
                try await county.enrolledStation("yc-test-3", client),
            ]
            county.clock.setSynchronised(false)
            try await report(clock: "manual", hours: 2, station, county, client)
            #expect(try county.county.checkClock().stationsReporting == 0)
            try await report(hours: 2, station, county, client)
            #expect(try county.county.checkClock().doubts == [.stationsDiffer])
            try await report(others[0], county, client)
            let half = try county.county.checkClock()
            #expect(half.doubts.isEmpty && half.stationsReporting == 2 && half.stationsAgreeing == 1)
            try await report(hours: 2, others[1], county, client)
            #expect(try county.county.checkClock().doubts == [.stationsDiffer])
            #expect(
                try await others[0].send(.get, "/v1/stations/yc-test-2/commands", client).decoded(CommandList.self).time
                    == nil
            )
            // An hour later nobody has said anything new.
            county.clock.advance(hours: 2)
            #expect(try county.county.checkClock().doubts.isEmpty)
        }
    }

    @Test(
        "A county that is behind hears what NTP shows at stations that go by its own word; what they doubt says nothing"
    )
    func shownByNTP() async throws {
        try await withStation { county, station, client in
            county.clock.setSynchronised(false)
            try await report(clock: "fake", ntp: 240_000, station, county, client)
            #expect(try county.county.checkClock().stationsReporting == 0)
            try await report(clock: "county", ntp: 2, station, county, client)
            #expect(try county.county.checkClock().doubts == [.stationsDiffer])
            try await report(clock: "county", ntp: 0, station, county, client)
            #expect(try county.county.checkClock().stationsAgreeing == 1)
        }
    }

    @Test("A doubt ends when more than half of the stations agree, and phone numbers may be erased then")
    func agreed() async throws {
        try await withStation { county, station, client in
            county.clock.setSynchronised(false)
            #expect(throws: CountyFault.self, "nobody vouches for a clock that merely runs on") {
                try county.county.eraseContacts()
            }
            county.clock.leap(hours: 48)
            #expect(try county.county.checkClock().isInDoubt)
            try await report(station, county, client)
            #expect(try county.county.checkClock().doubts.isEmpty)
            county.clock.advance(hours: 23)
            #expect(try county.county.checkClock().doubts.isEmpty)
            #expect(try county.county.eraseContacts() == 0)
            county.clock.advance(hours: 2)
            #expect(throws: CountyFault.self) { try county.county.eraseContacts() }
        }
    }

    @Test("A clerk confirms the clock: that is recorded, and holds against the stations until the next boot")
    func confirmed() async throws {
        try await withStation { county, station, client in
            let start = county.clock.now
            county.clock.setSynchronised(false)
            county.clock.leap(hours: 60 * 24)
            try await report(hours: -60 * 24, station, county, client)
            #expect(try county.county.checkClock().doubts == [.stationsDiffer, .leapt])
            #expect(try !county.restarted().county.confirmClock(by: "li").isInDoubt)
            _ = try badge(county, at: station)
            let state = try county.county.checkClock()
            #expect(state.doubts.isEmpty && state.stationsDiffer && !state.mayErase)
            let books = try DatabaseQueue(path: county.directory + "/county.sqlite")
            let row = try await books.read { db in
                try Row.fetchOne(db, sql: "SELECT user, before, after, doubts FROM clockConfirmation").map {
                    [$0[0], "\($0[1] as Int64)", "\($0[2] as Int64)", $0[3]] as [String]
                }
            }
            #expect(row == ["li", "\(start)", "\(county.clock.now)", "stationsDiffer leapt"])
            county.clock.reboot()
            #expect(try county.restarted().county.checkClock().doubts == [.stationsDiffer])
        }
    }

    @Test("Nobody confirms a clock before 2026 or after 2099", arguments: [-60, 90])
    func impossible(years: Int64) async throws {
        try await withStation { county, _, _ in
            county.clock.setSynchronised(false)
            county.clock.leap(hours: years * 365 * 24)
            let restarted = try county.restarted()
            let fault = #expect(throws: CountyFault.self) { try restarted.county.confirmClock(by: "li") }
            #expect(fault?.description.contains("before 2026 or after 2099") == true)
            #expect(try restarted.county.checkClock().isInDoubt)
        }
    }

    @Test("Days that pass in one boot are no leap; a start more than a day after the last run is, without NTP")
    func lastRun() async throws {
        try await withStation { county, _, _ in
            county.clock.setSynchronised(false)
            county.clock.advance(hours: 10 * 24)
            let later = try county.restarted()
            #expect(try later.county.checkClock().doubts.isEmpty)
            county.clock.reboot()
            county.clock.leap(hours: 20)
            #expect(try county.restarted().county.checkClock().doubts.isEmpty)
            county.clock.reboot()
            county.clock.leap(hours: 30)
            for _ in 1...2 { #expect(try county.restarted().county.checkClock().doubts == [.leapt]) }
        }
    }
}
