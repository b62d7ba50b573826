import Glibc
import HostSupport
import LockerDomain
import Logging
import SQLiteJournal
import StationBooks
import StationConfiguration
import StationEngine
import StationPorts

/// One try to open the station: folders, lock, keys, journal, doors.
struct StationOpening {
    let configuration: StationConfiguration
    let places: ConfigurationLoader.Places
    let adapters: Adapters
    let lock: FolderLock
    let board: FaultBoard
    let watchdog: Watchdog
    let logger: Logger

    /// Doors that could not be started; the journal is well.
    struct DoorFault: Error, CustomStringConvertible {
        var description: String
    }

    /// The part of which an error is.
    static func part(of error: any Error) -> FaultBoard.Part { error is DoorFault ? .doors : .storage }

    /// Opens the journal and starts the engine. `committed` is called after each commit with new events.
    func open(committed: @escaping @Sendable () -> Void) async throws -> JournalOpening.Opened {
        watchdog.begin(.opening)
        try Folders.make(places.data)
        try lock.take(places.data)
        guard !Folders.isFolder(places.journal) else {
            throw Folders.Fault(description: "journal: \(places.journal) is a folder: move it away")
        }
        if let restored = try Restore.finish(places) { logger.critical("\(restored)") }
        // The doors list their outputs there; a socket that cannot be made is no reason to wait.
        try? Folders.make(places.run)
        let opened = try openJournal(committed: committed)
        watchdog.begin(.engine { [engine = opened.engine] in await engine.ping() })
        board.set(.storage, nil)
        if let damage = await opened.engine.journalDamage() {
            let fault = "journal: \(damage); what can be read stands, the rest is asked of the county"
            board.add(fault)
            logger.critical("\(fault)")
        }
        do {
            try await opened.engine.start(replaced: opened.replaced)
        } catch {
            throw DoorFault(description: "doors: \(error)")
        }
        board.set(.doors, nil)
        if let fault = opened.fault { board.add(fault) }
        return opened
    }

    private func openJournal(committed: @escaping @Sendable () -> Void) throws -> JournalOpening.Opened {
        let isUsed = FileKeys.isUsed(folder: places.keys) || access(places.lifeMark, F_OK) == 0
        let keys = FileKeys(existing: places.keys)
        let credentials = credentials(keys)
        let lifeMarks = LifeMarkFile(path: places.lifeMark)
        let wasInUse = isUsed || board[.keys] != nil
        return try JournalOpening.open(
            path: places.journal,
            station: configuration.settings.id,
            wasInUse: wasInUse,
            keys: keys,
            logger: logger,
            progressed: watchdog.progressed
        ) { journal, outbox in
            let ports = EnginePorts(
                journal: journal,
                outbox: outbox,
                doors: adapters.doors,
                signals: adapters.signals,
                clock: adapters.clock,
                entropy: SystemEntropy(),
                keys: keys,
                contacts: outbox,
                lifeMarks: lifeMarks
            )
            let engine = try StationEngine(
                settings: configuration.settings,
                version: Version.text,
                ports: ports,
                credentials: credentials,
                checkPIN: PINHash.check,
                logger: logger,
                committed: committed,
                progressed: watchdog.progressed
            )
            return (engine, ports)
        }
    }

    /// Without keys nobody can be let in by code, but the journal goes on: `RunningStation` reads them again.
    private func credentials(_ keys: FileKeys) -> Credentials? {
        do {
            let credentials = try StationKeys(keys: keys, board: board).credentials()
            board.set(.keys, nil)
            return credentials
        } catch {
            if board.set(.keys, "\(error)") { logger.critical("\(error); read again by itself") }
            return nil
        }
    }
}
