import CountyBooks
import LockerDomain
import Logging
import Synchronization

/// Who is logged in, the waits of the log-in, and pages that are shown once.
///
/// Sessions are kept in the store of accounts, so that a restart logs nobody out. While that store takes no write they go on
/// in memory, so that a full disk logs nobody out either; the others live in memory alone.
final class SessionKeeper: Sendable {
    private struct Waiting {
        let page: Page
        let token: String
        let until: Int64
    }

    private struct State {
        var sessions = Sessions()
        /// Whether the sessions of the store are among them.
        var isWhole = false
        var throttle = LoginThrottle()
        var waiting: [String: Waiting] = [:]
    }

    private static let keyBytes = 16

    private let state = Mutex(State())
    /// Taken before `state` by whoever reads or writes the store, so that what is written last is the newest. When the store
    /// failed last, milliseconds since 1970.
    private let failed = Mutex<Int64?>(nil)
    private let store: any AccountStore
    private let takesWrites: @Sendable () -> Bool
    private let logger: Logger

    init(keptIn store: any AccountStore, takesWrites: @escaping @Sendable () -> Bool, logger: Logger) {
        (self.store, self.takesWrites, self.logger) = (store, takesWrites, logger)
    }

    // MARK: Sessions

    func use(_ token: String, at now: Int64, among book: AccountBook) -> Sessions.Lookup {
        change(at: now) { $0.use(token, at: now, account: book.account) }
    }

    /// - Returns: the new session's token.
    func begin(_ account: Account, at now: Int64, entropy: (Int) -> [UInt8]) -> String {
        change(at: now) { $0.begin(account, at: now, entropy: entropy) }
    }

    func end(token: String, at now: Int64) { change(at: now) { _ = $0.end(token: token) } }
    func end(account: String, at now: Int64) { change(at: now) { $0.end(account: account) } }

    // MARK: Forms

    func openForm(token: String) -> String? { state.withLock { $0.sessions.openForm(token: token) } }

    func sendForm(_ number: String, token: String, at now: Int64) -> FormUse {
        change(at: now) { $0.sendForm(number, token: token) }
    }

    func settleForm(_ number: String, token: String, outcome: String, at now: Int64) {
        change(at: now) { $0.settleForm(number, token: token, outcome: outcome) }
    }

    // MARK: Store

    /// Changes the sessions; what the store has to know of it stands there afterwards, if it takes a write.
    private func change<Value>(at now: Int64, _ body: (inout Sessions) -> Value) -> Value {
        read(at: now)
        let value = state.withLock { body(&$0.sessions) }
        write(at: now)
        return value
    }

    private func read(at now: Int64) {
        guard !state.withLock({ $0.isWhole }) else { return }
        failed.withLock { failed in
            guard !state.withLock({ $0.isWhole }), mayTry(after: failed, at: now) else { return }
            do {
                let kept = try store.sessions()
                state.withLock { state in
                    state.sessions.restore(kept, at: now)
                    state.isWhole = true
                }
            } catch {
                failed = now
                logger.error("the sessions that were kept are not read: \(error)")
            }
        }
    }

    private func write(at now: Int64) {
        guard state.withLock({ $0.sessions.hasUnwritten }) else { return }
        failed.withLock { failed in
            let change = state.withLock { $0.sessions.unwritten }
            guard !change.isEmpty, mayTry(after: failed, at: now), takesWrites() else { return }
            do {
                try store.keep(change)
                state.withLock { $0.sessions.wrote(change) }
                failed = nil
            } catch {
                failed = now
                logger.error("sessions are not kept over a restart: \(error)")
            }
        }
    }

    /// A store that failed is left alone for a while: pages must not wait for it one by one.
    private func mayTry(after failed: Int64?, at now: Int64) -> Bool {
        failed.map { abs(now - $0) >= CountyBooksLimits.sessionWriteMilliseconds } ?? true
    }

    // MARK: Log-in

    /// Milliseconds to wait; 0 when the password may be looked at.
    func beginLogIn(_ account: String, from address: String, at uptime: Int64) -> Int64 {
        state.withLock { $0.throttle.begin(account: account, from: address, at: uptime) }
    }

    /// The same without a try.
    func logInWait(_ account: String, from address: String, at uptime: Int64) -> Int64 {
        state.withLock { $0.throttle.wait(account: account, from: address, at: uptime) }
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

    /// Whether a page waits for this session, which it goes on doing.
    func isParked(_ key: String, token: String, at now: Int64) -> Bool {
        state.withLock { $0.waiting[key].map { $0.token == token && now < $0.until } ?? false }
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
