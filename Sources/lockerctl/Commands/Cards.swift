import ArgumentParser
import CardSheet
import ControlAPI
import FoundationEssentials
import LockerDomain

/// `lockerctl cards`
struct Cards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes the printable sheet of command cards (指令卡).",
        discussion: """
            Writes A4 pages cards-1.svg, cards-2.svg, …; print them at 100 %, laminate them, cut along the grey lines. \
            Needs no station, but for --doors. --json lists the cards and writes nothing.
            """
    )

    /// How pages are written.
    enum Format: String, ExpressibleByArgument, CaseIterable { case svg }

    @Option(help: ArgumentHelp("Folder for the pages; made if it is not there.", valueName: "dir"))
    var out = "."

    @Option(name: .customLong("set"), help: "Cards of one group, with those for everybody; may be repeated.")
    var sets: [CardSet] = []

    @Flag(help: "Also a card for each door of the station.")
    var doors = false

    @Option(
        help: ArgumentHelp("Also cards for a shelf's places, like S1:40; may be repeated.", valueName: "name:places"),
        transform: ShelfOption.init
    )
    var shelf: [ShelfOption] = []

    @Option(
        name: .customLong("card"),
        help: ArgumentHelp("Also this card, like RUN:0700; may be repeated.", valueName: "words"),
        transform: Card.option
    )
    var extra: [Card] = []

    @Option(help: "Form of the pages.")
    var format = Format.svg

    @Flag(help: "Overwrite the pages of an earlier sheet.")
    var force = false

    @OptionGroup var options: SocketOptions

    func validate() throws {
        guard !out.isEmpty else { throw ValidationError("--out is empty: name a folder, or leave it out.") }
        if sets.contains(.group(.runs)), !extra.contains(where: { $0.group == .runs }) {
            throw ValidationError("Cards of runs carry a name: give them with --card, like RUN:0700 and HANDOVER:0700.")
        }
        guard doors || !offline.isEmpty else {
            throw ValidationError("Nothing to print: leave --set none out, or add --doors, --shelf or --card.")
        }
    }

    func run() async throws {
        try await Console.reporting {
            let sections = CardSheet.sections(offline + (try await doorCards()))
            guard !options.json else { return try list(sections) }
            let documents: [String]
            do throws(SheetFault) {
                documents = try CardSheet(sections.flatMap(\.cards)).documents
            } catch {
                throw CommandFailure.refused(error.message)
            }
            let files = SheetFiles(folder: out, isForced: force)
            try files.write(documents)
            let count = sections.map(\.cards.count).reduce(0, +)
            try Console.write(lines: [
                "\(count) cards on \(documents.count) pages: \(files.path(1)) to \(files.path(documents.count))",
                "Print on A4 at 100 % (按 100 % 打印), without scaling.",
            ])
        }
    }

    /// What needs no station.
    private var offline: [Card] {
        CardSet.cards(of: sets.isEmpty ? [.all] : sets) + extra + shelf.flatMap(\.cards)
    }

    private func doorCards() async throws -> [Card] {
        guard doors else { return [] }
        var cards: [Card] = []
        try await options.ask { client in
            let reply = try await client.send(.get(ControlPath.doors), as: DoorsReply.self)
            cards = reply.value.doors.map { .door($0.name) }
        }
        guard !cards.isEmpty else {
            throw CommandFailure.refused("the station has no doors in its station.toml: leave --doors out")
        }
        return cards
    }

    private func list(_ sections: [(group: CardGroup, cards: [Card])]) throws {
        let entries = sections.flatMap { section in
            section.cards.map {
                CardEntry(text: $0.text, zh: $0.caption.zh, en: $0.caption.en, group: section.group)
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try Console.write(Array(try encoder.encode(CardList(cards: entries))) + [0x0A])
    }
}

/// What `--json` prints.
private struct CardList: Encodable {
    var cards: [CardEntry]
}

private struct CardEntry: Encodable {
    var text: String
    var zh: String
    var en: String
    var group: CardGroup
}
