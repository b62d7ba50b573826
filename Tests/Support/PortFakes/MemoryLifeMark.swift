public import StationPorts
import Synchronization

/// The last mark of life in memory; it outlives the engine of a test.
public final class MemoryLifeMark: LifeMarkPort {
    private let mark = Mutex<LifeMark?>(nil)

    public init() {}

    public func last() -> LifeMark? { mark.withLock { $0 } }
    public func keep(_ mark: LifeMark) { self.mark.withLock { $0 = mark } }
}
