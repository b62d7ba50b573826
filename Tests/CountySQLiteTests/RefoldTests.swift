import CountyBooks
import CountyReceiver
import CountySQLite
import GRDB
import LockerDomain
import PortFakes
import Synchronization
import Testing

@Suite("Stations whose lines do not follow on each other")
struct RefoldTests {
    private static let pause = CountySQLiteLimits.refoldPauseMilliseconds

    /// Two cabinets with one identity, each with a journal of its own.
    private func cabinets() -> (WrittenJournal, WrittenJournal) {
        var journals = ["a", "b"].map { WrittenJournal("yc-01", incarnation: String(repeating: $0, count: 32)) }
        for day in 10...19 {
            for index in journals.indices { journals[index].append(time: "2025-11-\(day)T00:00:00.000Z") }
        }
        return (journals[0], journals[1])
    }

    private func waiting(_ keeper: BooksKeeper) throws -> [String] {
        try keeper.pool.read { try BooksStation.waiting($0) }
    }

    /// Stations that pages show as waiting.
    private func shown(_ keeper: BooksKeeper) throws -> [String] {
        try BooksReader(keeper).days(CountyPeriod(day: 0)).stations.filter(\.isWaiting).map(\.station)
    }

    /// A county that has the first journal of a station of which another one forked.
    private func county(of forked: Forked) async throws -> (Bench, BooksKeeper) {
        let bench = try Bench()
        try bench.enrol(Forked.station)
        try await bench.send(forked.first, 1...10)
        return (bench, try bench.makeKeeper())
    }

    private func refolded(_ keeper: BooksKeeper) -> [String: Int64] { keeper.seen.withLock { $0.refolded } }

    @Test("two cabinets with one identity are folded anew once in a while, and no other station waits for them")
    func twoCabinets() async throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        for station in ["yc-01", "yc-02"] { try bench.enrol(station) }
        let (first, second) = cabinets()
        var other = WrittenJournal("yc-02")
        other.append(count: 10)
        let clock = SetClock()
        let keeper = try bench.makeKeeper(clock: clock)
        try await bench.send(first, 1...2)
        try await bench.send(second, 1...2)
        try keeper.catchUp()
        #expect(try bench.counted("yc-01") == 4)
        #expect(refolded(keeper).isEmpty)

        clock.pass(1_000)
        try await bench.send(first, 3...3)
        try keeper.catchUp()
        #expect(try bench.counted("yc-01") == 5)
        #expect(refolded(keeper) == ["yc-01": 1_000])
        let reaches = try bench.reaches("yc-01")

        // From here on it waits, whatever comes.
        for round in 4...8 {
            clock.pass(Self.pause / 10)
            try await bench.send(first, round...round)
            try await bench.send(second, (round - 1)...(round - 1))
            try await bench.send(other, (round - 3)...(round - 3))
            try keeper.catchUp()
            #expect(try bench.counted("yc-01") == 5, "\(round)")
            #expect(try bench.counted("yc-02") == round - 3, "\(round)")
        }
        #expect(try waiting(keeper) == ["yc-01"])
        #expect(try shown(keeper) == ["yc-01"])
        #expect(try bench.reaches("yc-01") == reaches)
        #expect(refolded(keeper) == ["yc-01": 1_000])
        let state = try BooksReader(keeper).state()
        #expect(state.through == state.newest)

        clock.pass(Self.pause)
        try keeper.catchUp()
        #expect(try waiting(keeper).isEmpty)
        #expect(try shown(keeper).isEmpty)
        #expect(try bench.counted("yc-01") == 15)
        let dump = try bench.dump()
        _ = try keeper.rebuild()
        #expect(try bench.dump() == dump)
    }

    @Test("what waits is folded by the process that comes next")
    func restarted() async throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        try bench.enrol("yc-01")
        let (first, second) = cabinets()
        let keeper = try bench.makeKeeper()
        for (journal, sequences) in [(first, 1...2), (second, 1...2), (first, 3...3), (first, 4...4), (second, 3...3)] {
            try await bench.send(journal, sequences)
            try keeper.catchUp()
        }
        try await bench.send(first, 5...5)
        try keeper.catchUp()
        try #require(try waiting(keeper) == ["yc-01"])
        try bench.makeKeeper().catchUp()
        #expect(try waiting(keeper).isEmpty)
        #expect(try bench.counted("yc-01") == 8)
    }

    @Test("a branch that no journal names folds nothing anew; the one that is named does, whichever comes first")
    func branches() async throws {
        let forked = try Forked()
        let (bench, keeper) = try await county(of: forked)
        defer { withExtendedLifetime(bench) {} }
        try keeper.catchUp()
        try await bench.send(try forked.stranger(), 7...9)
        try keeper.catchUp()
        #expect(try bench.county.branches(of: Forked.station).count == 3)
        #expect(refolded(keeper).isEmpty)
        try await bench.send(forked.second, 1...5)
        try keeper.catchUp()
        #expect(refolded(keeper).isEmpty)
        try await bench.send(forked.copy, 7...10)
        try keeper.catchUp()
        #expect(refolded(keeper).keys.sorted() == [Forked.station])
        let dump = try bench.dump()
        _ = try keeper.rebuild()
        #expect(try bench.dump() == dump)
    }

    @Test("that a station waits since its branch came changes the books for those who keep what they read of them")
    func branchWaits() async throws {
        let forked = try Forked()
        let (bench, keeper) = try await county(of: forked)
        defer { withExtendedLifetime(bench) {} }
        try await bench.send(forked.second, 1...5)
        try keeper.catchUp()
        let reader = BooksReader(keeper)
        let (through, changes) = (try reader.state().through, try reader.changes())
        // It was folded anew just now, and is left for a while.
        keeper.seen.withLock { $0.refolded[Forked.station] = 0 }
        try await bench.send(forked.copy, 7...10)
        try keeper.catchUp()
        #expect(try shown(keeper) == [Forked.station])
        // Lines of a branch have no number of their own.
        #expect(try reader.state().through == through)
        #expect(try reader.changes() != changes)
    }
}
