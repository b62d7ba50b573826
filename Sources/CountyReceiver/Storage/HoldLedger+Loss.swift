import LockerDomain
import StationBooks

/// A station whose journal is gone, and what comes back to it (DESIGN 4.9). Which pages it has when it writes something
/// changes nothing: both ends come to the same with the last one.
extension HoldLedger {
    /// The station knows none of its parcels. What comes back to it has none of the pauses before: of the lines that it
    /// gets from here it folds in those about a parcel alone.
    func lose() throws { try loseAll { ($0.hold.paused, $0.hold.grace) = (nil, nil) } }

    /// What the station writes about before all is back has another story since: its hold period begins when its
    /// recipient is told now. What was announced of it stays.
    func beginHolds(anewBy event: Event, on time: Int64) throws {
        for waybill in event.touchedWaybills {
            guard var entry = try lost(waybill, on: time) else { continue }
            entry.hold = Hold()
            save(waybill, entry, on: time)
        }
    }

    /// Takes what was told, ordered or due about a parcel of which not all is back: it happened after all that comes
    /// back. Returns whether the event was one.
    func hear(_ event: Event, at moment: Moment, on time: Int64) throws -> Bool {
        guard let waybill = event.heldWaybill, var entry = try lost(waybill, on: time) else { return false }
        entry.hold.takeMeanwhile(event, at: moment)
        try change(lost: waybill, entry)
        return true
    }

    /// The station has back what it has not written about since. The time in which it did not know it pauses the hold.
    func comeBack(_ fact: BooksRecovered, at moment: Moment, on time: Int64) throws {
        let back = try all(.lost)
        try findAll()
        guard let since = fact.darkSince, let darkness = fact.darkness(at: moment) else { return }
        for (waybill, var entry) in back {
            guard entry.status == .stored, entry.hold.began.map({ $0 <= since }) == true else { continue }
            entry.hold.pause(for: darkness)
            save(waybill, entry, on: time)
        }
    }
}
