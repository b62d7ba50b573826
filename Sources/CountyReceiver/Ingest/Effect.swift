import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// What the county learns from an event.
enum Effect: Sendable, Equatable {
    case parcelAnnounced(Waybill, n: UInt32, recipientKey: String?)
    case parcel(Waybill, n: UInt32, codeOf: Waybill?, stored: Bool)
    case joined(Waybill, formerly: Waybill, n: UInt32, codeOf: Waybill?)
    case codeReissued(Waybill, n: UInt32, codeOf: Waybill?)
    case parcelMoved(Waybill)
    /// The station knows its recipient by the random key of a phone that was typed there; `nil`: by the county's key.
    case recipientTyped(Waybill, key: String?)
    /// Somebody told the recipient the code.
    case recipientTold(Waybill)
    /// It left the station's care: its code works no longer.
    case parcelClosed(Waybill)
    /// It is not where the station had it.
    case parcelMissing(Waybill)
    case commandReceived(number: Int)
    case command(number: Int, id: String, failure: String?)
    /// The station can never do it under this number.
    case numberPassed(number: Int, id: String)
    case supportUsed(counter: UInt32)
    /// The station may have forgotten what it was told, and counts its support codes from here, when it says where.
    case journalReplaced(supportCounter: UInt32?)

    /// What an event tells the county's books; `nil` for most.
    init?(_ event: Event) {
        switch event {
        case .parcelExpected(let fact):
            // One for another station is announced there; one that came before its manifest stands where it is.
            guard fact.entry.station == nil else { return nil }
            guard fact.late != true else {
                guard fact.entry.recipientKey != nil else { return nil }
                self = .recipientTyped(fact.entry.waybill, key: nil)
                return
            }
            self = .parcelAnnounced(fact.entry.waybill, n: fact.entry.n, recipientKey: fact.entry.recipientKey)
        case .parcelReceived(let fact):
            self = .parcel(fact.waybill, n: fact.n, codeOf: fact.codeOf, stored: false)
        case .parcelStored(let fact): self = .parcel(fact.waybill, n: fact.n, codeOf: fact.codeOf, stored: true)
        case .parcelCodeReissued(let fact): self = .codeReissued(fact.waybill, n: fact.n, codeOf: fact.codeOf)
        case .parcelJoined(let fact):
            self = .joined(fact.waybill, formerly: fact.formerly, n: fact.n, codeOf: fact.codeOf)
        case .parcelNoticed(let fact): self = .recipientTold(fact.waybill)
        case .parcelContactGiven(let fact):
            guard let key = fact.recipientKey else { return nil }
            self = .recipientTyped(fact.waybill, key: key)
        case .parcelRelocated(let fact): self = .parcelMoved(fact.waybill)
        case .parcelCollected(let fact): self = .parcelClosed(fact.waybill)
        case .parcelRetrieved(let fact): self = .parcelClosed(fact.waybill)
        case .parcelReturned(let fact): self = .parcelClosed(fact.waybill)
        case .parcelLost(let fact): self = .parcelClosed(fact.waybill)
        case .auditDifference(let fact):
            // What is found comes in by events of its own.
            guard fact.finding == .missing, let waybill = fact.waybill else { return nil }
            self = .parcelMissing(waybill)
        case .commandReceived(let fact): self = .commandReceived(number: fact.number)
        case .commandCompleted(let fact): self = .command(number: fact.number, id: fact.id, failure: nil)
        case .commandFailed(let fact):
            let isPassed = fact.reason == CommandFailed.numberPassed
            self =
                isPassed
                ? .numberPassed(number: fact.number, id: fact.id)
                : .command(number: fact.number, id: fact.id, failure: fact.reason)
        case .supportCodeUsed(let fact): self = .supportUsed(counter: fact.counter)
        case .stationJournalReplaced(let fact):
            // Only lines are lost: the station knows all that it knew.
            guard fact.stateKept != true else { return nil }
            // A station that says no counter counts from 0 when all was lost, and goes on as before otherwise.
            self = .journalReplaced(supportCounter: fact.supportCounter ?? (fact.reason == .damaged ? 0 : nil))
        default: return nil
        }
    }

    /// - Parameter key: signs commands that get a new number.
    func apply(_ db: Database, station: String, at time: Int64, key: SigningKey) throws {
        switch self {
        case .parcelAnnounced(let waybill, let n, let recipientKey):
            // A line says nothing of the code that was told of another number of the parcel.
            let known = try ParcelBook.find(db, station: station, waybill: waybill)
            let entry = ParcelBook.Entry(
                waybill: waybill,
                n: n,
                state: .announced,
                codeOf: known?.state == .announced ? known?.codeOf : nil,
                recipientKey: recipientKey
            )
            try ParcelBook.set(db, station: station, entry, at: time)
        case .parcel(let waybill, let n, let codeOf, let stored):
            let entry = ParcelBook.Entry(waybill: waybill, n: n, state: stored ? .stored : .announced, codeOf: codeOf)
            try ParcelBook.set(db, station: station, entry, at: time)
        case .joined(let waybill, let formerly, let n, let codeOf):
            let entry = ParcelBook.Entry(waybill: waybill, n: n, state: .announced, codeOf: codeOf)
            try ParcelBook.join(db, station: station, entry, formerly: formerly, at: time)
        case .codeReissued(let waybill, let n, let codeOf):
            let entry = ParcelBook.Entry(waybill: waybill, n: n, state: .stored, codeOf: codeOf)
            try ParcelBook.reissue(db, station: station, entry, at: time)
        case .parcelMoved(let waybill):
            try ParcelBook.move(db, station: station, waybill: waybill, at: time)
        case .recipientTyped(let waybill, let key):
            try ParcelBook.typed(db, station: station, waybill: waybill, key: key)
        case .recipientTold(let waybill):
            try ParcelBook.told(db, station: station, waybill: waybill)
        case .parcelClosed(let waybill):
            try ParcelBook.close(db, station: station, waybill: waybill, at: time)
        case .parcelMissing(let waybill):
            try ParcelBook.miss(db, station: station, waybill: waybill, at: time)
        case .commandReceived(let number): try CommandNumbers.heard(db, station: station, number: number)
        case .command(let number, let id, let failure):
            try CommandNumbers.heard(db, station: station, number: number)
            if try CommandQueue.settle(db, station: station, number: number, id: id, failure: failure, at: time) {
                try ParcelBook.settled(db, station: station, command: number, at: time)
            }
        case .numberPassed(let number, let id):
            try CommandNumbers.heard(db, station: station, number: number)
            // While the station names a number that nobody can have given, every new one would be passed as well, for ever.
            guard try CommandNumbers(db, station: station).strange == nil else { return }
            try CommandQueue.renumber(db, station: station, number: number, id: id, key: key)
        case .supportUsed(let counter): try SupportBook.used(db, station: station, counter: counter)
        case .journalReplaced(let counter):
            if let counter { try SupportBook.restarted(db, station: station, at: counter) }
        }
    }
}
