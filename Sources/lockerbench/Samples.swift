/// Durations in nanoseconds, exact percentiles.
struct Samples {
    private var nanoseconds: [Int64] = []

    mutating func time<Value>(_ body: () throws -> Value) rethrows -> Value {
        let clock = ContinuousClock()
        let start = clock.now
        let value = try body()
        add(start.duration(to: clock.now))
        return value
    }

    mutating func add(_ duration: Duration) {
        nanoseconds.append(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000
        )
    }

    var count: Int { nanoseconds.count }

    /// Microseconds at a quantile, 0 … 1.
    func micros(_ quantile: Double) -> Double {
        let sorted = nanoseconds.sorted()
        guard !sorted.isEmpty else { return 0 }
        return Double(sorted[min(sorted.count - 1, Int(quantile * Double(sorted.count)))]) / 1_000
    }
}

/// Fixed decimals without a formatter.
func text(_ value: Double, _ decimals: Int = 1) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int64((value * scale).rounded())
    guard decimals > 0 else { return String(scaled) }
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
    let digits = String(abs(rest))
    return "\(whole).\(String(repeating: "0", count: decimals - digits.count))\(digits)"
}
