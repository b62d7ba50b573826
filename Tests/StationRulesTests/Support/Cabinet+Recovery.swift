import LockerDomain
import StationBooks
import StationRules

extension Cabinet {
    /// The closed journal, of which the county gives back lines.
    static let closedIncarnation = String(repeating: "a", count: 32)

    /// A page of what the county has of the closed journal.
    mutating func getBack(_ lines: some Collection<(event: Event, at: Moment)>) {
        let page = BooksRecovered(
            incarnation: Self.closedIncarnation,
            first: "1",
            last: "9",
            hash: "",
            kept: lines.count,
            digest: ""
        )
        send(.booksRecovered(page, lines.map { RecoveredEvent($0.event, at: $0.at) }))
    }

    /// The county has nothing more.
    mutating func getNoMoreBack() { send(.booksRecovered(BooksRecovered(), [])) }
}
