import StationPorts

/// What has to follow so that an erased phone number is in no file any more (DESIGN rule 10).
///
/// A log that begins anew gets its room again, which costs the card that much: once a day.
struct Erasure: Sendable {
    enum Step: Sendable, Hashable {
        case nothing
        /// The log's pages go to the file, over the old ones.
        case writeBack
        /// And the log's own file is emptied.
        case beginAnew
    }

    private var isInLog = false
    /// Wall milliseconds.
    private var begunAnewAt: Int64?

    /// - Parameters:
    ///   - erased: numbers that went just now.
    ///   - wall: milliseconds since 1970.
    mutating func next(erased: Int, at wall: Int64) -> Step {
        if erased > 0 { isInLog = true }
        guard isInLog else { return .nothing }
        if let begunAnewAt, abs(wall - begunAnewAt) < ContactLimits.logAnewMilliseconds {
            return erased > 0 ? .writeBack : .nothing
        }
        return .beginAnew
    }

    mutating func beganAnew(at wall: Int64) { (isInLog, begunAnewAt) = (false, wall) }
}
