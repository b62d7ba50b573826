import CountySQLite
import GRDB
import LockerDomain

extension County {
    /// Calls under the name of a station that nobody can prove: the books know no such station or not that key.
    public struct Stranger: Sendable, Hashable, Codable {
        /// Id that the calls name.
        public var station: String
        /// Whether the books know that station, under other keys.
        public var isKnown: Bool
        /// 16 hex digits.
        public var keyID: String
        /// Milliseconds since 1970 of the first call and the last one.
        public var first: Int64
        public var last: Int64
        /// Calls that were written down; in a flood not each is.
        public var count: Int

        /// What clerks read.
        public func lines(now: Int64) -> [StationOverview.Line] {
            let what = isKnown ? "key \(keyID) is not known here 密钥未登记" : "not known here 未登记, key \(keyID)"
            return [
                ("UNKNOWN 未登记", "\(what): \(count) calls, last \(Age.ago(last, now: now)); anybody can make them 未经证实"),
                (
                    "to do 待办",
                    "if the station is ours: county-server enrol-token \(station), then lockerctl enrol there; "
                        + "its events wait at the station 如属本县站点请重新注册，其事件留在站点"
                ),
            ]
        }
    }

    /// Calls of the last days that nobody can prove, by station; the newest first.
    public func unknownStations() throws -> [Stranger] {
        let since = now() - CountyLimits.strangerDays * 86_400_000
        return try store.pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT station, known, keyID, first, last, count FROM stranger WHERE last >= ?
                    ORDER BY station, last DESC
                    """,
                arguments: [since]
            ).map {
                Stranger(station: $0[0], isKnown: $0[1], keyID: $0[2], first: $0[3], last: $0[4], count: $0[5])
            }
        }
    }
}

extension StationCalls {
    /// Notes a call under a name or key that the books do not know, within bounds; the call is refused all the same.
    func noteStranger(_ station: String, keyID: String, isKnown: Bool) async {
        guard StrangerBook.isPossible(station: station, keyID: keyID),
            county.strangers.take(isKnown: isKnown, at: county.clock.uptime())
        else { return }
        let now = county.now()
        try? await pool.write { db in
            try StrangerBook.note(db, station: station, keyID: keyID, isKnown: isKnown, at: now)
        }
    }
}
