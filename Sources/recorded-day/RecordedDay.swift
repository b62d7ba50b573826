import ArgumentParser
import Foundation

/// Plays the recorded day with the real programs over HTTP, takes the county away at noon, and checks the books.
@main
struct RecordedDay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recorded-day",
        abstract: "Plays a day at a simulated station with the real lockerd and county-server, and checks the books.",
        subcommands: [Play.self, Verify.self],
        defaultSubcommand: Play.self
    )
}

/// `recorded-day play`
struct Play: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Play the day, then check the books.")

    @Option(help: "Folder with the programs.")
    var programs: String

    @Option(help: "Folder for everything the day leaves behind; made when it is not there.")
    var root: String

    @Option(help: "Simulated seconds a second.")
    var speed = Day.speed

    @Option(help: "Seconds without a county from noon on.")
    var outage = 15.0

    @Flag(help: "Leave both programs running.")
    var keep = false

    func run() throws {
        let began = Date()
        let stage = try Stage(programs: Programs(folder: programs, root: root), speed: speed)
        do {
            try stage.prepare()
            try stage.play(outage: outage, keep: keep)
            let report = try stage.report(seconds: Date().timeIntervalSince(began))
            print(report.text)
            print(report.json)
            if keep {
                try stage.showNextCommands()
            } else {
                stage.end()
                print("To look at the day in the county's pages 在网页中查看: make run KEEP=1")
            }
            guard report.isGood else { throw ExitCode.failure }
        } catch {
            stage.end()
            throw error
        }
    }
}

/// `recorded-day verify`
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check the books of a day that was played.")

    @Option(help: "Folder with the programs.")
    var programs: String

    @Option(help: "Folder of the day.")
    var root: String

    @Option(name: .customLong("break"), help: "Break the county's books first, to see the check fail: lose or double.")
    var sabotage: String?

    func run() throws {
        if let sabotage {
            guard let kind = Sabotage(rawValue: sabotage) else {
                throw ValidationError("lose or double, not \(sabotage)")
            }
            try kind.run(onBooks: "\(root)/var/lib/county-server/county.sqlite")
        }
        let report = try DayReport(Programs(folder: programs, root: root), seconds: 0, residentKiB: 0)
        for line in report.reports.differences { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
        print(report.json)
        guard report.isGood else { throw ExitCode.failure }
    }
}
