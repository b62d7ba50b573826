public import CountyBooks
import CountySQLite
import Crypto
import FoundationEssentials
import GRDB
import LockerDomain
public import SyncWire

/// A one-time token as the books know it: never its secret, only the hash.
struct EnrolmentRecord: Sendable {
    var station: String
    var expires: Int64
    var used: Int64?
    private var signingKey: Data?
    private var exchangeKey: Data?
    private var kept: Data?

    static func hash(_ secret: String) -> Data { Data(SHA256.hash(data: Array(secret.utf8))) }

    static func find(_ db: Database, _ hash: Data) throws -> EnrolmentRecord? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT station, expires, used, signingKey, exchangeKey, answer FROM enrolment WHERE secretHash = ?",
            arguments: [hash]
        )
        return row.map { row in
            EnrolmentRecord(
                station: row[0],
                expires: row[1],
                used: row[2],
                signingKey: row[3],
                exchangeKey: row[4],
                kept: row[5]
            )
        }
    }

    /// The answer given before, to the same keys within a day: the first one may have been lost on its way.
    func answer(to signing: [UInt8], _ exchange: [UInt8], now: Int64) -> [UInt8]? {
        guard let used, let kept, now - used < CountyLimits.enrolmentHours * 3_600_000, signingKey == Data(signing),
            exchangeKey == Data(exchange)
        else { return nil }
        return Array(kept)
    }

    static func use(
        _ db: Database,
        _ hash: Data,
        signing: [UInt8],
        exchange: [UInt8],
        answer: [UInt8],
        now: Int64
    ) throws {
        try db.execute(
            sql: "UPDATE enrolment SET used = ?, signingKey = ?, exchangeKey = ?, answer = ? WHERE secretHash = ?",
            arguments: [now, Data(signing), Data(exchange), Data(answer), hash]
        )
    }
}

extension County {
    /// Makes a one-time token for a station, and the station with its code key when it is new.
    ///
    /// - Parameters:
    ///   - hours: how long it is good for.
    ///   - stamp: of the entry that the audit log gets in the same transaction; `nil`: none.
    /// - Returns: the token to type at the station, and until when it works (milliseconds since 1970).
    /// - Throws: `CountyFault` for an id that cannot stand in a path.
    public func makeEnrolmentToken(
        station: String,
        hours: Int64 = CountyLimits.enrolmentHours,
        stamp: AuditStamp? = nil
    ) throws -> (token: EnrolmentToken, expires: Int64) {
        guard StationID.isValid(station) else {
            throw CountyFault(
                "station \"\(station.prefix(Limits.stationIDCharactersMax))\"",
                "is no id",
                mend: "use \(StationID.form)"
            )
        }
        let token = EnrolmentToken(
            station: station,
            secret: Hex.encode(randomBytes(16)),
            countyKey: keys.signing.publicBytes
        )
        let time = now()
        let expires = time + hours * 3_600_000
        let codeKey = randomBytes(32)
        let locked = try keys.lock(codeKey, station: station)
        let codeKeyID = Hex.encode(SHA256.hash(data: codeKey).prefix(8))
        try store.pool.write { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO station (id, codeKeyID, codeKey, created) VALUES (?, ?, ?, ?)",
                arguments: [station, codeKeyID, locked, time]
            )
            if db.changesCount == 1 { try tellRevocations(db, station: station, now: time) }
            try db.execute(
                sql: "UPDATE enrolment SET answer = NULL WHERE used < ?",
                arguments: [time - CountyLimits.enrolmentHours * 3_600_000]
            )
            try db.execute(
                sql: "INSERT INTO enrolment (secretHash, station, created, expires) VALUES (?, ?, ?, ?)",
                arguments: [EnrolmentRecord.hash(token.secret), station, time, expires]
            )
            if let stamp {
                let detail = "until \(WireTime.local(expires))"
                try AccountTable.append(db, AuditEntry(stamp, .enrolmentMade, object: station, detail: detail))
            }
        }
        return (token, expires)
    }
}
