public import LockerDomain

/// Follows the journal page by page, over a change of incarnation, without a gap or a repeat.
public struct EventsCursor: Sendable, Hashable {
    /// What the next page is asked behind; `nil`: from the first event of the present incarnation.
    public private(set) var after: JournalPosition?
    private var highest: JournalPosition?
    private var incarnation: String?

    /// Begins behind a position, or with the present incarnation.
    public init(after: JournalPosition?) {
        self.after = after
        highest = after
    }

    /// Takes a page and returns what is new in it.
    public mutating func take(_ page: EventsReply) -> [EventsReply.EventEntry] {
        defer { incarnation = page.events.isEmpty ? page.incarnation : incarnation ?? page.incarnation }
        guard let last = page.events.last?.position else {
            // Nothing behind the position, and the journal is another one: go on with its first event.
            if let incarnation, incarnation != page.incarnation { after = nil }
            return []
        }
        after = last
        let known = highest
        highest = max(last, known ?? last)
        guard let known else { return page.events }
        return page.events.filter { $0.position > known }
    }
}
