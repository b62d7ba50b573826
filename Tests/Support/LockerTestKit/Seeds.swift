import FoundationEssentials

/// Seeds of random tests: one from `LOCKER_SEED` to repeat a failure, else fixed ones and a fresh one that is printed.
public enum Seeds {
    /// The seeds 1 to `fixed` and a fresh one, or the one to repeat.
    public static func all(fixed: Int) -> [UInt64] {
        if let text = ProcessInfo.processInfo.environment["LOCKER_SEED"], let seed = UInt64(text) { return [seed] }
        let fresh = UInt64.random(in: 0...UInt64(UInt32.max))
        print("fresh seed \(fresh); repeat with LOCKER_SEED=\(fresh)")
        return (1...UInt64(fixed)).map { $0 } + [fresh]
    }
}
