import FoundationEssentials

@testable import StationSimulation

/// Which days the tests live through. `LOCKER_SEED` repeats one, `LOCKER_DAYS` sets how many.
enum Seeds {
    /// A debug build is about twenty times slower.
    #if DEBUG
    private static let usualDays = 60
    #else
    private static let usualDays = 2_100
    #endif

    static var days: Int { number("LOCKER_DAYS").flatMap { Int(exactly: $0) } ?? usualDays }
    static var fresh: UInt64 { number("LOCKER_SEED") ?? UInt64.random(in: 0...(.max)) }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    /// Seeds that broke something once, one a line; the rest of a line says what.
    static var failed: [UInt64] {
        let path = #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/FailedSeeds.txt"
        guard let data = FileManager.default.contents(atPath: "/" + path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
            .compactMap { $0.split(separator: " ").first.flatMap { UInt64($0) } }
    }
}
