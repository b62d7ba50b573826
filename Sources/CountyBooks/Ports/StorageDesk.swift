import LockerDomain

/// Tells what the county's files take of the disk. Calls block and throw `CountyFault`; safe from any task.
public protocol StorageDesk: Sendable {
    /// The files as they are now.
    ///
    /// - Parameter since: milliseconds since 1970 from which `StorageState.recentEvents` are counted.
    func storage(since: Int64) throws -> StorageState
}

/// What the county's files take of the disk (存储空间).
public struct StorageState: Sendable, Hashable {
    /// Bytes of the stored events, registers, accounts and closed periods, with what SQLite keeps beside its file.
    public var countyBytes: Int64
    /// Bytes of the derived books; 0 where they are not made yet.
    public var booksBytes: Int64
    /// Bytes that the disk has left for the server.
    public var freeBytes: Int64
    /// Events that are stored.
    public var events: Int64
    /// When the first of them came, milliseconds since 1970; `nil` where there is none.
    public var firstReceived: Int64?
    /// Events that came since the moment that was asked for.
    public var recentEvents: Int64

    public init(
        countyBytes: Int64,
        booksBytes: Int64,
        freeBytes: Int64,
        events: Int64,
        firstReceived: Int64?,
        recentEvents: Int64
    ) {
        (self.countyBytes, self.booksBytes, self.freeBytes) = (countyBytes, booksBytes, freeBytes)
        (self.events, self.firstReceived, self.recentEvents) = (events, firstReceived, recentEvents)
    }

    /// Bytes of both files for one event; `nil` before there is one.
    public var bytesAnEvent: Int64? { events > 0 ? (countyBytes + booksBytes) / events : nil }

    /// Bytes a day at the pace of the last days; `nil` while the county is too young to tell.
    ///
    /// - Parameter now: the county's clock, milliseconds since 1970.
    public func bytesADay(now: Int64) -> Int64? {
        guard let bytesAnEvent, let days = daysSeen(now: now) else { return nil }
        return recentEvents * bytesAnEvent / days
    }

    /// Number of the day on which the disk is full at that pace, counted from 1970-01-01 in Asia/Shanghai; `nil` while nobody
    /// can tell, or for longer than `CountyBooksLimits.storageYearsMax`.
    public func fullDay(now: Int64) -> Int64? {
        guard let pace = bytesADay(now: now), pace > 0 else { return nil }
        let days = freeBytes / pace
        guard days <= CountyBooksLimits.storageYearsMax * Self.yearDays else { return nil }
        return ReportPeriod.day(ofWall: now) + days
    }

    /// Days over which `recentEvents` came; `nil` where they are too few.
    private func daysSeen(now: Int64) -> Int64? {
        guard let firstReceived else { return nil }
        let days = min((now - firstReceived) / Self.day, CountyBooksLimits.storagePaceDays)
        return days >= CountyBooksLimits.storagePaceDaysMin ? days : nil
    }

    /// The moment from which `recentEvents` are to be counted.
    public static func paceBegins(now: Int64) -> Int64 { now - CountyBooksLimits.storagePaceDays * day }

    private static let day: Int64 = 86_400_000
    private static let yearDays: Int64 = 365
}
