import CountyBooks
import CountySQLite
import Crypto
import CryptoExtras
import FoundationEssentials
import GRDB
public import LockerDomain
import SyncWire

/// The badges' PIN verifiers in the books.
enum BadgeBook {
    /// All verifiers of a station whose badges still live.
    static func verifiers(_ db: Database, station: String, now: Int64) throws -> [PINVerifier] {
        try Data.fetchAll(
            db,
            sql: """
                SELECT p.verifier FROM pin p JOIN badge b ON b.id = p.badge
                WHERE p.station = ? AND b.expires > ? AND b.revoked IS NULL ORDER BY b.rowid
                """,
            arguments: [station, now]
        ).map { try CanonicalJSON.decode(PINVerifier.self, from: Array($0)) }
    }

    /// scrypt (RFC 7914) over the six ASCII digits; 16 MiB and some 50 ms here.
    static func verifier(badge: String, pin: String, trainedUntil: UInt32?) throws -> PINVerifier {
        let salt = randomBytes(16)
        let (cost, blockSize, parallelism) = (16_384, 8, 1)
        let key = try KDF.Scrypt.deriveKey(
            from: Array(pin.utf8),
            salt: salt,
            outputByteCount: 32,
            rounds: cost,
            blockSize: blockSize,
            parallelism: parallelism
        )
        return PINVerifier(
            badge: badge,
            salt: Hex.encode(salt),
            cost: cost,
            blockSize: blockSize,
            parallelism: parallelism,
            hash: key.withUnsafeBytes { Hex.encode($0) },
            trainedUntil: trainedUntil
        )
    }

    /// Queues the command that tells a station all its verifiers.
    static func tell(_ db: Database, station: String, now: Int64, key: SigningKey) throws {
        let all = try verifiers(db, station: station, now: now)
        guard all.count <= Limits.pinVerifiersMax else {
            throw CountyFault("station \(station)", "has \(Limits.pinVerifiersMax) badges with a PIN already")
        }
        try CommandQueue.supersede(db, station: station, type: "pins")
        try CommandQueue.add(
            db,
            station: station,
            type: "pins",
            data: CommandMessage.PINList(pins: all),
            now: now,
            key: key
        )
    }
}

extension County {
    /// A badge that was made.
    public struct Badge: Sendable, Hashable, Codable {
        /// 16 hex digits.
        public var id: String
        /// Digits for the badge's QR code.
        public var barcode: String
        /// Number of the person, decimal text: JSON readers lose digits of large numbers.
        public var person: String
        /// The same as the lines of events have it: 16 hex digits. Programs read it, people do not.
        public var personInEvents: String
        /// What it lets its bearer do.
        public var role: Role
        /// Last moment it works, as people in China read it.
        public var expires: String
        /// Where its PIN works.
        public var stations: [String]
    }

    /// Makes a person's badge (工牌), keeps its PIN's verifier for each station and queues the `pins` command that
    /// tells them.
    ///
    /// - Parameters:
    ///   - pin: six digits; only a verifier of it is kept.
    ///   - trainedUntil: last moment at which the training of the person counts, milliseconds since 1970; `nil`: not
    ///     kept.
    /// - Throws: `CountyFault` for a station that is not known, a PIN that is none, days out of bounds, or while the clock is
    ///   in doubt: a badge lives by it.
    public func makeBadge(
        person: UInt64,
        role: Role,
        days: Int64,
        pin: String,
        stations: [String],
        trainedUntil: Int64? = nil
    ) throws -> Badge {
        guard pin.utf8.count == Limits.pinDigits, pin.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw CountyFault("PIN", "is not \(Limits.pinDigits) digits", mend: "type \(Limits.pinDigits) digits")
        }
        guard (1...Limits.badgeDaysMax).contains(days) else {
            throw CountyFault("--days \(days)", "a badge lives 1 to \(Limits.badgeDaysMax) days")
        }
        guard let person = PersonNumber(person) else {
            throw CountyFault("--person 0", "is nobody", mend: "number people from 1")
        }
        try needClock("badge of person \(person.decimal) 工牌")
        let time = now()
        let expires = time + days * 86_400_000
        let token = Token(
            kind: .badge,
            keyID: publicKey.tokenKeyID,
            id: randomBytes(8),
            expiry: UInt32(clamping: expires / 1_000),
            subject: person.bytes,
            grants: role.grant
        )
        let barcode = try token.signed(by: keys.signing.sign)
        let verifier = try BadgeBook.verifier(
            badge: token.idText,
            pin: pin,
            trainedUntil: trainedUntil.map { UInt32(clamping: $0 / 1_000) }
        )
        try store.pool.write { db in
            try db.execute(
                sql: "INSERT INTO badge (id, person, role, created, expires) VALUES (?, ?, ?, ?, ?)",
                arguments: [token.idText, person.decimal, role.rawValue, time, expires]
            )
            for station in stations {
                _ = try StationRecord.need(db, station)
                try db.execute(
                    sql: "INSERT OR REPLACE INTO pin (station, badge, verifier) VALUES (?, ?, ?)",
                    arguments: [station, token.idText, Data(try CanonicalJSON.encode(verifier))]
                )
                try BadgeBook.tell(db, station: station, now: time, key: keys.signing)
            }
        }
        return Badge(
            id: token.idText,
            barcode: barcode,
            person: person.decimal,
            personInEvents: person.wire,
            role: role,
            expires: WireTime.local(expires),
            stations: stations
        )
    }
}
