import ArgumentParser
import CountyReceiver
import SQLiteCopy

struct TryUpgrade: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try-upgrade",
        abstract: "Try on a copy whether this version can use the books; changes nothing. 试升级",
        discussion:
            "Ends with 0 when it can, with 78 for a wrong county.toml, else with 1. The server may run meanwhile."
    )

    @OptionGroup var root: RootOptions

    func run() throws {
        let settings: CountySettings
        do {
            settings = try CountyConfiguration.read(root: root.root)
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(78)  // EX_CONFIG of sysexits.h
        }
        do {
            guard let trial = try CountyTrial.run(settings) else {
                return print("county-server: no books yet 尚无账册: ok")
            }
            print("county-server: \(trial.stations) stations, \(trial.events) events (账册可用): ok")
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
    }
}
