public import CountyBooks
import CountySQLite
import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// What pages do and show at the stations' side of the county.
extension County: StationDirectory, EnrolmentDesk, ManifestDesk, PhoneDesk {
    public func sights() throws -> [StationSight] {
        let now = now()
        return try overview().map { station in
            var sight = StationSight(station: station.station, isEnrolled: station.enrolled)
            (sight.lastContact, sight.statusReceived, sight.status) = (
                station.lastContact, station.statusReceived, station.status
            )
            (sight.eventsMissing, sight.commandsWaiting) = (station.missing, station.commandsPending)
            sight.commandTroubles = station.commandLines(now: now).map { "\($0.name): \($0.value)" }
            if station.sharesIdentity { sight.faults.append("two boards use this identity 两块主板共用本站身份") }
            if station.branches > 0 { sight.faults.append("chain forked 分叉: \(station.branches) lines beside it") }
            if station.quarantined > 0 {
                sight.faults.append("\(station.quarantined) events that nobody can interpret 无法解读的事件")
            }
            return sight
        }
    }

    public func countyClock() throws -> (now: Int64, doubt: String?) {
        let state = try checkClock()
        return (state.lastGood, state.isInDoubt ? state.reason : nil)
    }

    /// The lines of a station that came last, the latest first.
    public func lastLines(of station: String, limit: Int) throws -> [CustodyLine] {
        let rows = try store.pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT e.number, e.received, e.bytes FROM event e JOIN incarnation i ON i.number = e.incarnation
                    WHERE i.station = ? ORDER BY e.number DESC LIMIT ?
                    """,
                arguments: [station, limit]
            )
        }
        return rows.compactMap { row in
            let bytes: Data = row[2]
            guard let line = try? EventLine(decoding: Array(bytes)), line.station == station else { return nil }
            return CustodyLine(station: station, number: row[0], received: row[1], line: line)
        }
    }

    public func makeToken(station: String, days: Int) throws -> String {
        guard (1...CountyLimits.enrolmentDaysMax).contains(days) else {
            throw CountyFault(
                "days \(days)",
                "are not 1 to \(CountyLimits.enrolmentDaysMax) 有效天数超出范围",
                mend: "give the token fewer days 请改小"
            )
        }
        return try makeEnrolmentToken(station: station, hours: Int64(days) * 24).token.description
    }

    public func openTokens() throws -> [OpenToken] {
        let now = now()
        return try store.pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT station, created, expires FROM enrolment WHERE used IS NULL AND expires > ?
                    ORDER BY station, created
                    """,
                arguments: [now]
            ).map { OpenToken(station: $0[0], made: $0[1], expires: $0[2]) }
        }
    }

    public func revokeTokens(station: String) throws {
        let now = now()
        try store.pool.write { db in
            _ = try StationRecord.need(db, station)
            try db.execute(
                sql: "UPDATE enrolment SET expires = ?1 WHERE station = ?2 AND used IS NULL AND expires > ?1",
                arguments: [now, station]
            )
        }
    }

    public func load(sheet: [UInt8], station: String, skippingBadRows: Bool) throws -> LoadedSheet {
        let loaded = try loadManifest(sheet, station: station, skippingBadRows: skippingBadRows)
        return LoadedSheet(id: loaded.manifest, count: loaded.count, notes: loaded.leftOut + loaded.notes)
    }

    public func phone(station: String, waybill: String) throws -> String? {
        try contact(waybill, station: station).phone
    }
}
