import CountySQLite
import FoundationEssentials
import GRDB
import LockerDomain
import Logging
import SyncWire

extension StationCalls {
    /// `POST /v1/enrolments`, signed by the new key that it carries (DESIGN 4.3).
    func enrol(_ call: IncomingCall) async throws -> Reply {
        try call.checkDigest()
        guard let request = try? CanonicalJSON.decode(EnrolmentRequest.self, from: try call.inflatedBody()),
            let keys = request.keys, let key = CountyKey(bytes: keys.signing), ExchangeKey.isUsable(keys.exchange)
        else {
            throw Problem.malformed("the body is not an enrolment with two keys of 32 bytes, neither of a small order")
        }
        try call.checkSignature(key, prefix: county.settings.pathPrefix)
        let counter = call.header("locker-counter").flatMap(LockerCounter.init)
        let (county, now) = (county, county.now())
        let time = try county.clockNow().signedTime
        // Guesses must not hold up the writer: an unknown token ends here.
        let isKnown = try county.store.read { db in
            try EnrolmentRecord.find(db, EnrolmentRecord.hash(request.secret)) != nil
        }
        guard isKnown else { throw County.refused("it is not one of this county's", "不是本县的令牌") }
        let answer = try await county.store.pool.write { db in
            let answer = try county.enrol(
                db,
                request,
                signing: keys.signing,
                exchange: keys.exchange,
                keyID: key.id,
                now: now,
                time: time
            )
            try StrangerBook.forget(db, station: request.station)
            // The same request again is answered again, so a counter that is not new is no fault here.
            var kept = try StationCounter.find(db, station: request.station, keyID: key.id)
            kept.enrolled(counter)
            try kept.keep(db, station: request.station, keyID: key.id)
            return answer
        }
        logger.notice("\(request.station) enrolled with key \(key.id)")
        return Reply(status: 200, contentType: "application/json", body: answer)
    }
}

extension County {
    fileprivate func enrol(
        _ db: Database,
        _ request: EnrolmentRequest,
        signing: [UInt8],
        exchange: [UInt8],
        keyID: String,
        now: Int64,
        time: String?
    ) throws -> [UInt8] {
        let hash = EnrolmentRecord.hash(request.secret)
        guard let token = try EnrolmentRecord.find(db, hash), token.station == request.station,
            let station = try StationRecord.find(db, request.station)
        else {
            throw Self.refused(
                "it is not one of this county's for \(request.station.prefix(64))",
                "不是本县给此站点的令牌"
            )
        }
        if token.used != nil {
            guard let answer = token.answer(to: signing, exchange, now: now) else {
                throw Self.refused("it was used already", "令牌已用过")
            }
            // The same keys and the same K; only the time is that of this answer.
            var again = try CanonicalJSON.decode(EnrolmentAnswer.self, from: answer)
            again.time = time
            return try CanonicalJSON.encode(again)
        }
        guard now < token.expires else {
            throw Self.refused("it expired at \(WireTime.local(token.expires))", "令牌已过期")
        }
        let codeKey = try keys.unlock(station.codeKey, station: station.id)
        let answer = try CanonicalJSON.encode(
            EnrolmentAnswer(
                station: station.id,
                countySigningKey: keys.signing.publicBytes,
                countyExchangeKey: keys.exchange.publicBytes,
                codeKeyID: station.codeKeyID,
                codeKey: ExchangeKey.seal(codeKey, to: exchange, context: station.id),
                pins: BadgeBook.verifiers(db, station: station.id, now: now),
                time: time
            )
        )
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO stationKey (station, keyID, signingKey, exchangeKey, added) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [station.id, keyID, Data(signing), Data(exchange), now]
        )
        try db.execute(
            sql: "UPDATE station SET keyID = ?, lastContact = ? WHERE id = ?",
            arguments: [keyID, now, station.id]
        )
        try EnrolmentRecord.use(db, hash, signing: signing, exchange: exchange, answer: answer, now: now)
        return answer
    }

    fileprivate static func refused(_ why: String, _ chinese: String) -> Problem {
        Problem(
            .tokenRefused,
            status: 403,
            title: "Enrolment token refused",
            detail: "\(why) (\(chinese)): make a new one with county-server enrol-token (请县里重新生成)"
        )
    }
}
