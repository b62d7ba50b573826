import LockerDomain
import StationBooks
import StationRules

extension Cabinet {
    /// The power is gone for so long, from now on; then the station starts, and its clock says what it says.
    mutating func goDark(hours: Int64, clock: ClockTrust = .ntp) {
        let last = SignOfLife(wall: now.wall, clock: now.clock)
        let wall = clock.isDated ? now.wall + hours * 3_600_000 : 5_000
        now = Moment(wall: wall, uptime: 20_000, clock: clock)
        station = Station(settings: station.settings, state: replayed, credentials: station.credentials) {
            $0 == $1.hash
        }
        let wired = station.settings.doors.filter(\.hasSensor)
        let levels = Dictionary(uniqueKeysWithValues: wired.map { ($0.name, DoorLevel.closed) })
        send(.started(version: "test", levels: levels, after: last))
    }

    /// Somebody vouches for the time at last.
    mutating func confirm(wall: Int64) {
        let before = now
        now.wall = wall
        now.clock = .ntp
        send(.clockChanged(before: before.clock, after: .ntp, jumpMilliseconds: wall - before.wall))
    }
}
