import CountyBooks
import CountyPages
import LockerDomain
import Testing

@Suite("The page of storage")
struct StoragePageTests {
    private static let day: Int64 = 86_400_000
    private static let mebibyte: Int64 = 1_048_576

    private static func state(days: Int64, free: Int64, recent: Int64 = 30_000) -> StorageState {
        StorageState(
            countyBytes: 80 * mebibyte,
            booksBytes: 20 * mebibyte,
            freeBytes: free,
            events: 100_000,
            firstReceived: Office.start - days * day,
            recentEvents: recent
        )
    }

    @Test("it says what the files take, the pace of the last 30 days, and on which day the disk is full")
    func full() async throws {
        let office = Office()
        try office.addOfEachRole()
        // 1,000 events a day of 1,048 bytes each: a hundred days' worth is left.
        office.disk.set(Self.state(days: 90, free: 100 * 1_048_000))
        let stamp = AuditStamp(by: .commandLine("root"), time: Office.start - Self.day)
        _ = try office.accounts.append(AuditEntry(stamp, .backupMade, object: "/media/usb/county-1.sqlite"))
        try await office.serving { browser in
            let admin = browser()
            try await admin.logIn("admin")
            let page = try await admin.get("/storage")
            let end = CivilDay(number: PageTime.day(of: Office.start) + 100)
            for text in [
                "80.0 MiB", "20.0 MiB", "100000", "1048", "1023.4 KiB", "\(end)", "/media/usb/county-1.sqlite",
            ] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(page.notices.joined().contains("磁盘将于 \(end) 写满"))
            #expect(page.text.contains("href=\"/storage\""))
            #expect(office.disk.since == Office.start - 30 * Self.day)
        }
    }

    @Test("a county that is too young says unknown, and one with room for a hundred years says so")
    func ends() async throws {
        let office = Office()
        try office.addOfEachRole()
        try await office.serving { browser in
            let inspector = browser()
            try await inspector.logIn("inspector")
            office.disk.set(Self.state(days: 6, free: 1))
            let young = try await inspector.get("/storage")
            #expect(young.text.contains("收到事件不足 7 天") && young.notices.isEmpty)
            office.disk.set(Self.state(days: 90, free: .max / 16, recent: 30))
            #expect(try await inspector.get("/storage").text.contains("&gt; 100"))
        }
    }

    @Test("a quiet county's disk is never full, and an empty one is unknown")
    func quiet() {
        #expect(Self.state(days: 90, free: 1, recent: 0).fullDay(now: Office.start) == nil)
        #expect(Self.state(days: 90, free: 1, recent: 0).bytesADay(now: Office.start) == 0)
        var empty = Self.state(days: 90, free: 1)
        (empty.events, empty.firstReceived) = (0, nil)
        #expect(empty.bytesAnEvent == nil && empty.bytesADay(now: Office.start) == nil)
        // Of ten days what came in them is taken for them, not for thirty.
        #expect(Self.state(days: 10, free: 1, recent: 10_000).bytesADay(now: Office.start) == 1_048_000)
    }
}
