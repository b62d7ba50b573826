import LockerDomain
import StationBooks

/// How a door is opened, and what is known of an opening under way.
enum Unlocking {
    /// Authorises an opening; the pulse follows once this is durable (DESIGN rule 1).
    static func unlock(
        _ door: DoorName,
        for purpose: Purpose,
        of waybills: [Waybill],
        by authority: Authority,
        size: Size? = nil,
        in turn: inout Turn
    ) {
        let cycle = turn.books.cycles + 1
        request(door, cycle: cycle, purpose, waybills, attempt: 1, authority, size, in: &turn)
    }

    /// Orders one pulse of an opening, the first or a further one.
    static func request(
        _ door: DoorName,
        cycle: Int,
        _ purpose: Purpose,
        _ waybills: [Waybill],
        attempt: Int,
        _ authority: Authority,
        _ size: Size? = nil,
        in turn: inout Turn
    ) {
        let pulse = Limits.pulseMilliseconds[min(attempt, Limits.pulseMilliseconds.count) - 1]
        turn.emit(
            .doorUnlockRequested(
                DoorUnlockRequested(
                    door: door,
                    cycle: cycle,
                    purpose: purpose,
                    waybills: waybills,
                    attempt: attempt,
                    pulseMilliseconds: pulse,
                    authority: authority.text,
                    delegate: authority.delegate,
                    size: size
                )
            )
        )
        turn.act(.pulse(door, cycle: cycle, milliseconds: pulse))
    }

    // MARK: What is known of an opening

    static func hasWorkingSensor(_ door: DoorName, in turn: borrowing Turn) -> Bool {
        turn.site.doors[door]?.hasSensor == true && turn.books.door(door).level != .unknown
    }

    /// Whether the sensor will show the end of the step at the door.
    static func canSeeStep(at door: DoorName, in turn: borrowing Turn) -> Bool {
        hasWorkingSensor(door, in: turn) && turn.books.door(door).cycle?.isDoubtful != true
    }

    /// The door through which the parcel goes in or out at this moment.
    static func openingUnderWay(for waybill: Waybill, in turn: borrowing Turn) -> (door: DoorName, purpose: Purpose)? {
        for name in turn.books.doors.busy {
            guard let cycle = turn.books.doors[name]?.cycle, cycle.waybills.contains(waybill) else { continue }
            return (name, cycle.purpose)
        }
        return nil
    }

    /// When the door of this opening was seen open; an earlier opening is another recording.
    static func seenOpen(at place: Place, in turn: borrowing Turn) -> Int64? {
        guard case .door(let name) = place, turn.books.door(name).cycle?.phase == .open else { return nil }
        return turn.books.door(name).openedAt
    }
}
