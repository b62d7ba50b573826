import ArgumentParser
import LockerDomain

/// What `--set` names.
enum CardSet: Sendable, Hashable, ExpressibleByArgument {
    case all, none
    case group(CardGroup)

    /// Doors and shelf places are asked for by options of their own.
    private static let groups = CardGroup.allCases.filter { $0 != .doors && $0 != .shelf }

    static var allValueStrings: [String] { ["all", "none"] + groups.map(\.rawValue) }

    init?(argument: String) {
        switch argument {
        case "all": self = .all
        case "none": self = .none
        default:
            guard let group = Self.groups.first(where: { $0.rawValue == argument }) else { return nil }
            self = .group(group)
        }
    }

    /// Cards of several sets that are the same at every station. With any group come the cards for everybody: without
    /// END nobody gets out of a session. The survey is answered by digits.
    static func cards(of sets: [CardSet]) -> [Card] {
        if sets.contains(.all) { return Card.fixed }
        let groups = sets.compactMap { set in
            if case .group(let group) = set { group } else { nil }
        }
        let digits: [CardGroup] = groups.contains(.service) && !groups.contains(.digits) ? [.digits] : []
        return groups.isEmpty ? [] : ([.common] + groups + digits).flatMap(\.cards)
    }
}

/// What `--shelf` names: a shelf and how many places it has.
struct ShelfOption: Sendable, Hashable {
    var name: String
    var places: Int

    /// Reads `S1:40`.
    init(_ text: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, let places = Int(parts[1]),
            (1...Limits.shelfPlacesMax).contains(places)
        else {
            throw ValidationError(
                "--shelf \(text) is no shelf: give its name and how many places it has (1 to "
                    + "\(Limits.shelfPlacesMax)), as in station.toml, like S1:40."
            )
        }
        name = parts[0]
        self.places = places
    }

    var cards: [Card] { (1...places).map { .shelf(ShelfPlace(shelf: name, number: $0).rawValue) } }
}

extension Card {
    /// Reads what `--card` names; the prefix may be left out.
    static func option(_ text: String) throws -> Card {
        let isWhole = text.uppercased().hasPrefix(prefix)
        guard let card = Card(text: isWhole ? text : prefix + text) else {
            throw ValidationError("--card \(text) is no command card: give its words, like RUN:0700 or DOOR:A01.")
        }
        return card
    }
}
