import FoundationEssentials
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// Manifests that are on their way to a station.
enum ManifestsUnderway {
    /// What of a manifest makes two numbers one parcel.
    private struct Lines: Decodable {
        struct Line: Decodable {
            var waybill: Waybill
            var formerly: Waybill?
            var station: String?
        }

        var entries: [Line]
    }

    /// Number of the command whose manifest makes one parcel of a number and another; `nil` when none does. Only the station
    /// says which code counts then, also where the books knew both and await nothing.
    static func joining(_ db: Database, station: String, _ number: Waybill, now: Int64) throws -> Int? {
        let own = Set(try ParcelBook.family(db, station: station, of: number))
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT number, message FROM command
                WHERE station = ? AND type = 'manifest' AND state = 'pending' AND expires > ? ORDER BY number
                """,
            arguments: [station, now]
        )
        for row in rows {
            let (command, message): (Int, Data) = (row[0], row[1])
            let lines = try lines(db, station: station, of: Array(message))
            for line in lines where line.station == nil {
                guard let formerly = line.formerly, own.contains(formerly) || own.contains(line.waybill) else {
                    continue
                }
                let numbers = try [formerly, line.waybill].map { try ParcelBook.name(db, station: station, of: $0) }
                if numbers[0] != numbers[1] { return command }
            }
        }
        return nil
    }

    private static func lines(_ db: Database, station: String, of command: [UInt8]) throws -> [Lines.Line] {
        let message = try CanonicalJSON.decode(CommandMessage.self, from: command)
        let reference = try message.data.decoded(as: CommandMessage.ManifestReference.self)
        let bytes = try Data.fetchOne(
            db,
            sql: "SELECT bytes FROM manifest WHERE station = ? AND id = ?",
            arguments: [station, reference.manifest]
        )
        return try bytes.map { try CanonicalJSON.decode(Lines.self, from: Array($0)).entries } ?? []
    }
}
