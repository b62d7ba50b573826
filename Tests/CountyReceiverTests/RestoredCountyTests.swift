import CountyBooks
import CountyReceiver
import GRDB
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("A county from its backup")
struct RestoredCountyTests {
    private func revoked(_ station: TestStation, _ client: any TestClientProtocol) async throws -> [String] {
        try await station.commands(client).filter { $0.type == "revokeBadge" }
            .map { try $0.data.decoded(as: CommandMessage.BadgeRevocation.self).badge }
    }

    @Test("A badge that the books do not know is withdrawn by its id: told to every station, to new ones, and again")
    func unknownBadge() async throws {
        try await withStation { county, station, client in
            let badge = "00ff00ff00ff00ff"
            let revocation = try county.county.revokeBadge(badge.uppercased())
            #expect(revocation.badge == badge && !revocation.isKnown && revocation.stations == [station.id])
            let new = try await county.enrolledStation("yc-test-2", client)
            for place in [station, new] { #expect(try await revoked(place, client) == [badge]) }
            var next = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
            next.append("station.journalReplaced", #"{"reason":"restored"}"#)
            #expect(try await station.post(next, 1...1, client).status == 200)
            #expect(try await revoked(station, client) == [badge])
            county.clock.advance(hours: 90 * 24)
            #expect(try await revoked(new, client) == [badge], "as long as any badge lives")
            county.clock.advance(hours: 2 * 24)
            #expect(try await revoked(new, client).isEmpty)
        }
    }

    @Test("By the number of a person badges are withdrawn that only the stations' events name")
    func person() async throws {
        try await withStation { county, station, client in
            let own = try county.county.makeBadge(
                person: 1001,
                role: .courier,
                days: 30,
                pin: "135790",
                stations: [station.id]
            )
            let events = [
                ("1001", "00000000000003e9", "00ff00ff00ff00ff"), ("1002", "00000000000003ea", "00ff00ff00ff00fe"),
            ]
            var journal = WrittenJournal(station.id)
            for (_, person, badge) in events {
                journal.append(
                    "session.opened",
                    #"{"badge":"\#(badge)","person":"\#(person)","role":"courier","session":1}"#
                )
            }
            #expect(try await station.post(journal, 1...2, client).status == 200)
            let gone = try county.county.revokeBadges(ofPerson: "1001")
            #expect(gone.map(\.badge) == [own.id, "00ff00ff00ff00ff"])
            #expect(gone.map(\.isKnown) == [true, false])
            let told = try await revoked(station, client)
            #expect(Set(told) == [own.id, "00ff00ff00ff00ff"])
            for nobody in ["1003", "0", "x"] {
                #expect(throws: CountyFault.self) { try county.county.revokeBadges(ofPerson: nobody) }
            }
        }
    }

    @Test("A station and a key that the books do not know are listed with what to do; nothing is taken until it enrols")
    func strangers() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal("yc-forgotten")
            journal.append(count: 2)
            let lines = journal
            let stranger = TestStation(id: "yc-forgotten", county: county.county.publicKey)
            for _ in 1...2 {
                let answer = try await stranger.post(lines, 1...2, client)
                #expect(answer.problem == .unknownStation && answer.isCountys)
            }
            let other = TestStation(id: station.id, county: county.county.publicKey)
            #expect(try await other.send(.put, "/v1/stations/\(station.id)/status", client).problem == .unsigned)
            let listed = try county.county.unknownStations()
            #expect(listed.map(\.station) == ["yc-forgotten", station.id])
            #expect(listed.map(\.isKnown) == [false, true])
            #expect(listed.map(\.count) == [2, 1])
            #expect(listed.map(\.keyID) == [stranger.key.id, other.key.id])
            let text = listed[0].lines(now: county.clock.now).map(\.value).joined()
            #expect(text.contains("county-server enrol-token yc-forgotten"))
            let token = try county.county.makeEnrolmentToken(station: "yc-forgotten").token
            #expect(try await stranger.enrol(token, client).status == 200)
            #expect(try await stranger.post(lines, 1...2, client).status == 200)
            #expect(try county.county.events(of: "yc-forgotten").count == 2)
            #expect(try county.county.unknownStations().map(\.station) == [station.id])
        }
    }

    @Test("A flood of unknown ids is written down within bounds, and hides no station whose key was forgotten")
    func flood() async throws {
        try await withStation { county, station, client in
            let path = { (id: String) in "/v1/stations/\(id)/status" }
            let thief = TestStation(id: "yc-flood", county: county.county.publicKey)
            for number in 0..<(CountyLimits.strangerNotesMax + 5) {
                _ = try await thief.send(.put, path("yc-flood-\(number)"), client)
            }
            _ = try await thief.send(.put, path("YC_NONE"), client)
            _ = try await thief.send(.put, path(station.id), client)
            let listed = try county.county.unknownStations()
            #expect(listed.count == CountyLimits.strangersMax + 1)
            #expect(listed.contains { $0.station == station.id && $0.isKnown })
            #expect(
                !listed.contains {
                    $0.station == "YC_NONE" || $0.station == "yc-flood-124" || $0.station == "yc-flood-0"
                }
            )
            county.clock.advance(hours: 1)
            _ = try await thief.send(.put, path("yc-later"), client)
            #expect(try county.county.unknownStations().contains { $0.station == "yc-later" })
            county.clock.advance(hours: (CountyLimits.strangerDays + 1) * 24)
            #expect(try county.county.unknownStations().isEmpty)
        }
    }
}
