import CountyReceiver
import Foundation
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("Locker-Counter at the county")
struct CounterTests {
    private func counter(_ start: Int, _ n: Int) -> LockerCounter { LockerCounter(start: start, n: n) }

    private func status(
        _ station: TestStation,
        _ counter: LockerCounter,
        _ client: any TestClientProtocol
    ) async throws -> TestAnswer {
        try await station.send(
            .put,
            "/v1/stations/\(station.id)/status",
            client,
            body: Array("{}".utf8),
            counter: counter
        )
    }

    private func overview(_ county: TestCounty, _ station: TestStation) throws -> County.StationOverview {
        try #require(try county.county.overview().first { $0.station == station.id })
    }

    @Test("Calls may overtake each other; what came already or is too old is refused with the highest, signed")
    func overtaking() async throws {
        try await withStation { _, station, client in
            for n in [3, 70, 7, 8, 69] { #expect(try await status(station, counter(7, n), client).status == 204) }
            for old in [counter(7, 70), counter(7, 7), counter(7, 6), counter(6, 99)] {
                let answer = try await status(station, old, client)
                #expect(answer.status == 409 && answer.problem == .replayed && answer.isCountys)
                #expect(try answer.decoded(Problem.self).highest == "7.70")
            }
            #expect(try await status(station, counter(8, 1), client).status == 204)
        }
    }

    @Test("With four loops on eight connections none of 10,000 calls is refused, in whatever order they come")
    func tenThousand() async throws {
        // In memory: the disk is not what is looked at.
        let memory = "/dev/shm"
        let folder = FileManager.default.isWritableFile(atPath: memory) ? "\(memory)/county-\(UUID().uuidString)" : nil
        let county = try TestCounty(directory: folder)
        defer { county.remove() }
        try await county.serving { client in
            let station = try await county.enrolledStation("yc-1", client)
            let entropy = SeededEntropy(seed: 4)
            var waiting: [Int] = []
            var refused = 0
            for n in 2...10_004 {
                waiting.append(n)
                // Each loop waits for its answer, so four calls are on their way; any of them arrives next.
                guard waiting.count == 4 else { continue }
                let next = waiting.remove(at: Int(entropy.bytes(1)[0]) % waiting.count)
                let answer = try await station.send(
                    .get,
                    "/v1/stations/\(station.id)/commands",
                    client,
                    query: "wait=0",
                    counter: LockerCounter(start: 1, n: next)
                )
                if answer.status != 200 { refused += 1 }
            }
            #expect(refused == 0)
        }
    }

    @Test("A counter beyond its end or without form is no counter", arguments: ["2147483649.1", "1", "", "1.x"])
    func noCounter(_ text: String) async throws {
        try await withStation { _, station, client in
            let answer = try await station.send(
                .get,
                "/v1/stations/\(station.id)/commands",
                client,
                query: "wait=0",
                counterText: text
            )
            #expect(answer.status == 400 && answer.problem == .malformed)
        }
    }

    @Test("A call that is refused as a replay is no sign of life")
    func noSignOfLife() async throws {
        try await withStation { county, station, client in
            #expect(try await status(station, counter(7, 3), client).status == 204)
            let before = try overview(county, station)
            county.clock.advance(hours: 1)
            #expect(try await status(station, counter(7, 3), client).status == 409)
            #expect(try overview(county, station) == before)
        }
    }

    @Test("A batch without a new counter is stored and moves nothing", arguments: ["", "1.1", "0.9", "x"])
    func stick(_ text: String) async throws {
        try await withStation { county, station, client in
            _ = try county.county.makeBadge(person: 8, role: .courier, days: 1, pin: "246801", stations: [station.id])
            var journal = WrittenJournal(station.id)
            journal.append(count: 3)
            let before = try overview(county, station).lastContact
            county.clock.advance(hours: 1)
            let answer = try await station.post(journal, 1...2, client, counterText: text)
            #expect(answer.status == 200 && answer.isCountys)
            let old: Acknowledgement = try answer.decoded()
            #expect(old.acknowledged == 2 && old.commands.isEmpty && old.time == nil)
            #expect(try overview(county, station).lastContact == before)
            let new: Acknowledgement = try await station.post(journal, 3...3, client, counter: counter(2, 2)).decoded()
            #expect(new.acknowledged == 3 && !new.commands.isEmpty && new.time != nil)
            #expect(try overview(county, station).lastContact == county.clock.now)
            // The batch has moved the window, too.
            #expect(try await status(station, counter(2, 2), client).status == 409)
            #expect(try await status(station, counter(2, 1), client).status == 204)
        }
    }

    @Test("A batch under an old key moves nothing")
    func oldKey() async throws {
        try await withStation { county, old, client in
            _ = try await county.enrolledStation(old.id, client)
            _ = try county.county.makeBadge(person: 8, role: .courier, days: 1, pin: "246801", stations: [old.id])
            let before = try overview(county, old).lastContact
            county.clock.advance(hours: 1)
            var journal = WrittenJournal(old.id)
            journal.append()
            let answer: Acknowledgement = try await old.post(journal, 1...1, client).decoded()
            #expect(answer.acknowledged == 1 && answer.commands.isEmpty && answer.time == nil)
            #expect(try overview(county, old).lastContact == before)
        }
    }

    @Test("The window is kept over a restart of the county")
    func restart() async throws {
        let county = try TestCounty()
        defer { county.remove() }
        let station = try await county.serving { client in
            let station = try await county.enrolledStation("yc-1", client)
            for n in [5, 9] { #expect(try await status(station, counter(3, n), client).status == 204) }
            return station
        }
        let again = try county.restarted()
        try await again.serving { client in
            let (old, new) = (counter(3, 5), counter(3, 6))
            let answers = (try await status(station, old, client), try await status(station, new, client))
            #expect(answers.0.status == 409 && answers.1.status == 204)
        }
    }

    /// One board finds that the other has a higher start, and heals.
    private func heal(_ station: TestStation, from start: Int, _ client: any TestClientProtocol) async throws {
        let refused = try await status(station, counter(start, 1), client)
        #expect(try refused.decoded(Problem.self).highest == "\(start + 1).1")
        #expect(try await status(station, counter(start + 2, 1), client).status == 204)
    }

    @Test("The third healing within a day is shown: two boards, one identity; a day later or enrolled anew it is not")
    func twoBoards() async throws {
        try await withStation { county, station, client in
            #expect(try await status(station, counter(2, 1), client).status == 204)
            for start in 1...2 {
                try await heal(station, from: start, client)
                county.clock.advance(hours: 1)
            }
            #expect(try overview(county, station).sharesIdentity == false)
            try await heal(station, from: 3, client)
            let shown = try overview(county, station)
            #expect(shown.sharesIdentity)
            let line = shown.lines(now: county.clock.now).first { $0.name == "identity 身份" }
            #expect(line?.value.contains("两块主板共用本站身份") == true)
            let json = String(decoding: try CanonicalJSON.encode(shown), as: UTF8.self)
            #expect(json.contains(#""sharesIdentity":true"#))
            #expect(
                try await station.enrol(county.county.makeEnrolmentToken(station: station.id).token, client).status
                    == 200
            )
            #expect(try overview(county, station).sharesIdentity == false)
            for start in 4...6 { try await heal(station, from: start, client) }
            #expect(try overview(county, station).sharesIdentity == true)
            county.clock.advance(hours: 24)
            #expect(try overview(county, station).sharesIdentity == false)
        }
    }

    @Test("Restarts after calls that came late or were played again are no healings")
    func restartsAreNone() async throws {
        try await withStation { county, station, client in
            for start in 2...9 {
                let first = try await status(station, counter(start, 1), client)
                let second = try await status(station, counter(start, 1), client)
                #expect(first.status == 204 && second.status == 409)
                county.clock.advance(hours: 1)
            }
            #expect(try overview(county, station).sharesIdentity == false)
        }
    }
}
