import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// The hold periods of a station's parcels, folded from its events by the code that the station runs (`Hold`,
/// `DarkReckoning`): both come to the same end.
enum HoldBook {
    /// What the end of a hold period follows from.
    struct Entry: Sendable, Hashable, Codable {
        var status: Parcel.Status
        var announced = false
        var chilled = false
        /// Declared fresh at the station.
        var isKeptCold: Bool?
        var hold = Hold()
        /// Last four digits of the recipient's phone, as the station knows it.
        var lastFour: String?

        var isCold: Bool { chilled || isKeptCold == true }
        /// Whether it waits for its recipient: a darkness of the station does not count against it.
        var isWaiting: Bool { status == .stored || status == .received }

        /// Until when the station has it in its books, so that what comes again goes on alike at both; `nil` while it is there.
        ///
        /// - Parameter time: of the last event, milliseconds since 1970.
        func until(_ time: Int64) -> Int64? {
            let day: Int64 = 86_400_000
            switch status {
            case .collected: return time + Limits.collectedParcelDays * day
            case .expected, .lost, .missing: return time + Limits.expectedParcelDays * day
            // What left with a run goes with the next day in China.
            case .returned: return time + day - (time + 8 * 3_600_000) % day
            case .inParts, .received, .stored, .withAgent, .refused, .retrieved: return nil
            }
        }
    }

    /// What the station has in its books now: not what a lost journal took from it, until that is back.
    static func find(_ db: Database, station: String, waybill: Waybill) throws -> Entry? {
        let text = try SQLRequest<String>(
            sql: "SELECT entry FROM hold WHERE station = ? AND waybill = ? AND NOT lost",
            arguments: [station, waybill.rawValue],
            cached: true
        ).fetchOne(db)
        return try text.map { try CanonicalJSON.decode(Entry.self, from: Array($0.utf8)) }
    }

    /// Of the parcel that a clerk means: of what comes in parts the first part that waits. A number that the station has not
    /// heard of yet is one of the family, whose entry counts whatever its status.
    static func meant(_ db: Database, station: String, by number: Waybill) throws -> Entry? {
        let own = try find(db, station: station, waybill: ParcelBook.name(db, station: station, of: number))
        guard own == nil || own?.status == .expected else { return own }
        let family = try ParcelBook.family(db, station: station, of: number)
        let entries = try family.compactMap { try find(db, station: station, waybill: $0) }
        return entries.first(where: \.isWaiting) ?? own ?? entries.first
    }

    /// What of the station's darkness is not reckoned yet.
    static func reckoning(_ db: Database, station: String) throws -> DarkReckoning {
        let text = try SQLRequest<String>(
            sql: "SELECT reckoning FROM darkness WHERE station = ?",
            arguments: [station],
            cached: true
        ).fetchOne(db)
        return try text.map { try CanonicalJSON.decode(DarkReckoning.self, from: Array($0.utf8)) } ?? DarkReckoning()
    }

