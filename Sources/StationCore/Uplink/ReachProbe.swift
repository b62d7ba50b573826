public import LockerDomain
public import StationPorts

/// Bare connects to the county's address while calls fail: when the next one is due, what they may cost, and when a
/// pause is over because of them. Pure.
///
/// A router's link that is back sends no netlink message, and a county that starts again tells nobody. Only a change
/// from *not accepted* to *accepted* counts: a portal that takes every connection must not shorten a pause.
public struct ReachProbe: Sendable, Hashable {
    /// Whether the address took the last connection, of a probe or a call; `nil` before the first.
    public private(set) var isAccepting: Bool?
    /// Connects tried since the start.
    public private(set) var tries = 0
    /// Uptime of the last one, in milliseconds.
    public private(set) var lastTry: Int64?
    /// Bytes of quick connects counted against the budget of the month.
    public private(set) var spentBytes = 0
    private let start: Int64
    private var monthBegan: Int64
    /// Whether the next connect is within the budget.
    private var isQuick = true

    /// `uptime`: when the daemon started. The budget is kept in memory, so it grows with the days of a run up to that of a
    /// month: a start costs no more than the share of one day.
    public init(at uptime: Int64) { (start, monthBegan) = (uptime, uptime) }

    /// Milliseconds from one connect to the next. `random` is uniform over all of UInt32.
    public mutating func gap(at uptime: Int64, random: UInt32) -> Int64 {
        if uptime - monthBegan >= Limits.reachMonthMilliseconds { (monthBegan, spentBytes) = (uptime, 0) }
        isQuick = Int64(spentBytes + Limits.reachTryBytes) <= budget(at: uptime)
        guard isQuick else { return Limits.reachSlowMilliseconds }
        let spread = 2 * Limits.reachJitterMilliseconds * Int64(random) / Int64(UInt32.max)
        return Limits.reachMilliseconds - Limits.reachJitterMilliseconds + spread
    }

    private func budget(at uptime: Int64) -> Int64 {
        let days = (uptime - start) / Limits.reachDayMilliseconds + 1
        return min(days * Int64(Limits.reachDayBytesMax), Int64(Limits.reachMonthBytesMax))
    }

    /// A connect was tried. `true` when waiting calls should be made now.
    public mutating func tried(_ reach: Reachability, at uptime: Int64) -> Bool {
        tries += 1
        lastTry = uptime
        // Without a route nothing leaves the board; the slow ones are beside the budget.
        if reach != .noRoute, isQuick { spentBytes += Limits.reachTryBytes }
        return observed(accepting: reach == .accepted)
    }

    /// A call failed. It may show that the address takes no connection, and never that it does: what fails ends no pause,
    /// and the next connect must not find that nothing has changed.
    public mutating func failed(_ fault: LinkFault) {
        if fault.tookNoConnection { isAccepting = false }
    }

    /// A connect or a call shows whether the address takes connections. `true` when it does and did not before.
    public mutating func observed(accepting: Bool) -> Bool {
        defer { isAccepting = accepting }
        return accepting && isAccepting == false
    }
}
