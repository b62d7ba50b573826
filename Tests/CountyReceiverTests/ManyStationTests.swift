import CountyBooks
import CountyReceiver
import GRDB
import HTTPTypes
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("The overview of many stations")
struct ManyStationTests {
    private static func sheet(_ number: Int) -> [UInt8] {
        Array("运单号,品牌,手机号\nSF74444041\(10_000 + number),SF,13812345678\n".utf8)
    }

    /// Orders commands of which the first few fail, and sends a journal with strange lines, a gap of two and a fork.
    private static func trouble(
        _ county: TestCounty,
        _ station: TestStation,
        _ client: any TestClientProtocol,
        failed: Int,
        late: Int,
        strange: Int,
        forked: Int
    ) async throws {
        for number in 0..<(failed + late) { _ = try county.county.loadManifest(sheet(number), station: station.id) }
        var journal = WrittenJournal(station.id)
        journal.append()
        for _ in 0..<strange { journal.append("drone.landed", #"{"pad":1}"#) }
        for command in try await station.commands(client).prefix(failed) {
            journal.append("command.failed", #"{"id":"\#(command.id)","number":\#(command.number),"reason":"no"}"#)
        }
        let first = journal.lines.count
        #expect(try await station.post(journal, 1...first, client).status == 200)
        journal.append(count: 5)
        let (gap, rest) = ((first + 1)...(first + 2), (first + 3)...(first + 5))
        let answer = try await station.post(journal, rest, lost: gap, client)
        #expect(answer.status == 200)
        var fork = journal.forked(after: 2)
        for _ in 0..<forked { fork.append("station.stopped", #"{"reason":"other"}"#) }
        #expect(try await station.post(fork, 2...fork.lines.count, client).problem == .chainForked)
    }

    /// Two boards raise their counters over each other's, three times.
    private static func heal(_ station: TestStation, _ client: any TestClientProtocol) async throws {
        let calls = [(2, 204), (1, 409), (3, 204), (2, 409), (4, 204), (3, 409), (5, 204)]
        for (start, status) in calls {
            let answer = try await station.send(
                .put,
                "/v1/stations/\(station.id)/status",
                client,
                body: Array("{}".utf8),
                counter: LockerCounter(start: start, n: 1)
            )
            #expect(answer.status == status)
        }
    }

    /// A joined parcel is found after its station forgot it: its code is another than the one that was announced.
    private static func forget(
        _ county: TestCounty,
        _ station: TestStation,
        _ client: any TestClientProtocol
    ) async throws {
        let (old, new) = ("YT8962646785389", "SF7444404156506")
        let sheet = Array("运单号,品牌,手机号\n\(old),SF,13812345678\n".utf8)
        _ = try county.county.loadManifest(sheet, station: station.id)
        var journal = WrittenJournal(station.id)
        try await station.report(.stored(new), .joined(old, new), .noticed(new), in: &journal, client)
        var next = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
        next.append("station.journalReplaced", #"{"reason":"damaged"}"#)
        try await station.report(.scanned(new), .stored(new), in: &next, client)
    }

    @Test("each station has its own troubles, in their order and within the limits of each")
    func troubles() async throws {
        let county = try TestCounty()
        defer { county.remove() }
        try await county.serving { client in
            let desk = county.county
            let busy = try await county.enrolledStation("yc-a", client)
            let twice = try await county.enrolledStation("yc-b", client)
            let forgetful = try await county.enrolledStation("yc-c", client)
            _ = try desk.makeEnrolmentToken(station: "yc-silent")
            try await Self.trouble(county, twice, client, failed: 1, late: 1, strange: 1, forked: 1)
            try await Self.trouble(county, busy, client, failed: 7, late: 22, strange: 2, forked: 3)
            for _ in 1...6 {
                county.clock.advance(minutes: 10)
                for station in [busy, twice] { _ = try await station.commands(client) }
            }
            let number = 1 << 52
            let far = CommandQuery(wait: 0, after: number, highest: number, end: nil)
            _ = try await twice.send(.get, "/v1/stations/yc-b/commands", client, query: far.text)
            try await Self.heal(twice, client)
            try await Self.forget(county, forgetful, client)

            let all = try desk.overview()
            #expect(all.map(\.station) == ["yc-a", "yc-b", "yc-c", "yc-silent"])
            #expect(all.map(\.sharesIdentity) == [false, true, false, false])
            #expect(all.map(\.quarantined) == [2, 1, 0, 0])
            #expect(all.map(\.branches) == [3, 1, 0, 0])
            #expect(all.map(\.commandNumberStrange) == [nil, number, nil, nil])
            #expect(all.map(\.codesChanged) == [[], [], ["SF7444404156506"], []])
            #expect(all.prefix(2).map(\.commandsPending) == [22, 1])
            #expect(all.map { $0.commandsLate.map(\.number) } == [Array(8...27), [2], [], []])
            #expect(all.map { $0.commandsFailed.map(\.number) } == [[7, 6, 5, 4, 3], [1], [], []])
            #expect(all.allSatisfy { $0.commandsFailed.allSatisfy { $0.reason == "no" && $0.type == "manifest" } })
            let chains = all.map(\.incarnations)
            #expect(chains.map { $0.map { $0.id.prefix(1) } } == [["a"], ["a"], ["a", "b"], []])
            #expect(chains.map { $0.map(\.acknowledged) } == [[15], [8], [3, 3], []])
            #expect(chains.map { $0.map(\.stored) } == [[13], [6], [3, 3], []])
            #expect(chains.map { $0.map(\.lost) } == [[["11-12"]], [["4-5"]], [[], []], []])
            #expect(chains[2].map(\.newest) == [county.clock.now, county.clock.now])

            let sights = try desk.sights()
            #expect(sights.map(\.station) == all.map(\.station))
            #expect(sights.map(\.faults.count) == [2, 3, 0, 0])
            #expect(sights.map(\.commandTroubles.count) == [25, 3, 0, 0])
        }
    }

    /// The statements of one overview, and which of their tables are read from end to end.
    private static func statements(
        _ county: TestCounty,
        countsEvents: Bool = false
    ) throws -> (count: Int, scans: [String]) {
        let books = try DatabaseQueue(path: county.directory + "/county.sqlite")
        return try books.read { db in
            var sent: [String] = []
            db.trace { event in
                if case .statement(let statement) = event { sent.append(statement.expandedSQL) }
            }
            let stations = try County.overview(db, countsEvents: countsEvents, now: county.clock.now)
            db.trace(options: [])
            #expect(stations.allSatisfy { $0.quarantined == 1 && $0.incarnations.count == 2 })
            #expect(stations.allSatisfy { $0.commandsPending > 0 })
            let plans = try sent.flatMap { sql in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
            }
            return (sent.count, plans.filter { $0.hasPrefix("SCAN ") })
        }
    }

    @Test("twelve stations take as many statements as two, and none reads all events, commands or parcels")
    func fixedNumber() async throws {
        let county = try TestCounty()
        defer { county.remove() }
        try await county.serving { client in
            for number in 1...12 {
                let station = try await county.enrolledStation("yc-\(number)", client)
                _ = try county.county.loadManifest(Self.sheet(number), station: station.id)
                for id in ["a", "b"] {
                    var journal = WrittenJournal(station.id, incarnation: String(repeating: id, count: 32))
                    if id == "a" {
                        journal.append("drone.landed", #"{"pad":1}"#)
                    } else {
                        journal.append("station.journalReplaced", #"{"reason":"forked"}"#)
                    }
                    #expect(try await station.post(journal, 1...journal.lines.count, client).status == 200)
                }
                guard number == 2 || number == 12 else { continue }
                let (count, scans) = try Self.statements(county)
                #expect(count == 9, "\(number) stations")
                for table in ["event", "command", "c", "parcel"] {
                    let found = scans.filter { $0 == "SCAN \(table)" || $0.hasPrefix("SCAN \(table) ") }
                    #expect(found.allSatisfy { $0.contains("INDEX") && !$0.contains("autoindex") }, "\(found)")
                }
                #expect(try Self.statements(county, countsEvents: true).count == 10, "\(number) stations")
            }
        }
    }
}
