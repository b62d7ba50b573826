import FoundationEssentials
import GRDB
public import LockerDomain
public import StationPorts
import Synchronization

/// Sealed phone numbers in a table beside the events, over the same second connection.
extension SQLiteOutbox: ContactPort {
    public func keep(_ contact: SealedContact) throws {
        try queue.write { database in
            let others = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM contact WHERE waybill <> ?",
                arguments: [contact.waybill.rawValue]
            )
            guard others ?? 0 < ContactLimits.contactsMax else {
                throw ContactFault("\(ContactLimits.contactsMax) phone numbers are kept already")
            }
            try database.execute(
                sql: "INSERT OR REPLACE INTO contact (waybill, sealed, recipientKey, mark) VALUES (?, ?, ?, ?)",
                arguments: [
                    contact.waybill.rawValue, Data(contact.sealed), contact.recipientKey,
                    contact.mark.map { Data($0) },
                ]
            )
        }
    }

    public func recipientKey(markedBy mark: [UInt8]) throws -> String? {
        try queue.read { database in
            try String.fetchOne(
                database,
                sql: "SELECT recipientKey FROM contact WHERE mark = ? AND recipientKey IS NOT NULL LIMIT 1",
                arguments: [Data(mark)]
            )
        }
    }

    public func unsent(after waybill: Waybill?, limit: Int) throws -> [SealedContact] {
        try queue.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT waybill, sealed, recipientKey, mark FROM contact
                    WHERE isSent = 0 AND waybill > ? ORDER BY waybill LIMIT ?
                    """,
                arguments: [waybill?.rawValue ?? "", limit]
            ).map { row in
                let mark: Data? = row[3]
                return SealedContact(
                    waybill: Waybill(rawValue: row[0]),
                    sealed: row.bytes(at: 1),
                    recipientKey: row[2],
                    mark: mark.map(Array.init)
                )
            }
        }
    }

    public func markSent(_ contact: SealedContact) throws {
        try queue.write { database in
            try database.execute(
                sql: "UPDATE contact SET isSent = 1 WHERE waybill = ? AND sealed = ?",
                arguments: [contact.waybill.rawValue, Data(contact.sealed)]
            )
        }
    }

    public func waybills() throws -> [Waybill] {
        try queue.read { database in
            try String.fetchAll(database, sql: "SELECT waybill FROM contact ORDER BY waybill")
                .map(Waybill.init(rawValue:))
        }
    }

    public func erase(over: Set<Waybill>, at wall: Int64) throws {
        let erased = try queue.write { database in
            let rows = try Row.fetchAll(database, sql: "SELECT waybill, overSince FROM contact")
            for row in rows {
                let (waybill, since): (String, Int64?) = (row[0], row[1])
                let isOver = over.contains(Waybill(rawValue: waybill))
                guard isOver != (since != nil) else { continue }
                try database.execute(
                    sql: "UPDATE contact SET overSince = ? WHERE waybill = ?",
                    arguments: [isOver ? wall : nil, waybill]
                )
            }
            try database.execute(
                sql: "DELETE FROM contact WHERE overSince <= ?",
                arguments: [wall - ContactLimits.contactDays * 86_400_000]
            )
            return database.changesCount
        }
        // The file holds them until the log is written back, the log until it is written anew, and a station may have no
        // event for days.
        switch erasure.withLock({ $0.next(erased: erased, at: wall) }) {
        case .nothing: return
        case .writeBack: _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.passive) }
        case .beginAnew:
            _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            erasure.withLock { $0.beganAnew(at: wall) }
        }
    }
}
