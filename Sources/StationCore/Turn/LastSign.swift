package import LockerDomain
package import StationPorts
import SyncWire

/// The last sign of life of a station: its last event, or a mark behind it.
package struct LastSign {
    package var moment: Moment
    package var bootID: String

    package init?(_ journal: any JournalPort, _ marks: any LifeMarkPort) throws {
        let line = try journal.head().last
        let event = line.flatMap { try? EventLine(decoding: $0.bytes) }
        let mark = marks.last()
        if let mark, event == nil || line.map({ mark.position >= $0.position }) ?? true {
            (moment, bootID) = (mark.moment, mark.bootID)
        } else if let event {
            (moment, bootID) = (event.time, event.bootID)
        } else {
            return nil
        }
    }

    /// As a start at a moment says it. In the same boot the uptime tells how long ago it was, whatever was set meanwhile.
    package func sign(at now: Moment, bootID: String) -> SignOfLife {
        guard self.bootID == bootID, now.clock.isConfirmed, now.uptime >= moment.uptime else {
            return SignOfLife(wall: moment.wall, clock: moment.clock)
        }
        return SignOfLife(wall: now.wall - (now.uptime - moment.uptime), clock: now.clock)
    }
}
