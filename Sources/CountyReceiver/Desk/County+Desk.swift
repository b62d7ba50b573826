public import CountyBooks
import CountySQLite
import FoundationEssentials
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// What pages do and show at the stations' side of the county.
extension County: StationDirectory, EnrolmentDesk, ManifestDesk, PhoneDesk {
    public func sights() throws -> [StationSight] {
        let now = now()
        return try overview(countsEvents: false).map { station in
            var sight = StationSight(station: station.station, isEnrolled: station.enrolled)
            (sight.lastContact, sight.statusReceived, sight.status) = (
                station.lastContact, station.statusReceived, station.status
            )
            (sight.eventsMissing, sight.commandsWaiting) = (station.missing, station.commandsPending)
            sight.commandTroubles = station.commandLines(now: now).map { "\($0.name): \($0.value)" }
            if station.sharesIdentity { sight.faults.append("two boards use this identity 两块主板共用本站身份") }
            if station.branches > 0 {
                sight.faults.append("chain forked, \(station.branches) lines beside it 事件链分叉，另有 \(station.branches) 行")
            }
            if station.quarantined > 0 {
                let count = station.quarantined
                sight.faults.append("\(count) events that nobody can interpret 有 \(count) 条事件无法解读")
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

    public func makeToken(station: String, days: Int, stamp: AuditStamp) throws -> String {
        guard (1...CountyLimits.enrolmentDaysMax).contains(days) else {
            throw CountyFault(
                "days \(days)",
                "are not 1 to \(CountyLimits.enrolmentDaysMax) 有效天数超出范围",
                mend: "give the token fewer days 请改小"
            )
        }
        return try makeEnrolmentToken(station: station, hours: Int64(days) * 24, stamp: stamp).token.description
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

    public func revokeTokens(station: String, stamp: AuditStamp) throws {
        let now = now()
        try store.pool.write { db in
            _ = try StationRecord.need(db, station)
            try db.execute(
                sql: "UPDATE enrolment SET expires = ?1 WHERE station = ?2 AND used IS NULL AND expires > ?1",
                arguments: [now, station]
            )
            try AccountTable.append(db, AuditEntry(stamp, .enrolmentRevoked, object: station))
        }
    }

    public func load(
        sheet: [UInt8],
        station: String,
        skippingBadRows: Bool,
        stamp: AuditStamp
    ) throws -> LoadedSheet {
        let loaded = try loadManifest(sheet, station: station, skippingBadRows: skippingBadRows, stamp: stamp)
        return LoadedSheet(id: loaded.manifest, count: loaded.count, notes: loaded.leftOut + loaded.notes)
    }

    public func phone(station: String, waybill written: String) throws -> String? {
        // What is no waybill has no number either.
        guard let waybill = try? Waybill(written: written) else { return nil }
        let isThere = try store.pool.read { db in
            try ParcelBook.family(db, station: station, of: waybill).contains {
                try ContactBook.find(db, station: station, waybill: $0) != nil
            }
        }
        return isThere ? try contact(written, station: station).phone : nil
    }
}
