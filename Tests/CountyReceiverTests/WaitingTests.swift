import CountyReceiver
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("Questions for commands that are held", .timeLimit(.minutes(10)))
struct WaitingTests {
    private static let sheet = Array("waybill,brand\nSF7444404156506,SF\n".utf8)
    private static let other = Array("waybill,brand\nYT8962646785389,YTO\n".utf8)

    private static func ask(
        _ station: TestStation,
        _ client: any TestClientProtocol,
        wait: Int64 = Limits.commandWaitSeconds,
        after: Int = 0,
        end: CommandQuery.End? = nil
    ) async throws -> TestAnswer {
        let query = CommandQuery(wait: wait, after: after, highest: after, end: end)
        return try await station.send(.get, "/v1/stations/\(station.id)/commands", client, query: query.text)
    }

    private static func numbers(_ answer: TestAnswer) throws -> [Int] {
        #expect(answer.status == 200 && answer.isCountys)
        return try answer.decoded(CommandList.self).commands.map(\.number)
    }

    /// A station, and less time than a question is held for: what is seen here is no deadline.
    private func withStation(
        _ work: @Sendable (TestCounty, TestStation, any TestClientProtocol) async throws -> Void
    ) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        try await CountyReceiverTests.withStation { county, station, client in
            try await work(county, station, client)
            #expect(clock.now - start < .seconds(Limits.commandWaitSeconds), "something waited for its deadline")
        }
    }

    /// Waits until so many questions sleep and somebody has looked for them since.
    private func untilAsleep(_ count: Int, _ county: TestCounty) async throws {
        let waiters = county.county.waiters
        try await eventually("\(count) questions sleep") { waiters.counts.asleep == count }
        let looks = waiters.counts.looks
        try await eventually("somebody looks for them") {
            waiters.counts.looks > looks + 1 && waiters.counts.asleep == count
        }
    }

    /// Waits for what other tasks do, and gives up in the end.
    private func eventually(
        _ what: String,
        at location: SourceLocation = #_sourceLocation,
        _ condition: () -> Bool
    ) async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(60)
        while !condition() {
            guard clock.now < end else {
                Issue.record("never came true: \(what)", sourceLocation: location)
                return
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test("a command wakes its station alone, whichever process wrote it", arguments: [false, true])
    func command(ofAnotherProcess isOther: Bool) async throws {
        try await withStation { county, first, client in
            let second = try await county.enrolledStation("yc-test-2", client)
            let writer = isOther ? try county.restarted() : county
            async let one = Self.ask(first, client)
            async let two = Self.ask(second, client)
            try await untilAsleep(2, county)
            let wakes = county.county.waiters.counts.wakes
            _ = try writer.county.loadManifest(Self.sheet, station: second.id)
            #expect(try await Self.numbers(two) == [1])
            #expect(county.county.waiters.counts.wakes == wakes + 1)
            #expect(county.county.waiters.counts.asleep == 1)
            _ = try writer.county.loadManifest(Self.sheet, station: first.id)
            #expect(try await Self.numbers(one) == [1])
            #expect(county.county.waiters.counts.held == 0)
        }
    }

    @Test("a question without news sleeps on while a hundred batches of other stations come, and one of its own")
    func batches() async throws {
        try await withStation { county, sleeper, client in
            async let answer = Self.ask(sleeper, client)
            try await untilAsleep(1, county)
            let wakes = county.county.waiters.counts.wakes
            for number in 0..<10 {
                let station = try await county.enrolledStation("yc-busy-\(number)", client)
                var journal = WrittenJournal(station.id)
                journal.append(count: 10)
                for line in 1...10 { #expect(try await station.post(journal, line...line, client).status == 200) }
            }
            var journal = WrittenJournal(sleeper.id)
            journal.append()
            #expect(try await sleeper.post(journal, 1...1, client).status == 200)
            try await untilAsleep(1, county)
            #expect(county.county.waiters.counts.wakes == wakes)
            county.county.stopWaiting()
            #expect(try await Self.numbers(answer).isEmpty)
        }
    }

    @Test("events that complete the end that the station names bring the command under a new number")
    func events() async throws {
        try await withStation { county, station, client in
            _ = try county.county.loadManifest(Self.sheet, station: station.id)
            var journal = WrittenJournal(station.id)
            journal.append(count: 4)
            let end = CommandQuery.End(incarnation: journal.incarnation, last: 4)
            async let answer = Self.ask(station, client, after: 1, end: end)
            try await untilAsleep(1, county)
            let wakes = county.county.waiters.counts.wakes
            #expect(try await station.post(journal, 1...3, client).status == 200)
            try await untilAsleep(1, county)
            #expect(county.county.waiters.counts.wakes == wakes + 1, "it looked, and lacks one still")
            #expect(try await station.post(journal, 4...4, client).status == 200)
            #expect(try await Self.numbers(answer) == [2])
        }
    }

    @Test("a clock that goes back, and brings a command to life again that was over, wakes its station")
    func clockGoesBack() async throws {
        try await withStation { county, station, client in
            _ = try county.county.loadManifest(Self.sheet, station: station.id)
            county.clock.leap(hours: 24 * (CountyLimits.commandDays + 1))
            async let answer = Self.ask(station, client)
            try await untilAsleep(1, county)
            county.clock.leap(hours: -24 * (CountyLimits.commandDays + 1))
            #expect(try await Self.numbers(answer) == [1])
        }
    }

    @Test("a question ends at its deadline, to a second")
    func deadline() async throws {
        try await withStation { county, station, client in
            let clock = ContinuousClock()
            let start = clock.now
            let answer = try await Self.ask(station, client, wait: 1)
            #expect(try Self.numbers(answer).isEmpty)
            #expect(clock.now - start >= .seconds(1))
            #expect(clock.now - start < .seconds(10), "a busy machine is given some time")
            #expect(county.county.waiters.counts.held == 0)
        }
    }

    @Test("a question whose client is gone is held no longer")
    func cancellation() async throws {
        try await withStation { county, station, client in
            let question = Task { try await Self.ask(station, client) }
            try await untilAsleep(1, county)
            question.cancel()
            _ = await question.result
            try await eventually("it is gone") { county.county.waiters.counts.held == 0 }
        }
    }

    @Test("a newer question of a station ends its older one, and waits on")
    func newer() async throws {
        try await withStation { county, station, client in
            async let older = Self.ask(station, client)
            try await untilAsleep(1, county)
            async let newer = Self.ask(station, client)
            #expect(try await Self.numbers(older).isEmpty)
            try await untilAsleep(1, county)
            _ = try county.county.loadManifest(Self.other, station: station.id)
            #expect(try await Self.numbers(newer) == [1])
        }
    }

    @Test("a call that is refused ends no question of its station")
    func refused() async throws {
        try await withStation { county, station, client in
            async let held = Self.ask(station, client)
            try await untilAsleep(1, county)
            let path = "/v1/stations/\(station.id)/commands"
            let replayed = LockerCounter(start: 1, n: 1)
            let old = try await station.send(.get, path, client, query: "wait=9", counter: replayed)
            #expect(old.problem == .replayed)
            #expect(try await station.send(.get, path, client, query: "wait=x").problem == .malformed)
            #expect(county.county.waiters.counts.asleep == 1)
            _ = try county.county.loadManifest(Self.sheet, station: station.id)
            #expect(try await Self.numbers(held) == [1])
        }
    }

    @Test("a stop answers all at once, and those that ask later")
    func stop() async throws {
        try await withStation { county, first, client in
            let second = try await county.enrolledStation("yc-test-2", client)
            async let one = Self.ask(first, client)
            async let two = Self.ask(second, client)
            try await untilAsleep(2, county)
            county.county.stopWaiting()
            #expect(try await Self.numbers(one).isEmpty)
            #expect(try await Self.numbers(two).isEmpty)
            let later = try await Self.ask(first, client)
            #expect(try Self.numbers(later).isEmpty)
        }
    }
}
