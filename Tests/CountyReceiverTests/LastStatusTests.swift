import CountyBooks
import CountyReceiver
import HTTPTypes
import HummingbirdTesting
import LockerDomain
import PortFakes
import StationBooks
import SyncWire
import Testing

@Suite("The latest status of each station")
struct LastStatusTests {
    private func send(
        _ body: [UInt8],
        _ station: TestStation,
        _ client: any TestClientProtocol
    ) async throws {
        let answer = try await station.send(.put, "/v1/stations/\(station.id)/status", client, body: body)
        #expect(answer.status == 204)
    }

    /// A status whose journal ends with the first `last` lines.
    private func status(
        _ journal: WrittenJournal,
        _ last: Int,
        at wall: Int64,
        hash: String? = nil
    ) throws -> [UInt8] {
        try CanonicalJSON.encode(
            StatusReport(
                StationState(),
                settings: StationSettings(id: journal.station, doors: []),
                storage: .ok,
                now: Moment(wall: wall, uptime: 0, clock: .ntp),
                version: "test",
                eventsWaiting: 2,
                oldestUnsentSeconds: nil,
                journal: JournalReport(
                    incarnation: journal.incarnation,
                    last: last,
                    hash: hash ?? Hex.encode(journal.hashes[last]),
                    acknowledged: last
                )
            )
        )
    }

    @Test("it has the number and the time of the last event where its journal ends as the county's chain does")
    func end() async throws {
        try await withStation { county, station, client in
            #expect(try county.county.lastStatuses() == [])
            var journal = WrittenJournal(station.id)
            journal.append(count: 3)
            journal.append(time: "2025-11-21T01:00:00.000Z")
            _ = try await station.post(journal, 1...4, client)
            let made = county.clock.now - 500
            try await send(status(journal, 4, at: made), station, client)
            let wall = try #require(WireTime.milliseconds("2025-11-21T01:00:00.000Z"))
            let expected = LastStatus(
                station: station.id,
                received: county.clock.now,
                made: made,
                clock: .ntp,
                eventsWaiting: 2,
                end: LastStatus.ChainEnd(number: 4, made: wall)
            )
            #expect(try county.county.lastStatuses() == [expected])
        }
    }

    @Test("it has no end where the county lacks the end, has more, has another hash, or a newer journal")
    func endElsewhere() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 9)
            _ = try await station.post(journal, 1...4, client)
            let hash = Hex.encode(journal.hashes[3])
            let bodies = try [
                status(journal, 5, at: county.clock.now), status(journal, 3, at: county.clock.now),
                status(journal, 4, at: county.clock.now, hash: hash),
            ]
            for body in bodies {
                try await send(body, station, client)
                let shown = try county.county.lastStatuses()
                #expect(shown.count == 1 && shown.first?.end == nil)
            }
            try await send(status(journal, 4, at: county.clock.now), station, client)
            #expect(try county.county.lastStatuses().first?.end?.number == 4)
            var newer = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
            newer.append(count: 1)
            _ = try await station.post(newer, 1...1, client)
            #expect(try county.county.lastStatuses().first?.end == nil)
        }
    }

    @Test("it has no end where the last event does not know its day, or cannot be read")
    func endUndated() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append()
            let dated = String(decoding: journal.lines[0], as: UTF8.self)
            let undated = dated.replacing(#""clock":"ntp""#, with: #""clock":"fake""#)
            journal.append(raw: undated.replacing("000000000001", with: "000000000002"))
            journal.append("station.dreamt")
            for last in 1...3 {
                _ = try await station.post(journal, last...last, client)
                try await send(status(journal, last, at: county.clock.now), station, client)
                #expect(try county.county.lastStatuses().first?.end?.number == (last == 1 ? 1 : nil))
            }
        }
    }

    @Test(
        "one that this version cannot read is left out, and the others are read",
        arguments: [
            "{}", #"{"clock":"ntp","eventsWaiting":0,"time":{"at":1}}"#,
            #"{"clock":"sundial","eventsWaiting":0,"time":"2025-11-21T01:00:00.000Z"}"#,
            #"{"clock":"ntp","eventsWaiting":"none","time":"2025-11-21T01:00:00.000Z"}"#,
        ]
    )
    func strange(_ body: String) async throws {
        try await withStation { county, station, client in
            let other = try await county.enrolledStation("yc-test-2", client)
            try await send(Array(body.utf8), station, client)
            let noJournal = #"{"clock":"ntp","eventsWaiting":0,"journal":7,"time":"2025-11-21T01:00:00.000Z"}"#
            try await send(Array(noJournal.utf8), other, client)
            let shown = try county.county.lastStatuses()
            #expect(shown.map(\.station) == ["yc-test-2"])
            #expect(shown.first?.end == nil)
        }
    }
}
