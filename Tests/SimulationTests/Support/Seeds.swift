import FoundationEssentials
import Simulator

/// Which days the tests live through: those of `LOCKER_SEED`; else those of `LOCKER_TREE`, which `make test` sets to the
/// tree of the commit; else of a random seed. It is printed. `LOCKER_DAYS` sets how many.
enum Seeds {
    /// A debug build is about twenty times slower.
    #if DEBUG
    private static let usualDays = 60
    #else
    private static let usualDays = 1_500
    #endif

    static var days: Int { number("LOCKER_DAYS").flatMap { Int(exactly: $0) } ?? usualDays }
    /// New days with every change of the sources: nobody has seen them, and whoever builds the same commit lives through
    /// the same ones.
    static var fresh: UInt64 {
        if let seed = number("LOCKER_SEED") { return seed }
        let tree = ProcessInfo.processInfo.environment["LOCKER_TREE"].flatMap { UInt64($0.prefix(16), radix: 16) }
        return tree ?? UInt64.random(in: 0...(.max))
    }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    /// Seeds that broke something once, one a line; the rest of a line says what.
    static var failed: [UInt64] { lines(of: "FailedSeeds.txt").map(\.seed) }

    /// Worlds that found a mutant once, by its name: looked at first, for most mutants survive many others.
    static let ofMutants = Dictionary(lines(of: "MutantWorlds.txt").map { ($0.rest, $0.seed) }) { $1 }

    private static func lines(of name: String) -> [(seed: UInt64, rest: String)] {
        let path = #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/\(name)"
        guard let data = FileManager.default.contents(atPath: "/" + path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return UInt64(parts[0]).map { ($0, parts.count > 1 ? String(parts[1]) : "") }
        }
    }
}