    static func keep(_ db: Database, station: String, _ reckoning: DarkReckoning) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO darkness (station, reckoning) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET reckoning = ?2
                """
        ).execute(arguments: [station, text(reckoning)])
    }

    /// Takes the next event of a station, oldest first.
    ///
    /// - Parameter time: when it happened, or came where no clock could say, milliseconds since 1970.
    static func take(
        _ db: Database,
        station: String,
        _ event: Event,
        at moment: Moment,
        on time: Int64,
        _ reckoning: inout DarkReckoning
    ) throws {
        switch event {
        case .stationJournalReplaced(let fact) where fact.leavesNothing:
            try lose(db, station: station)
            reckoning = DarkReckoning()
        case .stationBooksRecovered(let fact) where fact.incarnation == nil:
            try comeBack(db, station: station, fact, at: moment, on: time)
        default: break
        }
        if let darkness = reckoning.take(event, at: moment) {
            try pause(db, station: station, for: darkness, on: time)
        }
        if case .parcelJoined(let fact) = event { return try join(db, station: station, fact, on: time) }
        guard let waybill = event.parcelWaybill else { return }
        // What the station has forgotten is another parcel.
        try forget(db, station: station, on: time)
        let before = try find(db, station: station, waybill: waybill) ?? announced(db, station: station, event)
        // Announced once more it is waited for anew, though nothing else of it changes.
        guard let after = Self.entry(before, after: event, at: moment), after != before || after.until(time) != nil
        else {
            // What the station has written about since its loss does not come back to it.
            try db.cachedStatement(sql: "DELETE FROM hold WHERE station = ? AND waybill = ? AND lost")
                .execute(arguments: [station, waybill.rawValue])
            return
        }
        try save(db, station: station, waybill: waybill, after, on: time)
    }

    /// The station knows none of its parcels. What comes back to it has none of the pauses before: of the lines that it gets
    /// from here it folds in those about a parcel alone.
    private static func lose(_ db: Database, station: String) throws {
        let rows = try SQLRequest<Row>(
            sql: "SELECT waybill, entry FROM hold WHERE station = ?",
            arguments: [station],
            cached: true
        ).fetchAll(db)
        let update = try db.cachedStatement(
            sql: "UPDATE hold SET entry = ?, lost = 1 WHERE station = ? AND waybill = ?"
        )
        for row in rows {
            let (waybill, json): (String, String) = (row[0], row[1])
            var entry = try CanonicalJSON.decode(Entry.self, from: Array(json.utf8))
            (entry.hold.paused, entry.hold.grace) = (nil, nil)
            try update.execute(arguments: [text(entry), station, waybill])
        }
    }

    /// The station has back what it has not written about since. The time in which it did not know it pauses the hold.
    private static func comeBack(
        _ db: Database,
        station: String,
        _ fact: BooksRecovered,
        at moment: Moment,
        on time: Int64
    ) throws {
        let back = try SQLRequest<Row>(
            sql: "SELECT waybill, entry FROM hold WHERE station = ? AND lost",
            arguments: [station],
            cached: true
        ).fetchAll(db)
        try db.cachedStatement(sql: "UPDATE hold SET lost = 0 WHERE station = ? AND lost").execute(arguments: [station])
        guard let since = fact.darkSince, let darkness = fact.darkness(at: moment) else { return }
        for row in back {
            let json: String = row[1]
            var entry = try CanonicalJSON.decode(Entry.self, from: Array(json.utf8))
            guard entry.status == .stored, entry.hold.began.map({ $0 <= since }) == true else { continue }
            entry.hold.pause(for: darkness)
            try save(db, station: station, waybill: Waybill(rawValue: row[0]), entry, on: time)
        }
    }

    private static func forget(_ db: Database, station: String, on time: Int64) throws {
        try db.cachedStatement(sql: "DELETE FROM hold WHERE station = ? AND until <= ?")
            .execute(arguments: [station, time])
    }

    /// What was announced of a part that comes in (子件).
    private static func announced(_ db: Database, station: String, _ event: Event) throws -> Entry? {
        guard case .parcelReceived(let fact) = event, fact.codeOf != nil, let stem = ChildParcel(fact.waybill)?.stem,
            let parent = try find(db, station: station, waybill: ParcelBook.name(db, station: station, of: stem))
        else { return nil }
        return Entry(
            status: .expected,
            announced: parent.announced,
            chilled: parent.chilled,
            lastFour: parent.lastFour
        )
    }

    /// Two numbers are one parcel: what lies at the station goes on, with what was announced of it under the other.
    private static func join(_ db: Database, station: String, _ fact: ParcelJoined, on time: Int64) throws {
        let both = try [fact.waybill, fact.formerly].compactMap { try find(db, station: station, waybill: $0) }
        let living = both.filter { ![.collected, .returned, .lost].contains($0.status) }
        let here = living.first { $0.status != .expected && $0.status != .missing && $0.status != .inParts }
        guard var entry = here ?? living.first else { return }
        if !entry.announced, let other = living.first(where: \.announced) {
            (entry.announced, entry.chilled) = (true, other.chilled)
        }
        entry.lastFour = entry.lastFour ?? living.compactMap(\.lastFour).first
        try db.cachedStatement(sql: "DELETE FROM hold WHERE station = ? AND waybill = ?").execute(arguments: [
            station, fact.formerly.rawValue,
        ])
        try save(db, station: station, waybill: fact.waybill, entry, on: time)
    }

    private static func pause(_ db: Database, station: String, for darkness: Darkness, on time: Int64) throws {
        let rows = try SQLRequest<Row>(
            sql: "SELECT waybill, entry FROM hold WHERE station = ? AND waits AND NOT lost",
            arguments: [station],
            cached: true
        ).fetchAll(db)
        for row in rows {
            let json: String = row[1]
            var entry = try CanonicalJSON.decode(Entry.self, from: Array(json.utf8))
            entry.hold.pause(for: darkness)
            try save(db, station: station, waybill: Waybill(rawValue: row[0]), entry, on: time)
        }
    }

    private static func save(
        _ db: Database,
        station: String,
        waybill: Waybill,
        _ entry: Entry,
        on time: Int64
    ) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO hold (station, waybill, waits, entry, until) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET waits = ?3, entry = ?4, until = ?5, lost = 0
                """
        ).execute(arguments: [
            station, waybill.rawValue, entry.isWaiting && entry.hold.began != nil, text(entry),
            entry.until(time),
        ])
    }

    private static func text(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    }

    /// What an event makes of a parcel, as in the station's own books; `nil` when those say nothing of it.
    private static func entry(_ before: Entry?, after event: Event, at moment: Moment) -> Entry? {
        var entry = before ?? Entry(status: .expected)
        switch event {
        case .parcelExpected(let fact):
            if fact.late != true { entry = Entry(status: .expected) }
            if !entry.announced { entry.chilled = fact.entry.chilled }
            entry.announced = true
            entry.lastFour = entry.lastFour ?? Parcel.lastFour(of: fact.entry.phoneMasked)
        case .parcelContactGiven(let fact):
            guard before != nil else { return nil }
            entry.lastFour = Parcel.lastFour(of: fact.phoneMasked)
        case .parcelReceived(let fact):
            if before == nil { entry.announced = fact.announced }
            // What comes back begins anew.
            if entry.status != .expected, entry.status != .stored { entry.hold = Hold() }
            entry.status = .received
            if fact.how != .move { entry.isKeptCold = nil }
        case .parcelStored(let fact):
            entry.status = .stored
            entry.isKeptCold = fact.chilled ?? entry.isKeptCold
        case .parcelRelocated(let fact):
            entry.status = .stored
            entry.isKeptCold = fact.chilled ?? entry.isKeptCold
        case .parcelHandedToAgent: entry.status = .withAgent
        case .parcelCollected: entry.status = .collected
        case .parcelRefused: entry.status = .refused
        case .parcelRetrieved: entry.status = .retrieved
        case .parcelReturned: entry.status = .returned
        case .parcelLost: entry.status = .lost
        case .auditDifference(let fact):
            // What has left, or is lost, is not looked for: a shipment may have its number.
            guard fact.finding == .missing, let before, before.status != .returned, before.status != .lost else {
                return nil
            }
            entry.status = .missing
        default:
            guard before != nil else { return nil }
            entry.hold.take(event, at: moment)
        }
        return entry
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
