import CountyBooks
import CountySQLite
import GRDB
import LockerDomain
import SyncWire

extension County {
    /// Looks at the clock, the books and what stations report, and keeps this moment as the last good one when nothing
    /// speaks against it.
    ///
    /// - Throws: `DatabaseError` when the books cannot be read. That the moment cannot be kept changes nothing now.
    @discardableResult
    public func checkClock() throws -> ClockState {
        let check = try lookAtClock()
        if let next = check.nextMark, isWorthKeeping(next, after: check.mark) {
            try? store.pool.write { try next.keep($0) }
        }
        return note(check)
    }

    /// Takes the clock's time as right, in the name of a user, and records that.
    ///
    /// - Throws: `CountyFault` for a time that cannot be now, `DatabaseError` when the books do not take it.
    public func confirmClock(by user: String) throws -> ClockState {
        let wall = clock.reading.wall
        guard (Limits.earliestWallMilliseconds..<Limits.latestWallMilliseconds).contains(wall) else {
            throw CountyFault(
                "clock 县中心时钟",
                "it shows \(WireTime.local(wall)), before 2026 or after 2099: nobody can confirm that 时间不可能正确",
                mend: "set the clock or the network time (NTP) 请先校准时钟"
            )
        }
        try store.pool.write { db in
            let check = try look(db, clock.reading)
            try db.execute(
                sql: "INSERT INTO clockConfirmation (user, before, after, doubts) VALUES (?, ?, ?, ?)",
                arguments: [
                    String(user.prefix(CountyLimits.userCharactersMax)), check.lastGood, check.reading.wall,
                    check.doubts.map(\.rawValue).joined(separator: " "),
                ]
            )
            try check.confirmedMark.keep(db)
        }
        watch.forget()
        return try checkClock()
    }

    /// Refuses what rests on the time while that is in doubt (DESIGN 4.8).
    ///
    /// - Throws: `CountyFault` with the thing that is not made.
    func needClock(_ thing: String) throws {
        let state = try checkClock()
        guard state.isInDoubt else { return }
        throw CountyFault(
            thing,
            "the county's clock is in doubt 县中心时钟存疑: it shows \(WireTime.local(state.wall)), but \(state.reason)",
            mend: ClockState.mend
        )
    }

    /// The time that everything here is dated by, milliseconds since 1970: the machine's, and while that is in doubt the last
    /// good one, which goes on by the boot clock. So nothing is forgotten or made to last by a wrong clock. Call it outside
    /// of transactions.
    func now() -> Int64 {
        let reading = clock.reading
        if let state = watch.state(at: reading) { return state.lastGood }
        // Books that cannot be read take nothing either.
        guard let check = try? store.pool.read({ try look($0, reading) }) else { return reading.wall }
        return note(check).lastGood
    }

    /// The clock as answers to stations go by it: looked at some seconds ago at most, and nothing is written.
    func clockNow() throws -> ClockState {
        let reading = clock.reading
        if let state = watch.state(at: reading) { return state }
        return note(try store.read { try look($0, reading) })
    }

    private func note(_ check: ClockCheck) -> ClockState {
        let state = ClockState(check)
        watch.keep(state, at: check.reading)
        return state
    }

    func lookAtClock() throws -> ClockCheck {
        let reading = clock.reading
        return try store.pool.read { try look($0, reading) }
    }

    private func look(_ db: Database, _ reading: ClockReading) throws -> ClockCheck {
        let mark = try ClockMark.find(db)
        let row = try Row.fetchOne(
            db,
            sql: "SELECT max(number), max(received) FROM event WHERE number > ?",
            arguments: [mark?.event ?? 0]
        )
        return ClockCheck(
            reading: reading,
            mark: mark,
            event: row?[0] ?? mark?.event ?? 0,
            newest: row?[1],
            reports: try ClockReport.all(db)
        )
    }

    /// At most one small write a minute, but for news.
    private func isWorthKeeping(_ next: ClockMark, after mark: ClockMark?) -> Bool {
        guard let mark, mark.bootID == next.bootID, mark.isConfirmed == next.isConfirmed else { return true }
        let passed = next.uptime - mark.uptime
        return passed >= CountyLimits.clockCheckMilliseconds
            || abs(next.wall - mark.wall - passed) >= CountyLimits.clockLookMilliseconds
    }
}

extension ClockState {
    /// What answers say of the time; nothing while it is in doubt.
    var signedTime: String? { isInDoubt ? nil : WireTime.text(wall) }
}
