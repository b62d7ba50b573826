/// One kind of thing that happens at a station: a sort of people or a sort of trouble. A new flow brings its own.
protocol Piece: Sendable {
    /// Puts what happens on a day on the agenda.
    func plan(day: Int, midnight: Int64, in world: World)
}

/// All that happens; a piece of a new flow is one more line here.
enum Pieces {
    static let all: [any Piece] = [
        CountyDesk(), CourierRounds(), RecipientVisits(), KeeperRounds(), Strangers(), RunsBack(), KeeperErrands(),
        AgentRounds(), Senders(), CountyOrders(), Forwarding(),
        PowerTroubles(), ClockTroubles(), DiskTroubles(), LinkTroubles(), DoorTroubles(), DeviceTroubles(),
        BadCards(), MovedCursors(), ClockLeaps(), DarkWeeks(),
    ]
}
