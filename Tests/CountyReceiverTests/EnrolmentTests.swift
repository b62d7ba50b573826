import CountyBooks
import CountyReceiver
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("Enrolment")
struct EnrolmentTests {
    @Test("A station with a token gets the county's keys and its code key, sealed to it alone")
    func enrols() async throws {
        let county = try TestCounty()
        defer { county.remove() }
        let token = try county.county.makeEnrolmentToken(station: "yc-1").token
        #expect(token.promises(county.county.publicKey.bytes))
        let station = TestStation(id: "yc-1", county: county.county.publicKey)
        let answer = try await county.serving { try await station.enrol(token, $0) }
        #expect(answer.status == 200)
        #expect(answer.isCountys)
        let enrolment: EnrolmentAnswer = try answer.decoded()
        #expect(enrolment.signingKeyBytes == county.county.publicKey.bytes)
        let codeKey = try #require(CodeKey(bytes: try station.exchange.open(enrolment.codeKey, context: "yc-1")))
        #expect(codeKey.id == enrolment.codeKeyID)
        let notice = try county.county.pickupNotice("SF7444404156506", station: "yc-1")
        #expect(notice.code == PickupCode(Waybill(rawValue: "SF7444404156506"), n: 0, key: codeKey).description)
    }

    @Test("The same token with the same keys gets the same answer for a day, then nothing")
    func sameAnswer() async throws {
        let county = try TestCounty()
        defer { county.remove() }
        let token = try county.county.makeEnrolmentToken(station: "yc-1").token
        let station = TestStation(id: "yc-1", county: county.county.publicKey)
        try await county.serving { client in
            let first = try await station.enrol(token, client)
            county.clock.advance(hours: 23)
            let second = try await station.enrol(token, client)
            #expect(second.status == 200)
            let (before, after): (EnrolmentAnswer, EnrolmentAnswer) = (try first.decoded(), try second.decoded())
            #expect(before.codeKey == after.codeKey)
            let (early, late) = (try #require(before.time), try #require(after.time))
            #expect(early < late, "the time is that of the answer")
            county.clock.advance(hours: 2)
            let third = try await station.enrol(token, client)
            #expect(third.status == 403)
            #expect(third.problem == .tokenRefused)
        }
    }

    @Test("A wrong, foreign, used or expired token enrols nobody")
    func refusedTokens() async throws {
        let county = try TestCounty()
        defer { county.remove() }
        let books = county.county
        let token = try books.makeEnrolmentToken(station: "yc-1").token
        let late = try books.makeEnrolmentToken(station: "yc-2").token
        try await county.serving { client in
            var wrong = token
            wrong.secret = String(repeating: "0", count: 32)
            var foreign = token
            foreign.station = "yc-2"
            for (bad, words) in [(wrong, "(不是本县的令牌)"), (foreign, "(不是本县给此站点的令牌)")] {
                let answer = try await TestStation(id: bad.station, county: books.publicKey).enrol(bad, client)
                #expect(answer.problem == .tokenRefused)
                #expect(try answer.decoded(Problem.self).detail.contains(words))
                #expect(answer.isCountys)
            }
            let owner = try await TestStation(id: "yc-1", county: books.publicKey).enrol(token, client)
            #expect(owner.status == 200)
            let thief = try await TestStation(id: "yc-1", county: books.publicKey).enrol(token, client)
            #expect(thief.problem == .tokenRefused)
            county.clock.advance(hours: 25)
            let tardy = try await TestStation(id: "yc-2", county: books.publicKey).enrol(late, client)
            #expect(tardy.problem == .tokenRefused)
        }
    }

    @Test("A new board takes over: the old key still delivers batches, and nothing else")
    func newBoard() async throws {
        let county = try TestCounty()
        defer { county.remove() }
        try await county.serving { client in
            let old = try await county.enrolledStation("yc-1", client)
            let new = try await county.enrolledStation("yc-1", client)
            var journal = WrittenJournal("yc-1")
            journal.append(count: 3)
            #expect(try await old.post(journal, 1...2, client).status == 200)
            #expect(try await new.post(journal, 3...3, client).status == 200)
            let status = try await old.send(.put, "/v1/stations/yc-1/status", client, body: Array("{}".utf8))
            #expect(status.problem == .unsigned)
        }
    }

    @Test("Behind a proxy the path of the public URL is part of what is signed")
    func prefix() async throws {
        let county = try TestCounty(prefix: "/locker")
        defer { county.remove() }
        try await county.serving { client in
            let station = try await county.enrolledStation("yc-1", client)
            var journal = WrittenJournal("yc-1")
            journal.append()
            #expect(try await station.post(journal, 1...1, client).status == 200)
            let other = TestStation(id: "yc-1", county: county.county.publicKey)
            let answer = try await other.enrol(county.county.makeEnrolmentToken(station: "yc-1").token, client)
            #expect(answer.problem == .unsigned)
        }
    }

    @Test("an id that a station's configuration refuses gets no token; the one that the fault shows does")
    func stationID() throws {
        let county = try TestCounty()
        defer { county.remove() }
        for id in ["YC-1", "yc_1", "", "阳城", String(repeating: "x", count: 65)] {
            let fault = #expect(throws: CountyFault.self) { try county.county.makeEnrolmentToken(station: id) }
            #expect(fault?.description.hasSuffix("as in yc-beiliu-0231") == true)
        }
        #expect(try county.county.makeEnrolmentToken(station: "yc-beiliu-0231").token.station == "yc-beiliu-0231")
    }
}
