/// Makes guessing passwords slow. It knows no accounts: a name that nobody has waits like any other.
///
/// Two rules count, both about wrong tries alone:
///
/// - **An account from an address**: from the fifth try in a row on, behind four wrong ones, each waits: 1 s, then 2 s,
///   up to 5 min. A right one resets it, an hour without a try as well.
/// - **An address**: all its wrong tries together use up a budget of 50, of which one comes back every 5 s. The people
///   of an office or a village share one address, so an address is never locked: it waits 5 s at most between two
///   tries, which is enough against trying one password on many names. Somebody at the same address can use the budget
///   up on purpose; therefore an account that logged in from an address within 30 days waits there for its own wrong
///   tries alone. That difference shows a name only to people at the same address.
///
/// A try is counted as wrong when it begins, so that many at once are not all let through before the first is answered.
/// Memory is bounded: the eighth that was used longest ago is forgotten.
public struct LoginThrottle: Sendable {
    private struct Pair: Hashable {
        let account: String
        let place: String
    }

    private struct Tries {
        var wrong = 0
        /// No try is let through before.
        var next: Int64 = 0
        var last: Int64
        /// Last right try.
        var known: Int64?
    }

    private struct Budget {
        var left = CountyBooksLimits.loginAddressTriesMax
        /// When one of them came back last.
        var filled: Int64
        var last: Int64
    }

    private var pairs: [Pair: Tries] = [:]
    private var budgets: [String: Budget] = [:]

    public init() {}

    /// Pairs and addresses that are remembered.
    package var remembered: (pairs: Int, addresses: Int) { (pairs.count, budgets.count) }

    /// Begins a try.
    ///
    /// - Parameters:
    ///   - account: the name as it was typed.
    ///   - address: of the client, IPv4 or IPv6.
    ///   - now: milliseconds of any clock; one that goes on by uptime is best.
    /// - Returns: 0 when the password may be checked; the try counts as wrong until `succeeded` is called;
    ///   else the milliseconds to wait, and nothing is checked.
    public mutating func begin(account: String, from address: String, at now: Int64) -> Int64 {
        let pair = Pair(account: AccountName.key(account), place: NetworkPlace.of(address))
        var tries = tries(of: pair, at: now)
        var budget = budget(of: pair.place, at: now)
        if now < tries.next {
            // Kept, so that a clock that was set back does not begin the wait anew with each look.
            pairs[pair] = tries
            return tries.next - now
        }
        if budget.left == 0, tries.known == nil {
            budgets[pair.place] = budget
            return max(1, budget.filled + CountyBooksLimits.loginAddressRefillMilliseconds - now)
        }
        tries.wrong += 1
        tries.next = now + Self.wait(after: tries.wrong)
        tries.last = now
        budget.left = max(0, budget.left - 1)
        budget.last = now
        pairs[pair] = tries
        budgets[pair.place] = budget
        forgetOldest()
        return 0
    }

    /// Milliseconds for which no try is let through; 0: the next one is. It counts as no try.
    public func wait(account: String, from address: String, at now: Int64) -> Int64 {
        let pair = Pair(account: AccountName.key(account), place: NetworkPlace.of(address))
        let tries = tries(of: pair, at: now)
        if now < tries.next { return tries.next - now }
        let budget = budget(of: pair.place, at: now)
        guard budget.left == 0, tries.known == nil else { return 0 }
        return max(1, budget.filled + CountyBooksLimits.loginAddressRefillMilliseconds - now)
    }

    /// The try that began was right.
    public mutating func succeeded(account: String, from address: String, at now: Int64) {
        let pair = Pair(account: AccountName.key(account), place: NetworkPlace.of(address))
        pairs[pair] = Tries(last: now, known: now)
        if var budget = budgets[pair.place] {
            budget.left = min(CountyBooksLimits.loginAddressTriesMax, budget.left + 1)
            budgets[pair.place] = budget
        }
        forgetOldest()
    }

    /// Milliseconds after so many wrong tries in a row.
    static func wait(after wrong: Int) -> Int64 {
        let doublings = wrong - CountyBooksLimits.loginFreeTriesMax
        guard doublings >= 0 else { return 0 }
        // More doublings than this are over the maximum long since.
        let factor = Int64(1) << min(doublings, 32)
        return min(CountyBooksLimits.loginWaitMilliseconds * factor, CountyBooksLimits.loginWaitMillisecondsMax)
    }

    private func tries(of pair: Pair, at now: Int64) -> Tries {
        guard var tries = pairs[pair] else { return Tries(last: now) }
        if let known = tries.known, now - known > CountyBooksLimits.loginKnownDays * 86_400_000 { tries.known = nil }
        if now - tries.last > CountyBooksLimits.loginForgetMilliseconds { (tries.wrong, tries.next) = (0, 0) }
        // The clock was set back.
        if now < tries.last { tries.next = min(tries.next, now + Self.wait(after: tries.wrong)) }
        tries.last = min(tries.last, now)
        return tries
    }

    private func budget(of place: String, at now: Int64) -> Budget {
        guard var budget = budgets[place] else { return Budget(filled: now, last: now) }
        if now < budget.filled { budget.filled = now }
        let back = (now - budget.filled) / CountyBooksLimits.loginAddressRefillMilliseconds
        if Int64(budget.left) + back >= Int64(CountyBooksLimits.loginAddressTriesMax) {
            (budget.left, budget.filled) = (CountyBooksLimits.loginAddressTriesMax, now)
        } else {
            budget.left += Int(back)
            budget.filled += back * CountyBooksLimits.loginAddressRefillMilliseconds
        }
        return budget
    }

    private mutating func forgetOldest() {
        Self.forgetOldest(&pairs, max: CountyBooksLimits.loginPairsMax, last: \.last)
        Self.forgetOldest(&budgets, max: CountyBooksLimits.loginAddressesMax, last: \.last)
    }

    /// An eighth at once: to sort them for each new one would be work that an attacker orders.
    private static func forgetOldest<Key, Value>(
        _ kept: inout [Key: Value],
        max: Int,
        last: (Value) -> Int64
    ) {
        guard kept.count > max else { return }
        for (key, _) in kept.sorted(by: { last($0.value) < last($1.value) }).prefix(kept.count - max + max / 8) {
            kept[key] = nil
        }
    }
}
