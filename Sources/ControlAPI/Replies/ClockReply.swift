public import LockerDomain

/// Reply to `GET /v1/clock` and to `POST /v1/actions/clock`: how the station knows the time.
public struct ClockReply: Sendable, Hashable, Codable {
    /// What the station works with.
    public var time: TimeStamp
    /// How `time` is known.
    public var clock: ClockTrust
    /// What the kernel's clock shows; the station never sets it.
    public var kernel: TimeStamp
    /// How far `time` is ahead of it, milliseconds.
    public var offsetMilliseconds: Int64
    /// What NTP shows, believed or not; absent while the machine is not synchronised.
    public var ntp: TimeStamp?
    /// The last confirmed time, by which expiry is judged; absent before the first.
    public var trustedTime: TimeStamp?
    /// What is wrong, and the mend; absent while all is well.
    public var trouble: String?

    /// A reading of a clock.
    public init(_ reading: ClockReading) {
        time = TimeStamp(reading.now.wall)
        clock = reading.now.clock
        kernel = TimeStamp(reading.kernel.wall)
        offsetMilliseconds = reading.now.wall - reading.kernel.wall
        ntp = reading.ntp.map { TimeStamp($0) }
        trustedTime = reading.trustedTime > 0 ? TimeStamp(reading.trustedTime) : nil
        trouble = reading.trouble?.words
    }
}
