import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// What a station's NTP said, at the moment at which its status came.
struct ClockReport: Sendable, Hashable {
    /// Milliseconds since 1970 by the station.
    var time: Int64
    /// The county's own clocks at that moment.
    var received: Int64
    var uptime: Int64
    var bootID: String

    /// Milliseconds since it came; by the boot clock as long as that runs on.
    func age(at now: ClockReading) -> Int64 { bootID == now.bootID ? now.uptime - uptime : now.wall - received }

    /// Milliseconds by which the station's clock is ahead of the county's; it goes on by the county's boot clock.
    func offset(at now: ClockReading) -> Int64 {
        bootID == now.bootID ? time + (now.uptime - uptime) - now.wall : time - received
    }

    func agrees(at now: ClockReading) -> Bool {
        abs(offset(at: now)) <= CountyLimits.clockDifferenceMilliseconds
    }

    private struct Shown: Decodable {
        var time: String
        var clock: ClockTrust
        var ntp: String?
    }

    /// Reads a status; `nil` where NTP says nothing that the station could take. One that goes by the county's word, because that
    /// is the earlier, still tells what its NTP shows: else a county that is behind would never hear of it.
    init?(status body: [UInt8], at now: ClockReading) {
        guard let shown = try? CanonicalJSON.decode(Shown.self, from: body), shown.clock != .fake,
            let text = shown.ntp ?? (shown.clock == .ntp ? shown.time : nil), let time = WireTime.milliseconds(text)
        else { return nil }
        self.init(time: time, received: now.wall, uptime: now.uptime, bootID: now.bootID)
    }

    init(time: Int64, received: Int64, uptime: Int64, bootID: String) {
        (self.time, self.received, self.uptime, self.bootID) = (time, received, uptime, bootID)
    }

    static func all(_ db: Database) throws -> [ClockReport] {
        try Row.fetchAll(db, sql: "SELECT time, received, uptime, bootID FROM clockReport").map {
            ClockReport(time: $0[0], received: $0[1], uptime: $0[2], bootID: $0[3])
        }
    }

    /// Keeps the newest of a station; `nil` when it knows its time in another way now.
    static func keep(_ db: Database, station: String, _ report: ClockReport?) throws {
        guard let report else {
            try db.cachedStatement(sql: "DELETE FROM clockReport WHERE station = ?").execute(arguments: [station])
            return
        }
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO clockReport (station, time, received, uptime, bootID) VALUES (?, ?, ?, ?, ?)
                """
        ).execute(arguments: [station, report.time, report.received, report.uptime, report.bootID])
    }
}
