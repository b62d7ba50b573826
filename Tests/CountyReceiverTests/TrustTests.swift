import CountyBooks
import CountyReceiver
import Foundation
import GRDB
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("Trust")
struct TrustTests {
    @Test("A body that was changed on its way is refused before it is inflated")
    func wrongDigest() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append()
            let answer = try await station.post(journal, 1...1, client) { _, body in body[body.count - 1] ^= 1 }
            #expect(answer.status == 400)
            #expect(answer.problem == .malformed)
            #expect(answer.isCountys)
            #expect(try county.county.events(of: station.id).isEmpty)
        }
    }

    @Test("Headers that were added, dropped or changed after signing are refused")
    func wrongSignature() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 2)
            let other = journal.header(2...2).text
            let changes: [@Sendable (inout [(name: String, value: String)]) -> Void] = [
                { $0.removeAll { $0.name == "content-encoding" } },
                { headers in
                    for index in headers.indices where headers[index].name == "locker-chain" {
                        headers[index].value = other
                    }
                },
                { headers in
                    for index in headers.indices where headers[index].name == "locker-counter" {
                        headers[index].value = "9.9"
                    }
                },
            ]
            for change in changes {
                let answer = try await station.post(journal, 1...1, client) { headers, _ in change(&headers) }
                #expect(answer.status == 401)
                #expect(answer.problem == .unsigned)
                #expect(answer.isCountys)
            }
            let unsigned = try await station.post(journal, 1...1, client) { headers, _ in
                headers.removeAll { $0.name == "signature" }
            }
            #expect(unsigned.status == 401)
            #expect(!unsigned.isCountys)
            #expect(try county.county.events(of: station.id).isEmpty)
        }
    }

    @Test("Another station's key, or a station that nobody knows, is refused")
    func strangers() async throws {
        try await withStation { county, station, client in
            let neighbour = try await county.enrolledStation("yc-test-2", client)
            var journal = WrittenJournal(station.id)
            journal.append()
            let answer = try await neighbour.send(
                .post,
                "/v1/stations/\(station.id)/events",
                client,
                headers: [("locker-chain", journal.header(1...1).text)],
                body: Batch.join(journal.lines)
            )
            #expect(answer.problem == .unsigned)
            let stranger = TestStation(id: "yc-none", county: county.county.publicKey)
            #expect(try await stranger.post(journal, 1...1, client).problem == .unknownStation)
        }
    }

    @Test("A counter that is not new is refused on a status and taken on a batch")
    func replay() async throws {
        try await withStation { _, station, client in
            let path = "/v1/stations/\(station.id)/status"
            let body = Array("{}".utf8)
            let counter = LockerCounter(start: 7, n: 3)
            #expect(try await station.send(.put, path, client, body: body, counter: counter).status == 204)
            for old in [counter, LockerCounter(start: 6, n: 9)] {
                let answer = try await station.send(.put, path, client, body: body, counter: old)
                #expect(answer.status == 409)
                #expect(answer.problem == .replayed)
                #expect(answer.isCountys)
            }
            var journal = WrittenJournal(station.id)
            journal.append()
            for _ in 0..<2 {
                #expect(
                    try await station.post(journal, 1...1, client, counter: LockerCounter(start: 1, n: 1)).status == 200
                )
            }
            let risen = LockerCounter(start: 8, n: 1)
            let answer = try await station.send(.put, path, client, body: body, counter: risen)
            #expect(answer.status == 204)
            #expect(answer.isCountys)
        }
    }

    @Test("A path that does not exist is answered and signed by the county itself")
    func notFound() async throws {
        try await withStation { _, station, client in
            let answer = try await station.send(.get, "/v1/stations/\(station.id)/moon", client)
            #expect(answer.status == 404)
            #expect(answer.isCountys)
        }
    }

    @Test("A county that starts again knows all it knew, and has the same keys")
    func restart() async throws {
        let county = try TestCounty()
        defer { county.remove() }
        var journal = WrittenJournal("yc-1")
        journal.append(count: 6)
        let lines = journal
        let station = try await county.serving { client in
            let station = try await county.enrolledStation("yc-1", client)
            _ = try await station.post(lines, 1...4, client)
            return station
        }
        let again = try county.restarted()
        #expect(again.county.publicKey == county.county.publicKey)
        try await again.serving { client in
            let receipt: Acknowledgement = try await station.post(lines, 5...6, client).decoded()
            #expect(receipt.acknowledged == 6)
            let counter = LockerCounter(start: 1, n: 1)
            let old = try await station.send(
                .put,
                "/v1/stations/yc-1/status",
                client,
                body: Array("{}".utf8),
                counter: counter
            )
            #expect(old.problem == .replayed)
        }
    }

    @Test("Keys of another county do not open the books")
    func foreignKeys() throws {
        let county = try TestCounty()
        let other = try TestCounty()
        defer {
            county.remove()
            other.remove()
        }
        try CountyFiles.replace("keys/signing", of: county.directory, from: other.directory)
        #expect(throws: CountyFault.self) { try county.restarted() }
    }

    @Test("Books that have keys are not opened with one made anew", arguments: ["signing", "exchange", "secret"])
    func missingKey(name: String) throws {
        let county = try TestCounty()
        defer { county.remove() }
        let path = "\(county.directory)/keys/\(name)"
        let key = try Data(contentsOf: URL(filePath: path))
        try FileManager.default.removeItem(atPath: path)
        let fault = #expect(throws: CountyFault.self) { try county.restarted() }
        #expect(fault?.description.contains("keys/\(name)") == true)
        #expect(!FileManager.default.fileExists(atPath: path))
        try key.write(to: URL(filePath: path))
        #expect(try county.restarted().county.keyID == county.county.keyID)
    }

    @Test("A byte changed in the books is found by computing the chain again")
    func tampering() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 5)
            _ = try await station.post(journal, 1...5, client)
            let books = try DatabaseQueue(path: county.directory + "/county.sqlite")
            try await books.write { db in
                #expect(throws: DatabaseError.self) { try db.execute(sql: "DELETE FROM event WHERE sequence = 3") }
                try db.execute(sql: "DROP TRIGGER eventKept")
                try db.execute(
                    sql:
                        "UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), 'test', 'tesu') AS BLOB) WHERE sequence = 3"
                )
            }
            let check = try #require(try county.county.verify(station.id).first)
            #expect(check.events == 2)
            #expect(check.broken == 3)
        }
    }
}
