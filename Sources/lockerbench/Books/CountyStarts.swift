import NIOPosix

/// How long a county takes from the start of its server to its first answers.
struct CountyStarts {
    let county: FleetCounty
    let clerk: BenchClerk
    let group: MultiThreadedEventLoopGroup

    /// The slowest start of several, in seconds.
    struct Times {
        /// From exec to the first page, that of the log-in.
        var first = 0.0
        /// The first *today*: the request alone, and all from exec, the log-in and its password among it.
        var today = 0.0
        var todayFromExec = 0.0
    }

    /// - Parameter isCold: whether the kernel has first forgotten the files, as after a start of the machine.
    func measure(rounds: Int, isCold: Bool) async throws -> Times {
        var slowest = Times()
        for _ in 0..<rounds {
            if isCold { try CountyTables(county).forget() }
            let times = try await once()
            slowest.first = max(slowest.first, times.first)
            slowest.today = max(slowest.today, times.today)
            slowest.todayFromExec = max(slowest.todayFromExec, times.todayFromExec)
        }
        return slowest
    }

    private func once() async throws -> Times {
        let clock = ContinuousClock()
        let start = clock.now
        let server = try county.serve()
        defer { server.stop() }
        var (client, times) = (try await PageClient(port: server.port, group: group), Times())
        _ = try await client.page("/login")
        times.first = start.duration(to: clock.now).seconds
        try await clerk.logIn(&client)
        let asked = clock.now
        _ = try await client.page("/today")
        times.today = asked.duration(to: clock.now).seconds
        times.todayFromExec = start.duration(to: clock.now).seconds
        await client.close()
        return times
    }

    /// Prints the slowest of some warm starts and of some cold ones.
    func show(rounds: Int) async throws {
        let (warm, cold) = (
            try await measure(rounds: rounds, isCold: false), try await measure(rounds: rounds, isCold: true)
        )
        print(
            "  from exec, slowest of \(rounds)     first answer (/login) s   /today alone s   /today from exec, with log-in s"
        )
        for (name, times) in [("files in memory", warm), ("files on disk  ", cold)] {
            print(
                "    \(name)             \(text(times.first, 2)) \(Aim.atMost(2, decimals: 2).verdict(times.first))   "
                    + "\(text(times.today, 2))   \(text(times.todayFromExec, 2))"
            )
        }
    }
}

/// What a county's files hold, and how long its books take from the events.
struct CountyRebuild {
    let county: FleetCounty

    /// Runs the program's own command and prints its figure.
    func show() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let output = try county.output(["rebuild"])
        let seconds = start.duration(to: clock.now).seconds
        guard let events = output.split(separator: " ").first.flatMap({ Double($0) }) else {
            throw BenchFault("rebuild does not name its events: \(output)")
        }
        let rate = events / seconds
        print(
            "  rebuild   \(text(events, 0)) events in \(text(seconds)) s, \(text(rate, 0)) events/s "
                + Aim.atLeast(40_000).verdict(rate)
        )
    }

    func showBytes() throws {
        let events = Double(try CountyTables(county).events())
        for file in ["county.sqlite", "books.sqlite"] {
            let bytes = county.bytes(of: file)
            print("  \(file)   \(bytes) bytes, \(text(Double(bytes) / events)) an event")
        }
    }
}
