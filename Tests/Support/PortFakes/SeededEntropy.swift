import LockerTestKit
public import StationPorts
import Synchronization

/// Repeatable randomness.
public final class SeededEntropy: EntropyPort {
    private let random: Mutex<SplitMix>

    public init(seed: UInt64) { random = Mutex(SplitMix(seed: seed)) }

    public func bytes(_ count: Int) -> [UInt8] {
        random.withLock { random in (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
    }
}
