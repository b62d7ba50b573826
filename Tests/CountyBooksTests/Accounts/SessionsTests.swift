import CountyBooks
import StoreContracts
import SyncWire
import Testing

/// The number of a form that a page of the session shows.
private func open(_ sessions: inout Sessions, _ token: String) throws -> String {
    let number = sessions.openForm(token: token)
    return try #require(number)
}

@Suite("Sessions")
struct SessionsTests {
    private let minute: Int64 = 60_000
    private let hour: Int64 = 3_600_000

    /// What a token is good for, in one word.
    private func look(_ sessions: inout Sessions, _ token: String, _ time: Int64, _ account: Account?) -> String {
        switch sessions.use(token, at: time, account: { $0 == account?.name ? account : nil }) {
        case .valid: "valid"
        case .expired: "expired"
        case .unknown: "unknown"
        }
    }

    @Test("a token of 32 random bytes opens its session and no other does")
    func begin() throws {
        let account = try Office.account("li", .clerk)
        var sessions = Sessions()
        let token = sessions.begin(account, at: Office.time, entropy: Office.entropy())
        #expect(token.count == 64)
        guard
            case .valid(let session, let found, let csrf) = sessions.use(
                token,
                at: Office.time,
                account: { _ in account }
            )
        else {
            Issue.record("the session is not valid")
            return
        }
        #expect(session.account == "li" && session.version == 1 && session.created == Office.time)
        #expect(found == account)
        #expect(csrf == Sessions.csrf(of: token))
        #expect(look(&sessions, String(token.dropLast()) + "!", Office.time, account) == "unknown")
        #expect(look(&sessions, "", Office.time, account) == "unknown")
    }

    @Test("it is over after 30 minutes without use, and after 12 hours whatever is done")
    func times() throws {
        let account = try Office.account("li", .clerk)
        var sessions = Sessions()
        let idle = sessions.begin(account, at: Office.time, entropy: Office.entropy(1))
        #expect(look(&sessions, idle, Office.time + 30 * minute, account) == "valid")
        #expect(look(&sessions, idle, Office.time + 60 * minute, account) == "valid")
        #expect(look(&sessions, idle, Office.time + 90 * minute + 1, account) == "expired")
        #expect(look(&sessions, idle, Office.time + 90 * minute + 1, account) == "unknown")
        let busy = sessions.begin(account, at: Office.time, entropy: Office.entropy(2))
        for step in 1...48 {
            #expect(look(&sessions, busy, Office.time + Int64(step) * 15 * minute, account) == "valid")
        }
        #expect(look(&sessions, busy, Office.time + 12 * hour + 1, account) == "expired")
    }

    @Test("a clock that goes back a little ends nothing, one that goes back far ends the session")
    func setBack() throws {
        let account = try Office.account("li", .clerk)
        var sessions = Sessions()
        let token = sessions.begin(account, at: Office.time, entropy: Office.entropy())
        #expect(look(&sessions, token, Office.time - minute, account) == "valid")
        #expect(look(&sessions, token, Office.time - Office.day, account) == "expired")
    }

    @Test("it is over when the account changed, was switched off or is gone")
    func versions() throws {
        let account = try Office.account("li", .clerk)
        var changed = account
        changed.version = 2
        var disabled = account
        disabled.disabled = Office.time
        for after in [changed, disabled, nil] {
            var sessions = Sessions()
            let token = sessions.begin(account, at: Office.time, entropy: Office.entropy())
            #expect(look(&sessions, token, Office.time, account) == "valid")
            #expect(look(&sessions, token, Office.time, after) == "expired")
            #expect(look(&sessions, token, Office.time, account) == "unknown")
        }
    }

    @Test("sessions end one by one, or all of an account")
    func end() throws {
        let (li, wang) = (try Office.account("li", .clerk), try Office.account("wang", .admin))
        var sessions = Sessions()
        let entropy = Office.entropy()
        let tokens = [li, li, wang].map { sessions.begin($0, at: Office.time, entropy: entropy) }
        #expect(Set(tokens).count == 3)
        #expect(sessions.end(token: tokens[0]) == "li")
        #expect(sessions.end(token: tokens[0]) == nil)
        #expect(sessions.count(of: "li") == 1)
        sessions.end(account: "li")
        #expect(look(&sessions, tokens[1], Office.time, li) == "unknown")
        #expect(look(&sessions, tokens[2], Office.time, wang) == "valid")
    }

