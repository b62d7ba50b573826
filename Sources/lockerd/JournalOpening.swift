import HostSupport
import LockerDomain
import Logging
import SQLiteJournal
import StationCore
import StationEngine
import StationPorts
import SyncWire

/// Opens the journal so that the station always starts: a file that cannot be used is moved aside, kept and reported
/// (DESIGN 4.2; PEERS 1.2: peers crash-loop here).
enum JournalOpening {
    struct Opened {
        var engine: StationEngine
        var ports: EnginePorts
        var replaced: JournalReplaced?
        /// For the status: where the damaged file lies.
        var fault: String?
    }

    /// - Parameter wasInUse: whether the station has keys, or a mark of life, from before: then a journal without a line is a
    ///   lost one.
    static func open(
        path: String,
        wasInUse: Bool,
        logger: Logger,
        engine: (SQLiteJournal, SQLiteOutbox) throws -> (StationEngine, EnginePorts)
    ) throws -> Opened {
        do {
            let (engine, ports) = try build(path, engine)
            guard try ports.journal.head().last == nil else { return Opened(engine: engine, ports: ports) }
            // The power may have gone between moving a damaged journal aside and saying so in the new one.
            if let unsaid = DamagedJournal.newest(path: path) {
                return Opened(engine: engine, ports: ports, replaced: fact(unsaid), fault: text(unsaid, ""))
            }
            guard wasInUse else { return Opened(engine: engine, ports: ports) }
            let fault = "journal: \(path) was gone; \(unknownDoors)"
            logger.critical("\(fault)")
            let replaced = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)
            return Opened(engine: engine, ports: ports, replaced: replaced, fault: fault)
        } catch let error where isDamage(error) {
            let kept = try DamagedJournal.setAside(path: path)
            let fault = text(kept, "\(error); ")
            logger.critical("\(fault)")
            let (engine, ports) = try build(path, engine)
            return Opened(engine: engine, ports: ports, replaced: fact(kept), fault: fault)
        }
    }

    private static func build(
        _ path: String,
        _ engine: (SQLiteJournal, SQLiteOutbox) throws -> (StationEngine, EnginePorts)
    ) throws -> (StationEngine, EnginePorts) {
        let journal = try SQLiteJournal(path: path)
        return try engine(journal, SQLiteOutbox(path: path))
    }

    private static func text(_ kept: DamagedJournal, _ cause: String) -> String {
        "journal: \(cause)kept as \(kept.keptAt); \(unknownDoors)"
    }

    private static let unknownDoors = "doors are contents unknown until a keeper's audit"

    private static func isDamage(_ error: any Error) -> Bool {
        error is SQLiteJournal.Damage || error is ReplayFault || error is DecodingError
    }

    private static func fact(_ kept: DamagedJournal) -> JournalReplaced {
        let last = kept.last?.position.sequence
        let sent = kept.acknowledged?.generation == kept.last?.position.generation ? kept.acknowledged?.sequence : nil
        let isLost = (last ?? 0) > (sent ?? 0)
        return JournalReplaced(
            previous: kept.incarnation,
            lastSequence: last.map(EventLine.text(ofSequence:)),
            lastHash: kept.last.map { Hex.encode($0.hash) },
            lostFirst: isLost ? EventLine.text(ofSequence: (sent ?? 0) + 1) : nil,
            lostLast: isLost ? last.map(EventLine.text(ofSequence:)) : nil,
            reason: .damaged
        )
    }
}
