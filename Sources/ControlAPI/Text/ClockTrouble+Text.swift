public import LockerDomain

extension ClockTrouble {
    /// What is wrong and what to do, for the status.
    public var words: String {
        switch self {
        case .ahead(let shown, let confirmed):
            "it shows \(TimeStamp(shown).short), more than a year after the last confirmed time "
                + "\(TimeStamp(confirmed).short), and is not used: change its battery (换电池); nothing falls due until "
                + "NTP or the county confirms the time"
        case .behind(let shown, let confirmed):
            "it shows \(TimeStamp(shown).short), before the last confirmed time \(TimeStamp(confirmed).short), and is "
                + "not used: change its battery (换电池); nothing falls due until NTP or the county confirms the time"
        case .neverConfirmed:
            "no time was ever confirmed here: enrol the station, or let it reach an NTP server"
        case .stepped:
            "somebody set it without NTP: nothing falls due until NTP or the county confirms the time"
        case .estimated:
            "the time is not confirmed since this start: nothing falls due until NTP or the county confirms it"
        case .unconfirmed(let days): "nobody has confirmed the time for \(days) days: check the link and NTP"
        }
    }
}

/// The same for the screen, short.
public struct ClockNote: Sendable, Hashable, Codable {
    public var zh: String
    public var en: String

    /// The words of a trouble, at most 50 columns in both languages.
    public init(_ trouble: ClockTrouble) {
        (zh, en) =
            switch trouble {
            case .ahead, .behind: ("时钟不对，请换电池", "Clock wrong: change its battery")
            case .neverConfirmed: ("时间从未确认", "No time was ever confirmed")
            case .stepped, .estimated: ("时间未确认", "Time is not confirmed")
            case .unconfirmed(let days): ("时间\(days)天未确认", "Not confirmed for \(days) days")
            }
    }
}
