public import LockerDomain
import StationBooks
import StationCore
public import StationPorts
import StationRules
import SyncWire

extension StationEngine {
    /// Both clocks as the station judges them. Safe from any thread.
    public nonisolated func now() -> Moment { clock.now() }

    /// Takes the county's time from an answer that it signed; `asked` is the uptime of the call. What it changes is
    /// decided at once.
    public func hear(county time: Int64, asked: Int64) {
        guard clock.hear(county: time, asked: asked) else { return }
        turn([])
    }

    /// All that a technician sees of the clock.
    public func clockReading() -> ClockReading { clock.reading(trustedTime: core.station.state.trustedTime) }

    /// Sets the time of the station, never that of the kernel; returns once that is durable, as an event with the user's
    /// name.
    /// - Parameters:
    ///   - wall: milliseconds since 1970.
    ///   - isForced: also where something speaks against it.
    ///   - user: the local user's name.
    /// - Throws: `invalid` with what speaks against it, `failed` when it cannot be written; the time stays as it was.
    public func setClock(_ wall: Int64, isForced: Bool, by user: String) throws(ControlFault) {
        // What waits was seen, and what the clock did by itself happened, under the time as it was.
        drain()
        turn([])
        let before: ClockDiscipline
        switch clock.set(manual: wall, isForced: isForced) {
        case .success(let known): before = known
        case .failure(let objection): throw ControlFault(.invalid, objection.words)
        }
        defer { armTimers() }
        guard core.setClock(by: user, at: ports.clock.now()) else {
            clock.restore(before)
            throw ControlFault(
                .failed,
                "the clock: that it was set cannot be written to the journal, so it stays as it was; see the line storage of "
                    + "lockerctl status, then try again"
            )
        }
    }
}

extension ClockObjection {
    /// The thing, the cause and the mend.
    fileprivate var words: String {
        switch self {
        case .impossible:
            "time lies before 2026 or after 2099: give the time of now, like \"2026-11-29 14:05\" (请输入现在的时间)"
        case .behind(let confirmed):
            "time lies more than a day before the last confirmed time \(WireTime.local(confirmed)): what expired since would work "
                + "again. Look at a watch; if it is right all the same, add --force (in JSON \"force\": true) "
                + "(请核对；确实无误请加 --force)"
        case .ahead(let confirmed):
            "time lies more than 45 days after the last confirmed time \(WireTime.local(confirmed)): badges, codes and announced "
                + "parcels that end before it would be over. Look at a watch; if it is right all the same, add --force (in "
                + "JSON \"force\": true) (请核对；确实无误请加 --force)"
        }
    }
}
