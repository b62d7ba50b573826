import CountyReceiver
import LockerDomain
import PortFakes
import SQLiteJournal
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Testing

/// A station on a card, with the real county: what was lost at one end comes back from the other.
final class Site {
    let county: KeyedCounty
    let people: People
    private(set) var card: Card
    private(set) var bench: Bench
    private var boots = 1

    static let one: Waybill = "SF7444404156506"
    static let two: Waybill = "YT8962646785389"

    /// Enrolled, and all that was written is at the county.
    init(_ county: KeyedCounty) async throws {
        self.county = county
        people = try People()
        card = try Card()
        bench = try await Bench(people: people, keys: card.keys, enrolled: false, card: card).started()
        try await enrol()
    }

    private func enrol() async throws {
        let token = try county.county.makeEnrolmentToken(station: Bench.station).token.description
        let runner = bench.runner(county)
        try await runner.enrol(token: token, by: "wang")
        await bench.settle()
        try await synced { await !self.bench.state.asksForBooks }
        // The lights of a start are over.
        await bench.advance(3_000)
    }

    /// Runs the uplink until a condition holds and all events are at the county.
    func synced(at location: SourceLocation = #_sourceLocation, until condition: () async -> Bool = { true })
        async throws
    {
        let runner = bench.runner(county)
        let task = Task { await runner.run() }
        let (bench, outbox) = (bench, card.outbox)
        try await eventually("all is at the county", at: location) {
            guard await condition() else { return false }
            let head = await bench.engine.head()
            return try outbox.waiting() == 0 && outbox.acknowledged() == head
        }
        task.cancel()
        await task.value
    }

    /// What was lost is asked of the county until nothing is missing.
    func recovered(at location: SourceLocation = #_sourceLocation) async throws {
        let bench = bench
        try await synced(at: location) { await !bench.state.asksForBooks }
    }

    func deposit(_ waybill: Waybill) async {
        await bench.deposit(waybill)
        await bench.scan("VLK1:END")
    }

    /// The power is cut, something happens to the card, and the station starts again.
    func restarted(
        replaced: JournalReplaced? = nil,
        start: Bool = true,
        _ spoil: (Card) throws -> Void = { _ in }
    ) async throws {
        try spoil(card)
        try await boot(on: card, replaced: replaced, start: start)
    }

    /// Another card is put in; `enrolling` with new keys and a new token.
    func boot(
        on card: Card,
        replaced: JournalReplaced? = nil,
        enrolling: Bool = false,
        start: Bool = true
    ) async throws {
        boots += 1
        let now = bench.clock.now()
        self.card = card
        try card.reopen()
        bench = try Bench(
            people: people,
            keys: card.keys,
            wall: now.wall + 60_000,
            bootID: "boot-\(boots)",
            enrolled: false,
            card: card
        )
        guard start else { return }
        try await bench.started(replaced: replaced)
        if enrolling { try await enrol() } else { await bench.advance(3_000) }
    }

    /// Types the code of a parcel, and shuts the door that it opens.
    func collect(_ waybill: Waybill) async throws -> [Answer.ID] {
        let answers = await bench.type(try bench.realCode(waybill))
        await bench.advance(9_000)
        return answers
    }

    var state: StationState { get async { await bench.state } }

    /// The first event of the newest incarnation.
    func newest() async throws -> JournalReplaced? {
        let start = JournalPosition(generation: await bench.engine.head().generation, sequence: 0)
        guard let line = try card.outbox.lines(after: start, limit: 1, bytes: Limits.eventBytesMax).first,
            case .stationJournalReplaced(let fact) = try EventLine(decoding: line.bytes).event
        else { return nil }
        return fact
    }
}
