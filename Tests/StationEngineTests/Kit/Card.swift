import Foundation
import GRDB
import LockerDomain
import PortFakes
import SQLiteJournal
import StationBooks
import StationCore
import StationEngine
import StationPorts
import SyncWire

/// The card of a board: a real journal in a folder, and keys. It outlives the boards that run on it, and can be spoilt.
final class Card {
    let folder: String
    let keys: MemoryKeys
    private(set) var journal: SQLiteJournal
    private(set) var outbox: SQLiteOutbox

    init(keys: MemoryKeys = MemoryKeys(), copying other: Card? = nil) throws {
        folder = NSTemporaryDirectory() + "card-\(UUID().uuidString)"
        self.keys = keys
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if let other { try Self.copy(other.folder, to: folder) }
        journal = try SQLiteJournal(path: "\(folder)/journal.sqlite", reserveBytes: 4_096)
        outbox = try SQLiteOutbox(path: "\(folder)/journal.sqlite")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var path: String { "\(folder)/journal.sqlite" }

    private static func copy(_ from: String, to folder: String) throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: from) where !file.hasSuffix(".reserve") {
            try FileManager.default.copyItem(atPath: "\(from)/\(file)", toPath: "\(folder)/\(file)")
        }
    }

    /// Changes the file behind everybody's back, and opens it again.
    func spoil(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql, arguments: arguments) }
        try reopen()
    }

    func reopen() throws {
        journal = try SQLiteJournal(path: path, reserveBytes: 4_096)
        outbox = try SQLiteOutbox(path: path)
    }

    func value<Value: DatabaseValueConvertible & Sendable>(_ sql: String) throws -> Value? {
        try DatabaseQueue(path: path).read { try Value.fetchOne($0, sql: sql) }
    }

    /// The file cannot be read any more: it goes aside, and a journal begins on the snapshot that is saved, as `lockerd` does.
    func setAside() throws -> JournalReplaced {
        let kept = try DamagedJournal.setAside(path: path)
        try reopen()
        let key = try keys.journalKey()
        var base: EventID?
        for (incarnation, snapshot) in kept.snapshots {
            guard let body = SnapshotBody(snapshot, key: key) else { continue }
            try journal.adopt(body.base(sealedBy: key))
            base = EventID(incarnation: incarnation, sequence: snapshot.position.sequence)
            break
        }
        return JournalReplaced(
            previous: kept.incarnation,
            lastSequence: nil,
            lastHash: nil,
            recoverAfter: base?.description,
            reason: .damaged
        )
    }
}

extension Bench {
    /// What enrolment left in the keys.
    static func credentials(_ keys: MemoryKeys) throws -> Credentials? {
        guard let county = try keys.keyring()?.county, let countyKey = CountyKey(bytes: county.signingKey),
            let codeKey = CodeKey(bytes: county.codeKey)
        else { return nil }
        return Credentials(countyKey: countyKey, codeKey: codeKey, pins: try keys.pins())
    }

    /// The code of a parcel under the K that the real county gave.
    func realCode(_ waybill: Waybill) throws -> String {
        guard let bytes = try keys.keyring()?.county?.codeKey, let key = CodeKey(bytes: bytes) else { return "" }
        return PickupCode(waybill, n: 0, key: key).description
    }
}
