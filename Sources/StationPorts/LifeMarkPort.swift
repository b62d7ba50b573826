public import LockerDomain

/// A sign of life beside the journal: the station was here when it was written.
public struct LifeMark: Sendable, Hashable {
    /// Where the journal ended: a mark behind it is older than its last event.
    public var position: JournalPosition
    public var moment: Moment
    public var bootID: String

    public init(position: JournalPosition, moment: Moment, bootID: String) {
        self.position = position
        self.moment = moment
        self.bootID = bootID
    }
}

/// Keeps the last mark; used by the engine's thread only. A mark may be lost: then the last event is the last sign of life.
public protocol LifeMarkPort: Sendable {
    /// The last mark; `nil` when there is none that can be read.
    func last() -> LifeMark?
    /// Overwrites it, without a sync of its own.
    func keep(_ mark: LifeMark)
}
