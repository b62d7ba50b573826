import CountyReceiver
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("Batches")
struct BatchTests {
    @Test("A batch is stored byte for byte and acknowledged up to its last event")
    func stored() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 5)
            let answer = try await station.post(journal, 1...5, client)
            #expect(answer.status == 200)
            #expect(answer.isCountys)
            let receipt: Acknowledgement = try answer.decoded()
            #expect(receipt.acknowledged == 5)
            #expect(receipt.incarnation == journal.incarnation)
            #expect(receipt.hash == Hex.encode(journal.hashes[5]))
            #expect(receipt.time == WireTime.text(county.clock.now))
            #expect(try county.county.events(of: station.id).map(\.bytes) == journal.lines)
            #expect(try county.county.verify(station.id).map(\.broken) == [nil])
        }
    }

    @Test("The same batch again, and one that overlaps, change nothing but what is new")
    func duplicates() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 9)
            for range in [1...4, 1...4, 3...7, 2...3, 1...9] {
                #expect(try await station.post(journal, range, client).status == 200)
            }
            let receipt: Acknowledgement = try await station.post(journal, 2...3, client).decoded()
            #expect(receipt.acknowledged == 9)
            #expect(try county.county.events(of: station.id).map(\.bytes) == journal.lines)
        }
    }

    @Test("A gap is refused with the sequence that is expected")
    func gap() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 9)
            let early: Problem = try await station.post(journal, 2...4, client).decoded()
            #expect(early.kind == .gap)
            #expect(early.expected == 1)
            _ = try await station.post(journal, 1...3, client)
            let later = try await station.post(journal, 6...9, client)
            #expect(later.status == 409)
            #expect(later.isCountys)
            #expect(try later.decoded(Problem.self).expected == 4)
            #expect(try county.county.events(of: station.id).count == 3)
        }
    }

    @Test("Other bytes under a known sequence are kept beside the chain and never replace it", arguments: [2, 5])
    func fork(after sequence: Int) async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 5)
            var fork = journal.forked(after: sequence)
            if sequence == 5 { fork = journal.forked(after: 4) }
            for _ in 0..<3 { fork.append("station.stopped", #"{"reason":"other"}"#) }
            _ = try await station.post(journal, 1...5, client)
            let range = sequence == 5 ? 6...7 : 2...fork.lines.count
            for _ in 0..<2 {
                let answer = try await station.post(fork, range, client)
                #expect(answer.status == 409)
                #expect(answer.problem == .chainForked)
                #expect(answer.isCountys)
            }
            #expect(try county.county.events(of: station.id).map(\.bytes) == journal.lines)
            let overview = try #require(try county.county.overview().first)
            #expect(overview.branches == (sequence == 5 ? 2 : 3))
            var next = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
            next.append("station.journalReplaced", #"{"reason":"forked"}"#)
            #expect(try await station.post(next, 1...1, client).status == 200)
        }
    }

    @Test("The county lists the journals of a station, with what came within 180 days of each")
    func incarnations() async throws {
        try await withStation { county, station, client in
            var old = WrittenJournal(station.id)
            old.append(count: 5)
            _ = try await station.post(old, 1...3, client)
            county.clock.advance(hours: 24 * 181)
            _ = try await station.post(old, 4...5, client)
            var next = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
            next.append("station.journalReplaced", #"{"reason":"damaged"}"#)
            _ = try await station.post(next, 1...1, client)
            let answer = try await station.send(.get, "/v1/stations/\(station.id)/incarnations", client)
            #expect(answer.status == 200 && answer.isCountys)
            let list = try answer.decoded(IncarnationList.self).incarnations
            #expect(list.map(\.incarnation) == [old.incarnation, next.incarnation])
            #expect(list.map(\.first) == [4, 1])
            #expect(list.map(\.acknowledged) == [5, 1])
            #expect(list.first?.hash == Hex.encode(old.hashes[5]))
        }
    }

    @Test("What nobody can interpret is stored and quarantined, and the rest goes on")
    func quarantine() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append()
            journal.append("drone.landed", #"{"pad":1}"#)
            journal.append("station.stopped", #"{"why":"no reason"}"#)
            journal.append(raw: #"{"hello":"world"}"#)
            journal.append(raw: "{not json}")
            journal.append("station.stopped", source: "yc-old-name")
            journal.append()
            let receipt: Acknowledgement = try await station.post(journal, 1...7, client).decoded()
            #expect(receipt.acknowledged == 7)
            let events = try county.county.events(of: station.id)
            #expect(events.map { $0.fault != nil } == [false, true, true, true, true, true, false])
            #expect(events[1].type == "dev.villagelocker.drone.landed.v1")
            #expect(try county.county.overview().first?.quarantined == 5)
            #expect(try county.county.verify(station.id).map(\.events) == [7])
        }
    }

    @Test("A header that describes other lines is malformed")
    func malformed() async throws {
        try await withStation { _, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 4)
            var shifted = WrittenJournal(station.id)
            shifted.append(raw: String(decoding: journal.lines[1], as: UTF8.self))
            #expect(try await station.post(shifted, 1...1, client).problem == .malformed)
            var short = journal.header(1...4)
            short.last = 3
            let lines = Batch.join(journal.lines(1...4))
            var wrong = journal.header(1...4)
            wrong.after = Chain.start
            for header in [short, wrong] {
                let answer = try await station.send(
                    .post,
                    "/v1/stations/\(station.id)/events",
                    client,
                    headers: [("content-type", Batch.contentType), ("locker-chain", header.text)],
                    body: lines
                )
                #expect(answer.status == 400)
                #expect(answer.problem == .malformed)
            }
        }
    }

    @Test("More events than a batch may hold, or a bomb, are too large")
    func tooLarge() async throws {
        try await withStation { _, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: Limits.batchEventsMax + 1)
            let many = try await station.post(journal, 1...journal.lines.count, client)
            #expect(many.status == 413)
            #expect(many.problem == .tooLarge)
            let bomb = Gzip.compress([UInt8](repeating: 0x20, count: Limits.inflatedBytesMax + 1))
            #expect(bomb.count < CountyLimits.bodyBytesMax)
            let answer = try await station.send(
                .post,
                "/v1/stations/\(station.id)/events",
                client,
                headers: [("content-encoding", "gzip"), ("locker-chain", journal.header(1...1).text)],
                body: bomb
            )
            #expect(answer.status == 413)
            #expect(answer.isCountys)
            let heavy = [UInt8](repeating: 0x20, count: CountyLimits.bodyBytesMax + 1)
            let body = try await station.send(.put, "/v1/stations/\(station.id)/status", client, body: heavy)
            #expect(body.status == 413)
            #expect(body.isCountys)
        }
    }

    @Test("A new board reads back the exact bytes")
    func readBack() async throws {
        try await withStation { _, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 7)
            _ = try await station.post(journal, 1...7, client)
            let path = "/v1/stations/\(station.id)/events"
            let some = try await station.send(
                .get,
                path,
                client,
                query: "incarnation=\(journal.incarnation)&after=2&limit=3"
            )
            #expect(some.status == 200)
            #expect(some.isCountys)
            #expect(try Batch.split(some.body, limit: 500) == journal.lines(3...5))
            let none = try await station.send(.get, path, client, query: "incarnation=\(journal.incarnation)&after=7")
            #expect(none.status == 204)
            #expect(none.isCountys)
            let other = try await station.send(
                .get,
                path,
                client,
                query: "incarnation=\(String(repeating: "c", count: 32))&after=0"
            )
            #expect(other.problem == .notFound)
        }
    }
}

/// Runs a test against a fresh county with one enrolled station.
func withStation(
    _ work: @Sendable (TestCounty, TestStation, any TestClientProtocol) async throws -> Void
) async throws {
    let county = try TestCounty()
    defer { county.remove() }
    try await county.serving { client in
        try await work(county, county.enrolledStation("yc-test-1", client), client)
    }
}
