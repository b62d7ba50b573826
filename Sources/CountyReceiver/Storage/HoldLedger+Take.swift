import GRDB
import LockerDomain
import StationBooks

/// Folds the events of a station by the code that the station runs, oldest first: both come to the same end.
extension HoldLedger {
    /// Takes the next event.
    ///
    /// - Parameter time: when it happened, or came where no clock could say, milliseconds since 1970.
    func take(_ event: Event, at moment: Moment, on time: Int64) throws {
        if case .stationJournalReplaced(let fact) = event, fact.leavesNothing {
            try lose()
            reckoning = DarkReckoning()
        }
        if let darkness = reckoning.take(event, at: moment) { try pause(for: darkness, on: time) }
        // The time without the parcels holds that darkness.
        if case .stationBooksRecovered(let fact) = event, fact.incarnation == nil {
            try comeBack(fact, at: moment, on: time)
        }
        try beginHolds(anewBy: event, on: time)
        if case .parcelJoined(let fact) = event { return try join(fact, on: time) }
        guard let waybill = event.parcelWaybill else { return }
        // What the station has forgotten is another parcel.
        forget(on: time)
        if try hear(event, at: moment, on: time) { return }
        let before = try find(waybill) ?? announced(event, on: time)
        // Announced once more it is waited for anew, though nothing else of it changes.
        guard let after = Entry.entry(before, after: event, at: moment), after != before || after.until(time) != nil
        else { return }
        save(waybill, after, on: time)
    }

    /// What was announced of a part that comes in (子件).
    private func announced(_ event: Event, on time: Int64) throws -> Entry? {
        guard case .parcelReceived(let fact) = event, fact.codeOf != nil, let stem = ChildParcel(fact.waybill)?.stem
        else { return nil }
        let name = try ParcelBook.name(db, station: station, of: stem)
        // The station has heard of it, also where not all is back.
        guard let parent = try find(name) ?? lost(name, on: time) else { return nil }
        return Entry(
            status: .expected,
            announced: parent.announced,
            chilled: parent.chilled,
            lastFour: parent.lastFour
        )
    }

    /// Two numbers are one parcel: what lies at the station goes on, with what was announced of it under the other.
    private func join(_ fact: ParcelJoined, on time: Int64) throws {
        let both = try [fact.waybill, fact.formerly].compactMap { try find($0) }
        let living = both.filter { ![.collected, .returned, .lost].contains($0.status) }
        let here = living.first { $0.status != .expected && $0.status != .missing && $0.status != .inParts }
        guard var entry = here ?? living.first else { return }
        if !entry.announced, let other = living.first(where: \.announced) {
            (entry.announced, entry.chilled) = (true, other.chilled)
        }
        entry.lastFour = entry.lastFour ?? living.compactMap(\.lastFour).first
        remove(fact.formerly)
        save(fact.waybill, entry, on: time)
    }

    private func pause(for darkness: Darkness, on time: Int64) throws {
        for (waybill, var entry) in try all(.waiting) {
            entry.hold.pause(for: darkness)
            save(waybill, entry, on: time)
        }
    }
}

extension JournalReplaced {
    /// Whether nothing of the state stands: the journal is gone.
    fileprivate var leavesNothing: Bool { reason == .damaged && recoverAfter == nil && stateKept != true }
}

extension Event {
    /// The parcel whose entry this may change.
    fileprivate var parcelWaybill: Waybill? {
        switch self {
        case .parcelExpected(let fact): fact.entry.waybill
        case .parcelContactGiven(let fact): fact.waybill
        default: placedWaybill ?? heldWaybill
        }
    }
}
