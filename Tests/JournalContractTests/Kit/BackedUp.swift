import Foundation
import GRDB
import HostSupport
import LockerDomain
import SQLiteJournal
import StationEngine
import StationPorts
import SyncWire

/// A journal that grows on a card, and a stick that its backups go to.
final class BackedUp {
    let card: Scratch
    let stick: String
    private(set) var journal: SQLiteJournal
    private(set) var outbox: SQLiteOutbox
    private(set) var end = JournalPosition(generation: 0, sequence: 0)
    private var hash = Chain.start
    private let table: String
    /// Files in `station.d`.
    var overlays = 0

    static let station = "yc-test-1"
    static let key = [UInt8](repeating: 7, count: 32)

    /// - Parameters:
    ///   - stick: folder of the backups; one of its own when it is `nil`.
    ///   - table: text of fstab(5).
    init(stick: String? = nil, table: String = "") throws {
        card = try Scratch()
        self.stick = stick ?? "\(card.path)/stick"
        self.table = table
        journal = try SQLiteJournal(path: card.journal, reserveBytes: 4_096)
        outbox = try SQLiteOutbox(path: card.journal)
        try card.write(Self.key, to: "\(card.path)/key")
        try configure("a")
        try begin()
    }

    func configure(_ text: String) throws { try card.write(Array(text.utf8), to: "\(card.path)/station.toml") }

    // MARK: The journal

    /// Lines whose hashes follow from each other, as the core makes them.
    private func next(_ count: Int, bytes: Int) -> [JournalLine] {
        (0..<count).map { _ in
            end.sequence += 1
            let text = #"{"position":"\#(end)","text":"\#(String(repeating: "x", count: bytes))"}"#
            let before = hash
            hash = Chain.next(after: before, bytes: Array(text.utf8))
            return JournalLine(position: end, before: before, bytes: Array(text.utf8), hash: hash)
        }
    }

    func grow(_ count: Int, bytes: Int = 200) throws { try journal.append(next(count, bytes: bytes)) }

    /// A line beside which others are kept that the county gave back.
    func recover(_ lines: Int) throws {
        try journal.append(
            next(1, bytes: 100),
            recovered: (0..<lines).map { Array("line \($0) of the county".utf8) }
        )
    }

    /// Closes the incarnation and begins another one.
    func begin() throws {
        let name = String(repeating: "\(end.generation + 1)", count: 32)
        _ = try journal.beginIncarnation(id: name) { incarnation in
            end = JournalPosition(generation: incarnation.generation, sequence: 0)
            hash = Chain.start
            return next(1, bytes: 50)
        }
    }

    func snapshot(_ byte: UInt8 = 1) {
        _ = journal.maintain(
            keeping: Snapshot(position: end, format: 1, bytes: [UInt8](repeating: byte, count: 5_000))
        )
    }

    func keep(_ waybill: Waybill) throws { try outbox.keep(SealedContact(waybill: waybill, sealed: [1, 2, 3])) }

    func spoil(_ sql: String) throws { try DatabaseQueue(path: card.journal).write { try $0.execute(sql: sql) } }

    /// Another journal begins in the place of this one.
    func lose() throws {
        _ = try DamagedJournal.setAside(path: card.journal)
        journal = try SQLiteJournal(path: card.journal, reserveBytes: 4_096)
        outbox = try SQLiteOutbox(path: card.journal)
        let name = String(repeating: "f", count: 32)
        _ = try journal.beginIncarnation(id: name) { _ in
            (end, hash) = (JournalPosition(generation: 1, sequence: 0), Chain.start)
            return next(1, bytes: 33)
        }
    }

    /// All that a backup has to hold, as one value.
    static func content(_ path: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        return try queue.read { database in
            let tables = [
                "SELECT generation, id FROM incarnation ORDER BY 1", "SELECT * FROM event ORDER BY 1",
                "SELECT * FROM recovered ORDER BY 1, 2", "SELECT * FROM snapshot ORDER BY 1",
                "SELECT * FROM pruned ORDER BY 1",
            ]
            return try tables.flatMap { table in
                try Row.fetchAll(database, sql: table).map { row in
                    row.databaseValues.map { value in
                        if let data = Data.fromDatabaseValue(value) { return Digest.sha256(Array(data)) }
                        return value.description
                    }.joined(separator: " ")
                }
            }
        }
    }

    var content: [String] { get throws { try Self.content(card.journal) } }

    // MARK: Its backups

    var run: BackupRun {
        let configuration = "\(card.path)/station.toml"
        let sources =
            [
                BackupSource(name: "etc/lockerd/station.toml", path: configuration),
                BackupSource(name: BackupLayout.journalKey, path: "\(card.path)/key"),
            ]
            + (0..<overlays).map { BackupSource(name: "etc/lockerd/station.d/\($0).toml", path: configuration) }
        let folder = BackupFolder(
            path: stick,
            station: Self.station,
            version: "test",
            journal: card.journal,
            table: table
        ) { sources }
        return BackupRun(
            journal: JournalBackup(path: card.journal) { Digest.sha256Bytes($0) },
            folder: folder,
            now: { Moment(wall: 1_778_544_000_000, uptime: 1_000, clock: .ntp) }
        )
    }

    var folder: String { "\(stick)/\(Self.station)" }
    var copy: String { "\(folder)/journal.sqlite" }

    @discardableResult
    func backUp(checksAll: Bool = false, step: () throws -> Void = {}) throws -> BackupOutcome {
        try run.run(checksAll: checksAll, step: step)
    }

    /// What lies on the stick.
    var stickFiles: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: stick)) ?? []).sorted()
    }
}

/// A new board that a backup is put on.
struct RestoredBoard {
    let scratch: Scratch
    let manifest: BackupManifest
    let files: [String: [UInt8]]
    let reading: BackedUpJournal

    /// As `lockerd --restore` does it.
    init(_ folder: String, on scratch: Scratch? = nil) throws {
        let scratch = try scratch ?? Scratch()
        manifest = try BackupLayout.manifest(in: folder)
        let pairs = try BackupLayout.files(of: manifest, in: folder).map { ($0.name, $0.bytes) }
        files = Dictionary(pairs, uniquingKeysWith: { $1 })
        let staging = "\(scratch.path)/staging"
        try? FileManager.default.removeItem(atPath: staging)
        try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
        for name in ["journal.sqlite", "journal.sqlite-journal"]
        where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
            try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(staging)/\(name)")
        }
        reading = try RestoredJournal.check("\(staging)/journal.sqlite") { Digest.sha256Bytes($0) }
        _ = try RestoredJournal.place("\(staging)/journal.sqlite", at: scratch.journal)
        self.scratch = scratch
    }

    var content: [String] { get throws { try BackedUp.content(scratch.journal) } }
}
