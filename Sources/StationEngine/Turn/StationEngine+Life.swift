import LockerDomain
import StationCore
import StationPorts
import SyncWire

/// The last sign of life of a station: its last event, or a mark behind it.
struct LastSign {
    var moment: Moment
    var bootID: String

    init?(_ journal: any JournalPort, _ marks: any LifeMarkPort) throws {
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
    func sign(at now: Moment, bootID: String) -> SignOfLife {
        guard self.bootID == bootID, now.clock.isConfirmed, now.uptime >= moment.uptime else {
            return SignOfLife(wall: moment.wall, clock: moment.clock)
        }
        return SignOfLife(wall: now.wall - (now.uptime - moment.uptime), clock: now.clock)
    }
}

extension StationEngine {
    /// A mark every ten minutes, so that nobody has to come for the station to know until when it lived.
    func keepLifeMark() {
        let now = ports.clock.now()
        guard now.uptime >= markDue else { return }
        markDue = now.uptime + Limits.lifeMarkMilliseconds
        ports.lifeMarks.keep(LifeMark(position: log.position, moment: now, bootID: ports.clock.bootID))
    }
}
