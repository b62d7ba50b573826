import LockerDomain
import StationBooks
import StationRules
import Testing

/// What a badge, END, the idle timer and a PIN lead to, whoever is at work.
@Suite("Every session")
struct SessionTableTests {
    /// Rows: who is at work, a plus when the PIN was typed; a badge other than theirs is the inspector's, or the courier's.
    private static let table = """
        .           badgeSame badgeOther end  idle pinRight pinWrong
        nobody      opens     opens      no   .    no       no
        courier     closes    changes    ends ends proves   wrong
        courier+    closes    changes    ends ends proves   wrong
        keeper      closes    changes    ends ends proves   wrong
        keeper+     closes    changes    ends ends proves   wrong
        technician  closes    changes    ends ends proves   wrong
        technician+ closes    changes    ends ends proves   wrong
        inspector   closes    changes    ends ends proves   wrong
        inspector+  closes    changes    ends ends proves   wrong
        agent       closes    changes    ends ends proves   wrong
        agent+      closes    changes    ends ends proves   wrong
        """

    private static let effects: [String: [EventType]] = [
        ".": [], "no": [.scanRejected], "opens": [.sessionOpened], "closes": [.sessionClosed], "ends": [.sessionClosed],
        "changes": [.sessionClosed, .sessionOpened], "proves": [.sessionProven], "wrong": [.scanRejected],
    ]

    private static let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }

    @Test("the table has two rows for each role")
    func complete() {
        let names = ["nobody"] + Role.allCases.flatMap { [$0.rawValue, "\($0.rawValue)+"] }
        #expect(Set(Self.rows.dropFirst().map(\.[0])) == Set(names))
        #expect(Self.rows.count == names.count + 1)
    }

    @Test("each input in each session does what the table says", arguments: rows.dropFirst())
    func inputs(row: [String]) throws {
        let columns = try #require(Self.rows.first)
        try #require(row.count == columns.count)
        let role = Role(rawValue: row[0].filter { $0 != "+" })
        let isProven = row[0].hasSuffix("+")
        var start = Cabinet()
        start.givePINs()
        if let role { start.begin(role, proven: isProven) }
        try #require(start.state.session?.role == role)
        #expect((start.state.session?.proven ?? false) == isProven)
        for (input, word) in zip(columns, row).dropFirst() {
            var cabinet = start
            Self.act(input, role, on: &cabinet)
            #expect(cabinet.types == Self.effects[word], "\(input) of \(row[0])")
            let after = cabinet.state.session
            switch word {
            case "opens", "changes": #expect(after?.role == (input == "badgeSame" ? .keeper : Self.other(role)))
            case "closes", "ends": #expect(after == nil)
            case "proves": #expect(after?.proven == true && after?.id == start.state.session?.id)
            default:
                #expect(after?.id == start.state.session?.id)
                #expect(after?.proven == start.state.session?.proven, "a wrong PIN takes nothing back")
            }
            #expect(cabinet.event(SessionClosed.self)?.reason == Self.reason(input, word), "\(input) of \(row[0])")
            if word == "changes" || word == "opens" { #expect(after?.proven == false, "a PIN is nobody else's") }
        }
    }

    @Test("the third wrong PIN ends the session of any role", arguments: Role.allCases, [true, false])
    func thirdWrongPIN(role: Role, proven: Bool) {
        var cabinet = Cabinet()
        cabinet.givePINs()
        cabinet.begin(role, proven: proven)
        for _ in 1..<Limits.wrongPINsMax { cabinet.type("111111") }
        #expect(cabinet.state.session?.role == role)
        cabinet.type("111111")
        #expect(cabinet.event(SessionClosed.self)?.reason == .wrongPIN)
        #expect(cabinet.state.session == nil)
    }

    private static func other(_ role: Role?) -> Role { role == .inspector ? .courier : .inspector }

    private static func act(_ input: String, _ role: Role?, on cabinet: inout Cabinet) {
        switch input {
        case "badgeSame": cabinet.scan(cabinet.badge(role ?? .keeper))
        case "badgeOther": cabinet.scan(cabinet.badge(other(role)))
        case "end": cabinet.end()
        case "idle":
            cabinet.wait(Limits.sessionIdleMilliseconds)
            cabinet.send(.timer(.sessionIdle(cabinet.state.session?.id ?? 1)))
        case "pinRight": cabinet.type(Cabinet.keeperPIN)
        default: cabinet.type("111111")
        }
    }

    private static func reason(_ input: String, _ word: String) -> SessionClosed.Reason? {
        switch (word, input) {
        case ("ends", "idle"): .idle
        case ("ends", _), ("closes", _): .ended
        case ("changes", _): .otherBadge
        default: nil
        }
    }
}
