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
        case .doubted(let shown, let confirmed):
            "NTP shows \(TimeStamp(shown).short), the last confirmed time is \(TimeStamp(confirmed).short): not used until "
                + "the county says the same or it has stood for 72 h; look at a watch: lockerctl clock set (请核对时间)"
        case .apart(let ntp, let said, .manual):
            "NTP shows \(TimeStamp(ntp).short), a technician set \(TimeStamp(said).short), which counts: check the NTP "
                + "servers of this machine (请检查NTP)"
        case .apart(let ntp, let said, _):
            "NTP shows \(TimeStamp(ntp).short), the county says \(TimeStamp(said).short): the earlier counts; check the NTP "
                + "servers of this machine, and ask the county to look at its clock (请检查NTP)"
        case .neverConfirmed:
            "no time was ever confirmed here: enrol the station, or let it reach an NTP server (时间从未确认，请登记或接通NTP)"
        case .stepped:
            "somebody set it without NTP: nothing falls due until NTP or the county confirms the time (时间未确认)"
        case .estimated:
            "the time is not confirmed since this start: nothing falls due until NTP or the county confirms it "
                + "(时间未确认)"
        case .unconfirmed(let days):
            "nobody has confirmed the time for \(days) days: check the link and NTP (请检查网络和NTP)"
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
            case .doubted: ("NTP时间可疑，未采用", "NTP time is doubtful")
            case .apart(_, _, .manual): ("NTP与人工时间不符", "NTP disagrees with the set time")
            case .apart: ("NTP与县里时间不符", "NTP and county disagree")
            case .neverConfirmed: ("时间从未确认", "No time was ever confirmed")
            case .stepped, .estimated: ("时间未确认", "Time is not confirmed")
            case .unconfirmed(let days): ("时间\(days)天未确认", "Not confirmed for \(days) days")
            }
    }
}
