import LockerDomain
import SyncWire

/// The county's clock as clerks and programs see it.
public struct ClockState: Sendable, Hashable, Codable {
    /// Milliseconds since 1970, by the machine.
    public var wall: Int64
    /// Why it is in doubt; empty when it is not.
    public var doubts: [ClockDoubt]
    /// Whether the kernel says that NTP keeps it.
    public var isSynchronised: Bool
    /// Stations that reported the time of their NTP within the hour, and those of them that agree.
    public var stationsReporting: Int
    public var stationsAgreeing: Int
    /// Whether more than half of them know another time; also while NTP or a clerk vouches for the county's own.
    public var stationsDiffer: Bool
    /// The last time that nothing spoke against, milliseconds since 1970; it goes on by the boot clock.
    public var lastGood: Int64
    /// Whether phone numbers are erased whose time is over.
    public var mayErase: Bool

    init(_ check: ClockCheck) {
        wall = check.reading.wall
        doubts = check.doubts
        isSynchronised = check.reading.isSynchronised
        (stationsReporting, stationsAgreeing) = (check.reporting, check.agreeing)
        stationsDiffer = check.stationsDiffer
        lastGood = check.lastGood
        mayErase = check.mayErase
    }

    /// Whether the county does nothing now that depends on the time.
    public var isInDoubt: Bool { !doubts.isEmpty }

    /// What a clerk does about it.
    public static let mend =
        "set the clock or the network time (NTP), or if it shows the right time: county-server clock confirm "
        + "请校准时钟；若时间无误请执行 county-server clock confirm"

    /// The reasons in one line.
    public var reason: String { doubts.map(words).joined(separator: "; ") }

    private func words(_ doubt: ClockDoubt) -> String {
        switch doubt {
        case .behind: "it is behind the newest event in the books 早于账中最新记录"
        case .stationsDiffer:
            "\(stationsReporting - stationsAgreeing) of \(stationsReporting) stations know another time by NTP "
                + "多数站点的网络时间与之不符"
        case .leapt: "it leapt by more than a day, last good time \(WireTime.local(lastGood)) 时间跳变超过一天"
        }
    }

    /// What clerks read.
    public var lines: [(name: String, value: String)] {
        let agreeing = "\(stationsAgreeing) of \(stationsReporting) agree"
        var lines = [
            (name: "time 时间", value: WireTime.local(wall)),
            (name: "NTP 网络时间", value: isSynchronised ? "synchronised 已同步" : "not synchronised 未同步"),
            (name: "stations 站点", value: stationsReporting == 0 ? "none reported NTP within the hour 未知" : agreeing),
        ]
        if isInDoubt {
            lines.append((name: "IN DOUBT 时钟存疑", value: reason))
            lines.append((name: "to do 待办", value: Self.mend))
        } else if stationsDiffer {
            lines.append((name: "CHECK 请核对", value: "most stations know another time by NTP 多数站点的网络时间与之不符"))
        }
        if !mayErase {
            let why = "phone numbers are kept until NTP or a station's NTP agrees 网络时间确认前暂不删除电话"
            lines.append((name: "erasing 删除", value: why))
        }
        return lines
    }
}
