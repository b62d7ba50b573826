import LockerDomain
import StationBooks

/// One input while it is decided: all that a flow may look at, and all that it may change. Only ``Station`` has one, and
/// opens it for one call of ``Station/decide(_:at:)``; it lies in the station, since to move the books in and out costs as
/// much as a tenth of a decision.
///
/// Flows are static functions that take a turn. What they share is here and nowhere else; twelve methods are the limit.
struct Turn: Sendable {
    let site: Site
    /// The moment of the input.
    private(set) var now = Moment(wall: 0, uptime: 0, clock: .none)
    /// What is read in this turn, as `scan.rejected` records it.
    var scan = ScanRecord.none
    private(set) var events: [Event] = []
    private(set) var actions: [Action] = []

    /// Changed by ``emit(_:)`` and ``recover(_:)`` alone (tidy test).
    var books: StationState
    var credentials: Credentials?
    var storage: Storage
    var codes: CodeIndex
    private(set) var shelves: ShelfMap
    // What follows is in memory alone: it is lost with the power, and people ask again.
    var questions = Questions()
    var recent = Recent()
    var rows = ScanRows()
    /// Probes in a row that a camera did not answer.
    var cameraMisses: [CameraName: Int] = [:]

    /// Of a station as its journal left it.
    init(_ site: Site, _ books: StationState, _ credentials: Credentials?, _ storage: Storage) {
        self.site = site
        self.books = books
        self.credentials = credentials
        self.storage = storage
        codes = credentials.map { CodeIndex(books, key: $0.codeKey) } ?? CodeIndex()
        shelves = ShelfMap(site.settings.shelfPlaces, books.parcels)
    }

    mutating func begin(at now: Moment) {
        self.now = now
        scan = .none
    }

    /// What was decided since the beginning.
    mutating func end() -> Decision {
        defer { (events, actions) = ([], []) }
        return Decision(events: events, actions: actions)
    }

    // MARK: What flows change

    /// Writes an event. The books take it in by the code that replays the journal.
    mutating func emit(_ event: Event) {
        let waybill = event.placedWaybill
        let before = waybill.flatMap { books.parcels.place(of: $0) }
        if let forgotten = books.apply(event, at: now) { codes.forget(forgotten) }
        events.append(event)
        if let key = credentials?.codeKey { codes.take(event, books, key: key) }
        questions.follow(event)
        guard let waybill else { return }
        let after = books.parcels.place(of: waybill)
        if before != after { updateShelf(at: before) }
        updateShelf(at: after)
    }

    private mutating func updateShelf(at place: Place?) {
        guard let place, case .shelf(let shelf) = place else { return }
        shelves.update(shelf, isTaken: books.parcels.isTaken(place))
    }

    mutating func answer(_ id: Answer.ID, _ word: String = "") { act(.answer(Answer(id, word))) }

    mutating func answer(_ id: Answer.ID, _ word: AnswerWord) { act(.answer(Answer(id, word))) }

    mutating func act(_ action: Action) { actions.append(action) }

    /// The scan has no effect but its answer: it is on record all the same (DESIGN rule 12).
    mutating func reject(_ reason: ScanRejected.Reason, _ id: Answer.ID, _ word: String = "") {
        reject(reason, id, AnswerWord(word))
    }

    mutating func reject(_ reason: ScanRejected.Reason, _ id: Answer.ID, _ word: AnswerWord) {
        Bounces.record(reason, in: &self)
        answer(id, word)
    }

    /// Makes what follows from the books and the keys anew.
    mutating func reindex() {
        if let key = credentials?.codeKey { codes = CodeIndex(books, key: key) }
        shelves = ShelfMap(site.settings.shelfPlaces, books.parcels)
    }

    /// Folds in the lines that the county gave back beside `station.booksRecovered`.
    mutating func recover(_ lines: [RecoveredEvent]) {
        books.recover(lines)
        reindex()
    }
}

/// Short names for what nearly every flow asks.
extension Turn {
    var settings: StationSettings { site.settings }

    var session: Session? { books.session }

    /// Whether this input has been answered.
    var isAnswered: Bool { actions.contains { if case .answer = $0 { true } else { false } } }

    /// The time by which expiry is judged: a clock that fell back to 1970 does not revive an old badge (DESIGN 4.4).
    var trustedNow: Int64 { now.clock.isConfirmed ? max(now.wall, books.trustedTime) : books.trustedTime }
}

/// What the configuration says, in the form in which flows look it up; fixed while the daemon runs.
final class Site: Sendable {
    let settings: StationSettings
    let doors: [DoorName: DoorSettings]
    /// The doors in the order in which a parcel takes them.
    let doorsByCost: [DoorSettings]
    let hasChilledDoors: Bool
    let checkPIN: Station.PINCheck

    init(_ settings: StationSettings, checkPIN: @escaping Station.PINCheck) {
        self.settings = settings
        self.checkPIN = checkPIN
        doors = Dictionary(settings.doors.map { ($0.name, $0) }) { $1 }
        doorsByCost = DoorChoice.byCost(settings.doors)
        hasChilledDoors = settings.doors.contains(where: \.chilled)
    }
}
