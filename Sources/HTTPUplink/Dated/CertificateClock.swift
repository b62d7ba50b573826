public import LockerDomain

/// The clock by which the dates of certificates are judged (DESIGN 4.3).
public enum CertificateClock: Sendable, Hashable {
    /// The machine's clock, which TLS reads itself.
    case machine
    /// The station's own confirmed time in milliseconds since 1970; the machine's clock says another.
    case station(Int64)
    /// No clock is confirmed: the chain and the host name are verified, dates are not.
    case unknown

    /// The clock that a reading of the station's time allows. `lockerd` never sets the machine's clock, so only time that
    /// the machine has from NTP makes its own clock good enough.
    public init(_ now: Moment) {
        switch now.clock {
        case .ntp: self = .machine
        case let clock where clock.isConfirmed: self = .station(now.wall)
        default: self = .unknown
        }
    }
}