    @Test("an account has 8 sessions, all together 4,096: those used longest ago end")
    func bounded() throws {
        let li = try Office.account("li", .clerk)
        var sessions = Sessions()
        let entropy = Office.entropy()
        let tokens = (0..<9).map { sessions.begin(li, at: Office.time + Int64($0), entropy: entropy) }
        #expect(sessions.count == 8)
        #expect(look(&sessions, tokens[0], Office.time + 10, li) == "unknown")
        #expect(look(&sessions, tokens[1], Office.time + 10, li) == "valid")
        _ = sessions.begin(li, at: Office.time + 11, entropy: entropy)
        #expect(look(&sessions, tokens[1], Office.time + 12, li) == "valid")
        #expect(look(&sessions, tokens[2], Office.time + 12, li) == "unknown")
        for number in 0..<600 {
            let other = try Office.account("other\(number)", .clerk)
            for _ in 0..<7 { _ = sessions.begin(other, at: Office.time + 13, entropy: entropy) }
        }
        #expect(sessions.count == CountyBooksLimits.sessionsMax)
        #expect(look(&sessions, tokens[1], Office.time + 14, li) == "unknown")
    }

    @Test("what is kept holds no token, and goes on when it is read again")
    func kept() throws {
        let account = try Office.account("li", .clerk)
        var sessions = Sessions()
        let token = sessions.begin(account, at: Office.time, entropy: Office.entropy())
        let form = try open(&sessions, token)
        #expect(sessions.sendForm(form, token: token) == .first)
        let bytes = try CanonicalJSON.encode(sessions)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("li") && !text.contains(token) && !text.contains(Sessions.csrf(of: token)))
        var read = try CanonicalJSON.decode(Sessions.self, from: bytes)
        #expect(look(&read, token, Office.time, account) == "valid")
        #expect(read.sendForm(form, token: token) == .again(outcome: nil))
    }

    @Test("a form carries the token of its own session")
    func csrf() {
        let (one, other) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
        let csrf = Sessions.csrf(of: one)
        #expect(csrf.count == 64 && csrf != one)
        #expect(Sessions.isGenuine(csrf: csrf, token: one))
        #expect(!Sessions.isGenuine(csrf: csrf, token: other))
        #expect(!Sessions.isGenuine(csrf: "", token: one))
        #expect(!Sessions.isGenuine(csrf: String(csrf.dropLast()), token: one))
        #expect(!Sessions.isGenuine(csrf: csrf + "0", token: one))
        #expect(!Sessions.isGenuine(csrf: one, token: one))
    }
}

@Suite("Forms that are sent")
struct FormTests {
    private func session() throws -> (Sessions, String) {
        var sessions = Sessions()
        let token = sessions.begin(try Office.account("li", .clerk), at: Office.time, entropy: Office.entropy())
        return (sessions, token)
    }

    @Test("a form is done once; sent again it leads where it led")
    func twice() throws {
        var (sessions, token) = try session()
        let form = try open(&sessions, token)
        #expect(sessions.sendForm(form, token: token) == .first)
        #expect(sessions.sendForm(form, token: token) == .again(outcome: nil))
        sessions.settleForm(form, token: token, outcome: "/report/2026-10")
        #expect(sessions.sendForm(form, token: token) == .again(outcome: "/report/2026-10"))
        let next = try open(&sessions, token)
        #expect(next != form)
        #expect(sessions.sendForm(next, token: token) == .first)
    }

    @Test(
        "a number that no page gave out is old",
        arguments: ["", "0", "-1", "2", "01", "+1", "1 ", "１", "99999999999999999999"]
    )
    func forged(number: String) throws {
        var (sessions, token) = try session()
        #expect(sessions.openForm(token: token) == "1")
        #expect(sessions.sendForm(number, token: token) == .old)
        #expect(sessions.sendForm("1", token: token) == .first)
    }

    @Test("however many are sent, none is done twice, and memory is bounded")
    func many() throws {
        var (sessions, token) = try session()
        let waiting = try open(&sessions, token)
        var forms: [String] = []
        for _ in 0..<500 { forms.append(try open(&sessions, token)) }
        for form in forms.reversed() {
            #expect([.first, .old].contains(sessions.sendForm(form, token: token)))
        }
        for form in forms { #expect(sessions.sendForm(form, token: token) != .first) }
        #expect(sessions.sendForm(waiting, token: token) == .old)
        let fresh = try open(&sessions, token)
        #expect(sessions.sendForm(fresh, token: token) == .first)
        #expect(try CanonicalJSON.encode(sessions).count < 4_096)
    }

    @Test("a form that waits in a window is done although others were sent meanwhile")
    func waiting() throws {
        var (sessions, token) = try session()
        let waiting = try open(&sessions, token)
        for _ in 0..<CountyBooksLimits.sentFormsMax {
            let form = try open(&sessions, token)
            #expect(sessions.sendForm(form, token: token) == .first)
        }
        #expect(sessions.sendForm(waiting, token: token) == .first)
        #expect(sessions.sendForm(waiting, token: token) != .first)
    }

    @Test("a session that is over takes no form")
    func over() throws {
        var (sessions, token) = try session()
        let form = try open(&sessions, token)
        sessions.end(token: token)
        #expect(sessions.openForm(token: token) == nil)
        #expect(sessions.sendForm(form, token: token) == .old)
    }
}
