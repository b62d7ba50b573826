import CountyBooks
import LockerDomain
import Synchronization

/// Who is logged in, the waits of the log-in, and pages that are shown once. They live in memory alone: a full disk ends no
/// session, and a restart ends them all.
final class SessionKeeper: Sendable {
    private struct Waiting {
        let page: Page
        let token: String
        let until: Int64
    }

    private struct State {
        var sessions = Sessions()
        var throttle = LoginThrottle()
        var waiting: [String: Waiting] = [:]
    }

    private static let keyBytes = 16

    private let state = Mutex(State())

    // MARK: Sessions

    func use(_ token: String, at now: Int64, among book: AccountBook) -> Sessions.Lookup {
        state.withLock { $0.sessions.use(token, at: now, account: book.account) }
    }

    /// - Returns: the new session's token.
    func begin(_ account: Account, at now: Int64, entropy: (Int) -> [UInt8]) -> String {
        state.withLock { $0.sessions.begin(account, at: now, entropy: entropy) }
    }

    func end(token: String) { state.withLock { _ = $0.sessions.end(token: token) } }
    func end(account: String) { state.withLock { $0.sessions.end(account: account) } }

    // MARK: Forms

    func openForm(token: String) -> String? { state.withLock { $0.sessions.openForm(token: token) } }

    func sendForm(_ number: String, token: String) -> FormUse {
        state.withLock { $0.sessions.sendForm(number, token: token) }
    }

    func settleForm(_ number: String, token: String, outcome: String) {
        state.withLock { $0.sessions.settleForm(number, token: token, outcome: outcome) }
    }

    // MARK: Log-in

    /// Milliseconds to wait; 0 when the password may be looked at.
    func beginLogIn(_ account: String, from address: String, at uptime: Int64) -> Int64 {
        state.withLock { $0.throttle.begin(account: account, from: address, at: uptime) }
    }

    func loggedIn(_ account: String, from address: String, at uptime: Int64) {
        state.withLock { $0.throttle.succeeded(account: account, from: address, at: uptime) }
    }

    // MARK: Pages shown once

    /// Keeps a page for one look of one session.
    ///
    /// - Returns: the last part of its address.
    func park(_ page: Page, for token: String, at now: Int64, entropy: (Int) -> [UInt8]) -> String {
        let key = Hex.encode(entropy(Self.keyBytes))
        state.withLock { state in
            state.waiting = state.waiting.filter { now < $0.value.until }
            if state.waiting.count >= CountyPagesLimits.shownOnceMax {
                let oldest = state.waiting.min { $0.value.until < $1.value.until }?.key
                oldest.map { state.waiting[$0] = nil }
            }
            let until = now + CountyPagesLimits.shownOnceMilliseconds
            state.waiting[key] = Waiting(page: page, token: token, until: until)
        }
        return key
    }

    /// The page, which is gone with it; `nil` when it was seen, is another session's, or waited for too long.
    func takeParked(_ key: String, token: String, at now: Int64) -> Page? {
        state.withLock { state in
            guard let waiting = state.waiting[key], waiting.token == token, now < waiting.until else { return nil }
            state.waiting[key] = nil
            return waiting.page
        }
    }
}
