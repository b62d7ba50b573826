import CountyBooks
import CountyPages
import Synchronization
import Testing

/// What a person's browser and windows hold while the server is off.
private final class Windows: Sendable {
    private let kept = Mutex<(cookies: [String: String], page: SeenPage?, outcome: String?)>(([:], nil, nil))

    var cookies: [String: String] {
        get { kept.withLock { $0.cookies } }
        set { kept.withLock { $0.cookies = newValue } }
    }

    var page: SeenPage? {
        get { kept.withLock { $0.page } }
        set { kept.withLock { $0.page = newValue } }
    }

    var outcome: String? {
        get { kept.withLock { $0.outcome } }
        set { kept.withLock { $0.outcome = newValue } }
    }
}

@Suite("The server starts again")
struct RestartTests {
    private func filled() throws -> Office {
        let office = Office()
        office.fillRegisters()
        try office.add("boss", Office.rights(.admin))
        try office.add("wang", Office.rights(.clerk))
        return office
    }

    /// One life of the server, with the windows as they were left.
    private func life(
        _ office: Office,
        _ windows: Windows,
        _ work: @Sendable (Browser) async throws -> Void
    ) async throws {
        try await office.serving { browser in
            let reader = browser()
            reader.cookies = windows.cookies
            try await work(reader)
            windows.cookies = reader.cookies
        }
    }

    @Test("who is logged in stays so, as long as half an hour is not over")
    func stays() async throws {
        let (office, windows) = (try filled(), Windows())
        try await life(office, windows) { try await $0.logIn("wang") }
        office.now += CountyBooksLimits.sessionIdleMilliseconds
        try await life(office, windows) { (wang: Browser) async throws in
            #expect(try await wang.get("/today").status == 200)
        }
        office.now += CountyBooksLimits.sessionIdleMilliseconds + 1
        try await life(office, windows) { (wang: Browser) async throws in
            #expect(try await wang.get("/today").status == 303)
        }
    }

    @Test("who logged out, or got another password, is out")
    func out() async throws {
        let (office, windows) = (try filled(), Windows())
        try await life(office, windows) { (wang: Browser) async throws in
            try await wang.logIn("wang")
            let before = wang.cookies
            _ = try await wang.fill("/today", "/logout", [:])
            wang.cookies = before
        }
        #expect(office.accounts.sessions().isEmpty)
        try await life(office, windows) { (wang: Browser) async throws in
            #expect(try await wang.get("/today").status == 303)
        }
    }

    @Test("an account that was switched off meanwhile is out")
    func disabled() async throws {
        let (office, windows) = (try filled(), Windows())
        try await life(office, windows) { try await $0.logIn("wang") }
        let change = try AccountBook(office.accounts.accounts(), cost: Office.cost)
            .disable("wang", version: nil, stamp: AuditStamp(by: .commandLine("root"), time: office.now))
        try office.accounts.save(change)
        try await life(office, windows) { (wang: Browser) async throws in
            #expect(try await wang.get("/today").status == 303)
        }
    }

    @Test("a form that was sent before leads where it led, and one that still stands in a window is done once")
    func forms() async throws {
        let (office, windows) = (try filled(), Windows())
        let typed = ["name": "li", "role": "clerk", "scope": AccountScope.county.text]
        try await life(office, windows) { boss in
            try await boss.logIn("boss")
            let page = try await boss.get("/accounts")
            windows.outcome = try await boss.send(page, "/accounts", typed).location
            windows.page = page
        }
        let outcome = try #require(windows.outcome)
        let page = try #require(windows.page)
        try await life(office, windows) { boss in
            #expect(try await boss.send(page, "/accounts", typed).location == outcome)
            windows.page = try await boss.get("/accounts")
        }
        #expect(office.accounts.log.count { $0.action == .accountAdded && $0.object == "li" } == 1)
        let waiting = try #require(windows.page)
        try await life(office, windows) { boss in
            let sent = try await boss.send(waiting, "/accounts", typed.merging(["name": "zhao"]) { $1 })
            #expect(sent.status == 303 && sent.location != outcome)
        }
        #expect(office.accounts.log.count { $0.action == .accountAdded && $0.object == "zhao" } == 1)
    }

    @Test("while the store takes no write people stay logged in, and once it does a restart finds them")
    func full() async throws {
        let (office, windows) = (try filled(), Windows())
        try await life(office, windows) { (wang: Browser) async throws in
            office.accounts.isFull = true
            office.storeTrouble = Words("磁盘已满。", "The disk is full.")
            #expect(try await wang.logIn("wang").status == 303)
            #expect(try await wang.get("/today").status == 200)
            #expect(office.accounts.sessions().isEmpty)
            office.storeTrouble = nil
            // The disk fills up between the look at it and the write.
            #expect(try await wang.get("/today").status == 200)
            office.accounts.isFull = false
            office.now += CountyBooksLimits.sessionWriteMilliseconds
            #expect(try await wang.get("/today").status == 200)
        }
        try await life(office, windows) { (wang: Browser) async throws in
            #expect(try await wang.get("/today").status == 200)
        }
    }

    @Test("reading pages writes the session once a minute")
    func writes() async throws {
        let (office, windows) = (try filled(), Windows())
        try await life(office, windows) { (wang: Browser) async throws in
            try await wang.logIn("wang")
            let before = office.accounts.sessionWrites
            for _ in 0..<60 {
                office.now += 2_000
                #expect(try await wang.get("/today").status == 200)
            }
            #expect(office.accounts.sessionWrites - before == 2)
        }
    }
}
