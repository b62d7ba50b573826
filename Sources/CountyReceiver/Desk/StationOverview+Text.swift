import LockerDomain
import SyncWire

extension County.StationOverview {
    /// One figure as clerks read it.
    public typealias Line = (name: String, value: String)

    /// What clerks read. What the books count is of now and says when its newest event came; what the station reported says
    /// at each figure how old the report is: the two stand side by side and may be hours apart.
    ///
    /// - Parameter now: milliseconds since 1970.
    public func lines(now: Int64) -> [Line] {
        func at(_ time: Int64?) -> String {
            time.map { "\(WireTime.local($0)) (\(Age.ago($0, now: now)))" } ?? "never 从未"
        }
        var lines: [Line] = [
            ("enrolled 已注册", enrolled ? "yes" : "no"), ("last contact 最近联系", at(lastContact)),
        ]
        if sharesIdentity {
            let what = "CHECK: two boards use this identity 两块主板共用本站身份"
            lines.append(("identity 身份", "\(what)  switch one off, enrol the other anew 请停用一块，另一块重新登记"))
        }
        if incarnations.isEmpty { lines.append(("events 事件", "unknown 未知")) }
        for chain in incarnations {
            let newest = chain.newest.map { " (newest \(Age.ago($0, now: now)))" } ?? ""
            let counts = "acknowledged \(chain.acknowledged), stored \(chain.stored)"
            let lost = chain.lost.isEmpty ? "" : ", lost 丢失 \(chain.lost.joined(separator: " "))"
            lines.append(("events 事件", "\(chain.id)  \(counts)\(lost)\(newest)"))
        }
        let counted: [Line] = [
            ("quarantined 隔离", "\(quarantined) (now 现在)"),
            ("branches 分叉", "\(branches) (now 现在)" + (branches > 0 ? "  CHECK: chain forked" : "")),
            ("commands 待执行", "\(commandsPending) (now 现在)"),
            ("status 状态", statusReceived.map { "as of \(at($0))" } ?? "unknown 未知"),
        ]
        lines += counted
        lines += commandLines(now: now)
        if !codesChanged.isEmpty {
            let parcels = codesChanged.joined(separator: " ")
            lines.append(("codes changed 取件码已变", "\(parcels) (now 现在)  tell the recipients again 请重新通知"))
        }
        guard let statusReceived else { return lines }
        guard let status else {
            lines.append(("status 状态", "this version cannot read it 此版本无法读取: see --json"))
            return lines
        }
        let age = " (\(Age.ago(statusReceived, now: now)))"
        if missing > 0 {
            lines.append(("missing 缺失", "\(missing) events that the station counts as sent are not here  CHECK 请核对"))
        }
        for line in status.lines { lines.append((line.name, line.value + age)) }
        return lines
    }
}

extension StatusReport {
    fileprivate var lines: [County.StationOverview.Line] {
        func list(_ items: [String]) -> String { items.isEmpty ? "none" : items.joined(separator: ", ") }
        let oldest = oldestUnsentSeconds.map { ", oldest \(Age.text(seconds: Int64($0)))" } ?? ""
        return [
            ("unsent 待上传", "\(eventsWaiting) events\(oldest)"), ("parcels 在柜", "\(parcelsWaiting)"),
            ("doors 格口", doorWords), ("scanners 扫码", list(scanners.map(\.words))),
            ("cameras 摄像", list(cameras.map(\.words))), ("storage 存储", storage.rawValue),
            ("clock 时钟", clockWords), ("version 版本", version),
        ]
    }

    /// Both ends say it when NTP at the station and the time that it goes by are apart.
    private var clockWords: String {
        guard let ntp = ntp.flatMap({ WireTime.milliseconds($0) }), let wall = WireTime.milliseconds(time),
            abs(ntp - wall) > Limits.clocksApartMilliseconds
        else { return clock.rawValue }
        return "\(clock.rawValue) \(WireTime.local(wall)), but NTP there shows \(WireTime.local(ntp)): CHECK NTP 请检查"
    }

    private var doorWords: String {
        let counts = [
            "\(doors.count): \(doors.count { $0.contents == .occupied }) occupied",
            "\(doors.count { $0.contents == .unknown }) contents unknown", "\(doors.count { $0.level == .open }) open",
            "\(doors.count { $0.level == .unknown }) unsensed",
        ]
        let broken = doors.filter { $0.outOfService != nil }.map(\.name.rawValue)
        let out = broken.isEmpty ? "" : "; out of service \(broken.joined(separator: " "))"
        return counts.joined(separator: ", ") + out
    }
}

extension StatusReport.Scanner {
    fileprivate var words: String {
        "\(name) \(attached ? role?.rawValue ?? "attached" : "detached 拔出")" + (fault.map { " (\($0))" } ?? "")
    }
}

extension StatusReport.Camera {
    fileprivate var words: String {
        "\(name) \(online.map { $0 ? "online" : "offline 离线" } ?? "unknown 未知")" + (reason.map { " (\($0))" } ?? "")
    }
}
