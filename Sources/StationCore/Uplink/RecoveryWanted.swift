package import SyncWire

/// What of its own events a station has lost and asks the county for.
package struct RecoveryWanted: Sendable, Hashable {
    /// The last event that the state shares with the county; `nil` when there is none.
    package var after: EventID?
    /// The last event that came back already.
    package var reached: EventID?
    /// Whether the state holds what the closed journal wrote behind `after`.
    package var holdsTail: Bool
    /// `false`: the station was just enrolled, and asks whether there is anything at all.
    package var isLoss: Bool
    /// Whether the county knew this journal before that: then only what began behind it is another board's.
    package var isKnown: Bool

    package init(after: EventID? = nil, reached: EventID? = nil, holdsTail: Bool, isLoss: Bool, isKnown: Bool) {
        (self.after, self.reached) = (after, reached)
        (self.holdsTail, self.isLoss, self.isKnown) = (holdsTail, isLoss, isKnown)
    }
}
