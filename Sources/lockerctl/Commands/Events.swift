import ArgumentParser
import ControlAPI
import FoundationEssentials
import LockerDomain

/// `lockerctl events`
struct Events: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The newest events of the journal (日志), oldest first.",
        discussion: "With --json the journalled lines come verbatim, one a line."
    )

    @Flag(help: "Go on with new events until interrupted.")
    var follow = false

    @Option(help: "How many of the newest events; with --after: how many behind it.")
    var limit = 20

    @Option(
        help: ArgumentHelp("Begin behind an event instead.", valueName: "generation.sequence"),
        transform: Self.position
    )
    var after: JournalPosition?

    @OptionGroup var options: SocketOptions

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit is \(limit): give a number from 0.") }
    }

    func run() async throws {
        try await options.ask { client in
            var cursor = EventsCursor(after: try await start(client))
            var rest = limit
            while follow || rest > 0 {
                let most = rest > 0 ? min(rest, ControlLimits.pageEventsMax) : ControlLimits.pageEventsMax
                let page: EventsReply
                do {
                    page = try await client.send(.events(after: cursor.after, limit: most), as: EventsReply.self).value
                } catch let failure as CommandFailure where follow && failure.isUnreachable {
                    // The daemon is restarted or updated: what it wrote meanwhile comes when it is back.
                    try await pause()
                    continue
                }
                let events = cursor.take(page)
                try Console.write(Array(events.map(shown).joined()))
                rest = max(0, rest - events.count)
                guard page.events.isEmpty else { continue }
                guard follow else { return }
                try await pause()
            }
        }
    }

    private static func position(_ text: String) throws -> JournalPosition {
        guard let position = JournalPosition(text) else {
            throw ValidationError("give the generation and the number of an event, like 1.57.")
        }
        return position
    }

    private func pause() async throws {
        try await Task.sleep(for: .milliseconds(ControlLimits.pollMilliseconds))
    }

    /// The position before the newest `limit` events; `nil` when the journal is empty.
    private func start(_ client: ControlClient) async throws -> JournalPosition? {
        if let after { return after }
        let first = try await client.send(.events(after: nil, limit: 1), as: EventsReply.self).value
        guard let generation = first.events.first?.position.generation else { return nil }
        return JournalPosition(generation: generation, sequence: max(0, first.lastSequence - limit))
    }

    private func shown(_ event: EventsReply.EventEntry) -> [UInt8] {
        if options.json { return Array(event.line.utf8) + [0x0A] }
        guard let line = try? JSONDecoder().decode(EventLine.self, from: Data(event.line.utf8)) else {
            return Array(DisplayWidth.clipped("\(event.position) \(event.line.printable)", to: 80).utf8) + [0x0A]
        }
        return Array(line.words(at: event.position).utf8) + [0x0A]
    }
}
