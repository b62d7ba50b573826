/// All that a technician sees of the clock of a station.
public struct ClockReading: Sendable, Hashable {
    /// What the station works with.
    public var now: Moment
    /// What the kernel's clock shows at the same moment, and what the machine says of it.
    public var kernel: Moment
    /// What NTP shows, whether it is believed or not; `nil` while the machine is not synchronised.
    public var ntp: Int64?
    /// The last confirmed time in the journal, by which expiry is judged; 0 before the first.
    public var trustedTime: Int64
    /// What is wrong.
    public var trouble: ClockTrouble?

    public init(now: Moment, kernel: Moment, ntp: Int64?, trustedTime: Int64, trouble: ClockTrouble?) {
        (self.now, self.kernel, self.ntp) = (now, kernel, ntp)
        (self.trustedTime, self.trouble) = (trustedTime, trouble)
    }
}
