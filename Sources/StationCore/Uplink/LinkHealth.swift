public import LockerDomain

/// What is wrong with the link, since when and how often. Each kind of call has its own: a link may pass small bodies
/// and no large ones. Pure.
public struct LinkHealth: Sendable, Hashable {
    private var troubles: [LinkTrouble.Call: LinkTrouble] = [:]
    /// Calls that took no connection then, while another has had one since: nothing to send anybody out for.
    private var disproved: Set<LinkTrouble.Call> = []

    public init() {}

    /// One more failure in a row. `uptime`: milliseconds since the boot.
    public mutating func failed(_ call: LinkTrouble.Call, _ fault: LinkFault, at uptime: Int64) {
        var trouble = troubles[call] ?? LinkTrouble(call: call, fault: fault, since: uptime, tries: 0)
        trouble.fault = fault
        trouble.tries += 1
        troubles[call] = trouble
        disproved.remove(call)
    }

    public mutating func succeeded(_ call: LinkTrouble.Call) {
        troubles[call] = nil
        disproved.remove(call)
    }

    /// The county's address took a connection. A call that waits for its answer, or for its pause to end, says so late.
    public mutating func connected() {
        disproved.formUnion(troubles.values.filter(\.fault.tookNoConnection).map(\.call))
    }

    /// Failures of a call in a row.
    public func tries(_ call: LinkTrouble.Call) -> Int { troubles[call]?.tries ?? 0 }

    /// Whether a call fails for a cause that may be over once another call gets through.
    public func mayBeOver(_ call: LinkTrouble.Call) -> Bool {
        troubles[call].map { !$0.fault.isWishOfTheCounty } ?? false
    }

    /// What people are shown: events first, since they are what must arrive.
    public var shown: LinkTrouble? { allShown.first }

    /// All that people are shown, the most important first: a call that is refused must not hide behind another one.
    public var allShown: [LinkTrouble] {
        LinkTrouble.Call.allCases.filter { !disproved.contains($0) }.compactMap { troubles[$0] }
    }

    /// The most failures in a row of those calls that are always tried again.
    public var failuresInARow: Int { max(tries(.events), tries(.commands)) }
}
