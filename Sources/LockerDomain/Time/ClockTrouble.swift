/// What is wrong with the clock of a station (DESIGN 4.8), for the status and the screen.
public enum ClockTrouble: Sendable, Hashable {
    /// It shows a time more than a year ahead of the last confirmed one: not used.
    case ahead(shown: Int64, confirmed: Int64)
    /// It shows a time before the last confirmed one: not used.
    case behind(shown: Int64, confirmed: Int64)
    /// NTP shows a time more than 45 days after the last confirmed one, or more than a day before it: not used until somebody
    /// says the same or it has stood for 72 hours.
    case doubted(shown: Int64, confirmed: Int64)
    /// NTP and the county, or the technician, are more than ten minutes apart.
    case apart(ntp: Int64, said: Int64, by: ClockTrust)
    /// Nobody ever vouched for a time here.
    case neverConfirmed
    /// The wall clock was set in this boot, by nobody who vouches for it.
    case stepped
    /// Restored from a file, or never set; nobody vouches for it in this boot.
    case estimated
    /// A clock with a battery that nobody has confirmed for so many days.
    case unconfirmed(days: Int64)
}
