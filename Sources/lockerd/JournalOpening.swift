import HostSupport
import LockerDomain
import Logging
import SQLiteJournal
import StationBooks
import StationCore
import StationEngine
import StationPorts
import SyncWire

/// Opens the journal so that the station always starts: a file that cannot be used is moved aside, kept and reported
/// (DESIGN 4.2, 4.9; PEERS 1.2: peers crash-loop here). One that a newer version wrote is left as it is, and refused.
enum JournalOpening {
    struct Opened {
        var engine: StationEngine
        var ports: EnginePorts
        var replaced: JournalReplaced?
        /// For the status: where the damaged file lies.
        var fault: String?
    }

    /// The journal of another station: its events may not go on under this name.
    struct OtherStation: Error, CustomStringConvertible {
        var path: String
        var kept: String
        var configured: String

        var description: String {
            "journal: \(path) is that of station \(kept), the configuration says \(configured) (日志属于另一个站点): "
                + "correct [station] id, or move \(path) with all files of that name away"
        }
    }

    typealias Build = (SQLiteJournal, SQLiteOutbox) throws -> (StationEngine, EnginePorts)

    /// - Parameters:
    ///   - station: id of the configuration.
    ///   - wasInUse: whether the station has keys, or a mark, from before: then a journal without a line is a lost one.
    ///   - progressed: called as the journal is read, also by the engine that is made of it.
    ///   - keys: hold the key of the journal, which tells its own snapshots from others.
    /// - Throws: `SQLiteJournal.Newer` for a journal of a newer version; `OtherStation`; what the disk says.
    static func open(
        path: String,
        station: String,
        wasInUse: Bool,
        keys: any KeyPort,
        logger: Logger,
        progressed: @escaping @Sendable () -> Void,
        engine: Build
    ) throws -> Opened {
        do {
            let journal = try SQLiteJournal(path: path, progressed: progressed)
            try journal.checkNames()
            if let last = try journal.head().last {
                // A line that cannot be read is damage, which replay finds.
                if let kept = try? EventLine(decoding: last.bytes).station, kept != station {
                    throw OtherStation(path: path, kept: kept, configured: station)
                }
                let (engine, ports) = try engine(journal, SQLiteOutbox(path: path))
                return Opened(engine: engine, ports: ports)
            }
            // The power may have gone between moving a damaged journal aside and saying so in the new one.
            // A mark belongs to a journal that came after that one, and is gone.
            if journal.committed() == nil, let unsaid = DamagedJournal.newest(path: path) {
                return try begin(journal, path, after: unsaid, cause: "", keys: keys, logger: logger, engine: engine)
            }
            let isLost = wasInUse || journal.committed() != nil
            let (engine, ports) = try engine(journal, SQLiteOutbox(path: path))
            // From now on a folder with this key and no journal is a station that lost it.
            do { _ = try keys.journalKey() } catch { logger.error("\(error)") }
            guard isLost else { return Opened(engine: engine, ports: ports) }
            let fault = "journal: \(path) was gone; \(unknownDoors)"
            logger.critical("\(fault)")
            let replaced = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)
            return Opened(engine: engine, ports: ports, replaced: replaced, fault: fault)
        } catch let error where isDamage(error) {
            let kept = try DamagedJournal.setAside(path: path)
            let journal = try SQLiteJournal(path: path, progressed: progressed)
            let opened = try begin(
                journal,
                path,
                after: kept,
                cause: "\(error); ",
                keys: keys,
                logger: logger,
                engine: engine
            )
            for old in DamagedJournal.prune(path: path) {
                logger.notice("journal: \(old) is removed: the first damaged one and the newest stay (已删除较旧的损坏日志)")
            }
            return opened
        }
    }

    /// Begins a journal behind one that is kept: on the newest of its snapshots that its key verifies.
    private static func begin(
        _ journal: SQLiteJournal,
        _ path: String,
        after kept: DamagedJournal,
        cause: String,
        keys: any KeyPort,
        logger: Logger,
        engine: Build
    ) throws -> Opened {
        let base = try? adoptBase(of: kept, into: journal, keys)
        let state = base.map { "the state stands as at \($0)" } ?? "no state could be saved"
        let fault = "journal: \(cause)kept as \(kept.keptAt); \(state); \(unknownDoors)"
        logger.critical("\(fault)")
        let (engine, ports) = try engine(journal, SQLiteOutbox(path: path))
        return Opened(engine: engine, ports: ports, replaced: fact(kept, base: base), fault: fault)
    }

    /// Id of the event behind which the state stands that was saved out of the damaged file.
    private static func adoptBase(
        of kept: DamagedJournal,
        into journal: SQLiteJournal,
        _ keys: any KeyPort
    ) throws -> EventID? {
        let key = try keys.journalKey()
        for (incarnation, snapshot) in kept.snapshots {
            // That a journal stood on itself says nothing of where the county has to go on.
            guard snapshot.position.sequence > 0, let body = SnapshotBody(snapshot, key: key),
                body.incarnation == incarnation
            else { continue }
            try journal.adopt(body.base(sealedBy: key))
            return EventID(incarnation: incarnation, sequence: snapshot.position.sequence)
        }
        return nil
    }

    private static let unknownDoors = "doors are contents unknown until a keeper's audit"

    /// Whether a start moves such a journal aside.
    static func isDamage(_ error: any Error) -> Bool {
        error is SQLiteJournal.Damage || error is ReplayFault || error is DecodingError
    }

    private static func fact(_ kept: DamagedJournal, base: EventID?) -> JournalReplaced {
        let last = kept.last?.position
        let generation = last?.generation ?? kept.committed?.generation
        let sent = kept.acknowledged?.generation == generation ? kept.acknowledged?.sequence ?? 0 : 0
        let marked = kept.committed?.generation == generation ? kept.committed?.sequence ?? 0 : 0
        let end = max(last?.sequence ?? 0, marked)
        let isLost = end > sent
        return JournalReplaced(
            previous: kept.incarnation,
            lastSequence: last.map { EventLine.text(ofSequence: $0.sequence) },
            lastHash: kept.last.map { Hex.encode($0.hash) },
            lostFirst: isLost ? EventLine.text(ofSequence: sent + 1) : nil,
            lostLast: isLost ? EventLine.text(ofSequence: end) : nil,
            recoverAfter: base?.description,
            reason: .damaged
        )
    }
}
