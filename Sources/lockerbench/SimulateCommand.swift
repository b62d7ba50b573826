import ArgumentParser
import Simulator

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lives through station-days on a virtual clock; a seed that broke something breaks it again."
    )

    @Option(help: "Station-days in all; a world has \(Simulation.daysPerWorld) of them.")
    var days = 1_000

    @Option(help: "Seed of the first world; a new one without it.")
    var seed: UInt64?

    @Flag(help: "Print every step.")
    var verbose = false

    func run() throws {
        let (seed, clock) = (self.seed ?? UInt64.random(in: 0...(.max)), ContinuousClock())
        let start = clock.now
        let report = Simulation(seed: seed, days: days).run(isLoud: verbose)
        let spent = start.duration(to: clock.now).components
        let minutes = (Double(spent.seconds) + Double(spent.attoseconds) / 1e18) / 60
        print(
            "simulation: \(report.days) station-days, seed \(seed), \(text(Double(report.days) / minutes, 0)) days/min "
                + "(aim: 1000); \(report.worlds) worlds, \(report.events) events, \(report.turns) turns, "
                + "\(report.crashes) crashes, last line \(report.fingerprint.prefix(16))"
        )
        guard let failure = report.failure else { return }
        print(failure)
        throw ExitCode.failure
    }
}

struct Decide: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Inputs decided a second, and what more parcels cost.")

    @Option(help: "Time for each figure.")
    var milliseconds: Int64 = 600

    @Option(help: "Only this work.")
    var work: DecideBench.Work?

    @Option(help: "Only this many parcels.")
    var parcels: Int?

    func run() { DecideBench(work: work, parcels: parcels).run(milliseconds: milliseconds) }
}

extension DecideBench.Work: ExpressibleByArgument {}
