import ArgumentParser
import CVersion
import FoundationEssentials
import GPIODoors
import Glibc
import HostSupport
import LockerDomain
import Logging
import SQLiteCopy
import StationBooks
import StationConfiguration

/// The station itself.
@main
struct Lockerd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lockerd",
        abstract: "Drives the doors, reads the scanners, keeps the parcel queue and informs the county.",
        version: Version.text
    )

    @Option(help: ArgumentHelp("Folder below which all paths lie, for tests.", valueName: "dir"))
    var root = ""

    @Flag(help: "Check the configuration and the wiring, then exit.")
    var check = false

    @Option(
        help: ArgumentHelp(
            "Set station, county and board out of an enrolment file; lockerctl enrol calls it.",
            valueName: "file"
        )
    )
    var commission: String?

    @Flag(help: "Try on a copy of the journal whether this version can go on with it, then exit; changes nothing.")
    var tryUpgrade = false

    @Option(
        help: ArgumentHelp(
            "Put the backup in a folder in the place of the stopped station, then exit.",
            valueName: "folder"
        )
    )
    var restore: String?

    @Flag(help: "With --restore: take the configuration of the backup, too.")
    var withConfiguration = false

    @Flag(help: "Log more.")
    var verbose = false

    func validate() throws {
        let tasks = [
            (check, "--check"), (commission != nil, "--commission"), (tryUpgrade, "--try-upgrade"),
            (restore != nil, "--restore"),
        ]
        let given = tasks.filter(\.0).map(\.1)
        guard given.count < 2 else {
            throw ValidationError("\(given.joined(separator: " and ")) are different tasks (不能同用): give one of them")
        }
        guard !withConfiguration || restore != nil else {
            throw ValidationError("--with-configuration belongs to --restore (应与 --restore 同用): give both or none")
        }
    }

    mutating func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let verbose = verbose
        let sink = LogSink(identifier: "lockerd")
        LoggingSystem.bootstrap { ServiceLog(sink, label: $0, level: verbose ? .debug : .info) }
        var places = ConfigurationLoader.Places(root: root.hasSuffix("/") ? String(root.dropLast()) : root)
        if let commission { return try Self.commission(commission, places) }
        if let restore { return try Self.restore(restore, withConfiguration, places) }
        let configuration: StationConfiguration
        do {
            configuration = try ConfigurationLoader.load(places)
        } catch {
            Self.complain("\(error)")
            throw ExitCode(78)  // EX_CONFIG of sysexits.h
        }
        places.isExample = configuration.settings.id == StationID.example
        for warning in configuration.warnings { Self.complain("warning: \(warning)") }
        if check {
            if let fault = configuration.policyFault {
                Self.complain("\(fault)")
                throw ExitCode(78)
            }
            return try Self.report(configuration, places)
        }
        if tryUpgrade { return try Self.tryUpgrade(configuration, places) }
        do {
            var logger = Logger(label: "lockerd")
            logger[metadataKey: "station"] = "\(configuration.settings.id)"
            let daemon = Daemon(configuration: configuration, places: places, logger: logger)
            try await atOrdinaryPriority { try await daemon.run() }
        } catch {
            Self.complain("\(error)")
            throw ExitCode.failure
        }
    }

    private static func commission(_ file: String, _ places: ConfigurationLoader.Places) throws {
        do {
            let result = try Commission(places: places).run(file)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
        } catch let fault as ConfigurationFault {
            complain("\(fault)")
            throw ExitCode(78)
        } catch {
            complain("\(error)")
            throw ExitCode.failure
        }
    }

    private static func restore(
        _ folder: String,
        _ withConfiguration: Bool,
        _ places: ConfigurationLoader.Places
    ) throws {
        do {
            let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
            let restore = Restore(folder: folder, withConfiguration: withConfiguration, places: places)
            for line in try restore.run() { print(line) }
        } catch let fault as BackupFault {
            complain(fault.whileRestoring)
            throw ExitCode.failure
        } catch {
            complain("\(error)")
            throw ExitCode.failure
        }
    }

    private static func report(_ configuration: StationConfiguration, _ places: ConfigurationLoader.Places) throws {
        let machine = MachineCheck(configuration: configuration, places: places).faults
        for fault in machine { complain(fault) }
        if configuration.driver == .gpiod {
            let wiring = Adapters.wiring(of: configuration)
            do {
                let faults = try GPIODoors.check(wiring: wiring.doors, signals: wiring.signals)
                for fault in faults { complain("\(fault)") }
                if !faults.isEmpty { throw ExitCode.failure }
            } catch let error as GPIOError {
                complain("\(error)")
                throw ExitCode.failure
            }
        }
        guard machine.isEmpty else { throw ExitCode.failure }
        print(
            "\(places.station): station \(configuration.settings.id), \(configuration.doors.count) doors, "
                + "\(configuration.settings.shelfPlaces.count) shelf places, \(configuration.scanners.count) scanners, "
                + "\(configuration.cameras.count) cameras: ok"
        )
    }

    private static func tryUpgrade(
        _ configuration: StationConfiguration,
        _ places: ConfigurationLoader.Places
    ) throws {
        // What is copied is nobody else's.
        umask(0o077)
        do {
            let result = try UpgradeTrial(station: configuration.settings.id, places: places).run()
            print("\(places.journal): \(result ?? "not there yet (尚无日志)"): ok")
        } catch let fault as TrialFault where fault.isDamage {
            complain("\(fault)")
            throw ExitCode(65)  // EX_DATAERR of sysexits.h
        } catch {
            complain("\(error)")
            throw ExitCode.failure
        }
    }

    static func complain(_ text: String) {
        for line in text.split(separator: "\n") {
            let bytes = Array("lockerd: \(line)\n".utf8)
            _ = write(STDERR_FILENO, bytes, bytes.count)
        }
    }
}

/// What this program is called in events and replies.
enum Version {
    static let text = String(cString: lk_version())
}
