import ArgumentParser
import Foundation
import Simulator

struct OracleCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "oracle",
        abstract: "Compares what simulated stations decide with what they decided when it was recorded."
    )

    @Option(help: "The record.")
    var file = "Tests/SimulationTests/Oracle.txt"

    @Flag(help: "Record anew: for a change of behaviour that is wanted.")
    var record = false

    func run() throws {
        if record {
            let lines = Oracle.seeds.map { Oracle.line(seed: $0) }
            let broken = lines.filter { $0.contains("broken") }
            guard broken.isEmpty else { throw ValidationError(broken.joined(separator: "\n")) }
            let text = lines.joined(separator: "\n") + "\n"
            try Data(text.utf8).write(to: URL(filePath: file))
            return print("oracle: \(Oracle.seeds.count) worlds recorded in \(file)")
        }
        let known = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
        let differences = Oracle.differences(to: known, seeds: Oracle.seeds)
        for line in differences { print(line) }
        print("oracle: \(Oracle.seeds.count - differences.count) worlds as recorded, \(differences.count) not")
        if !differences.isEmpty { throw ExitCode.failure }
    }
}
