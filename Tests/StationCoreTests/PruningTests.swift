import LockerDomain
import LockerTestKit
import StationBooks
import StationCore
import StationPorts
import SyncWire
import Testing

@Suite("What may be removed from the front of a journal")
struct PruningTests {
    private static let day: Int64 = 86_400_000
    private static let start: Int64 = 1_780_000_000_000

    /// One event a day.
    private func front(
        _ count: Int,
        bytes: Int = 1,
        acknowledged: Int = .max,
        clock: (Int) -> ClockTrust = { _ in .ntp }
    ) throws -> JournalFront {
        let lines = try (1...count).map { sequence in
            let line = EventLine(
                station: "s",
                incarnation: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                sequence: sequence,
                time: Moment(wall: Self.start + Int64(sequence) * Self.day, uptime: 0, clock: clock(sequence)),
                bootID: "b",
                event: .stationStopped(StationStopped(reason: "test"))
            )
            let position = JournalPosition(generation: 1, sequence: sequence)
            return JournalLine(
                position: position,
                before: Chain.start,
                bytes: try line.encoded(),
                hash: Chain.start
            )
        }
        return JournalFront(
            lines: lines,
            bytes: bytes,
            acknowledged: JournalPosition(generation: 1, sequence: acknowledged),
            snapshots: []
        )
    }

    private func last(
        _ front: JournalFront,
        snapshot: Int = .max,
        county: Int = .max,
        day: Int64,
        bounds: JournalBounds = JournalBounds(days: 180, bytes: 1_000, eventsMin: 10)
    ) -> Int? {
        Pruning(bounds).last(
            of: front,
            snapshot: JournalPosition(generation: 1, sequence: snapshot),
            county: JournalPosition(generation: 1, sequence: county),
            trustedTime: Self.start + day * Self.day
        )?.position.sequence
    }

    @Test("what is older than the days that it is kept may go, to the event")
    func age() throws {
        let front = try front(300)
        #expect(last(front, day: 280) == 99)
        #expect(last(front, day: 200) == 19)
        #expect(last(front, day: 190) == nil)
    }

    @Test("nothing goes that the county did not say it has, whatever the cursor says")
    func county() throws {
        #expect(last(try front(300), county: 40, day: 400) == 40)
        #expect(last(try front(300, acknowledged: 30), day: 400) == 30)
        #expect(last(try front(300), county: 0, day: 400) == nil)
    }

    @Test("nothing goes that lies behind the older snapshot")
    func snapshot() throws {
        #expect(last(try front(300), snapshot: 50, day: 400) == 50)
    }

    @Test("a journal that is too large loses what is younger, too, but not what only the station has")
    func size() throws {
        #expect(last(try front(300, bytes: 1_001), day: 1) == 300)
        #expect(last(try front(300, bytes: 1_001), county: 120, day: 1) == 120)
        #expect(last(try front(300, bytes: 1_000), day: 1) == nil)
    }

    @Test("too few are not worth the event that says so")
    func few() throws {
        let front = try front(300)
        #expect(last(front, day: 190) == nil)
        #expect(last(front, day: 191) == 10)
    }

    @Test("what no clock could date is as old as what comes behind it, and no older")
    func undated() throws {
        let front = try front(300) { $0 == 99 || $0 > 150 ? .fake : .ntp }
        #expect(last(front, day: 280) == 98)
        #expect(last(front, day: 281) == 100)
        #expect(last(front, day: 600) == 150)
    }
}
