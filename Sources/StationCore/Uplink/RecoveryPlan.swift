package import SyncWire

/// What a station asks the county for after its journal was lost: the events behind its own intact end, the oldest first
/// (DESIGN 4.9). Pure.
package struct RecoveryPlan: Sendable, Equatable {
    /// Events of one incarnation.
    package struct Range: Sendable, Equatable {
        package var incarnation: String
        /// The last number that is not asked for.
        package var after: Int
        /// The last that the county had when it was asked.
        package var last: Int
    }

    package private(set) var ranges: [Range] = []

    /// - Parameters:
    ///   - list: what the county has, the oldest first.
    ///   - after: the last event that the state shares with the county; `nil` when it has none.
    ///   - reached: the last event that came back already.
    ///   - since: incarnations that the state has written itself since.
    package init(_ list: IncarnationList, after: EventID?, reached: EventID?, since: Set<String>) {
        var items = list.incarnations[...]
        if let after {
            // What began before is in the state; of what the county never heard of it has nothing behind.
            guard let index = items.firstIndex(where: { $0.incarnation == after.incarnation }) else { return }
            items = items[index...]
        }
        items = items.filter { !since.contains($0.incarnation) }[...]
        if let reached, let index = items.firstIndex(where: { $0.incarnation == reached.incarnation }) {
            items = items[index...]
        }
        for item in items {
            var from = item.first - 1
            for end in [after, reached] where end?.incarnation == item.incarnation {
                from = max(from, end?.sequence ?? 0)
            }
            guard item.acknowledged > from else { continue }
            ranges.append(Range(incarnation: item.incarnation, after: from, last: item.acknowledged))
        }
    }
}
