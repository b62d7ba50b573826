import LockerDomain

extension LinkReply {
    /// How the link to the county stands.
    public func lines(style: TextStyle) -> [String] {
        var pairs = TextPairs()
        pairs.add("County 县里", county)
        pairs.add("Link 连接", phaseWords, isTrouble: isTrouble)
        pairs.add("Unsent 未上传", waitingWords)
        pairs.add("Acknowledged", acknowledged.description)
        pairs.add("Last answer", lastAnswer?.short ?? "none since the daemon started")
        if let identity {
            pairs.add("Fault 故障", identity.english, isTrouble: true)
            pairs.add("", identity.chinese, isTrouble: true)
        }
        for trouble in [trouble].compactMap(\.self) + (further ?? []) {
            pairs.add("Fault 故障", trouble.english, isTrouble: true)
            pairs.add("", trouble.chinese, isTrouble: true)
            pairs.add("Since 自从", trouble.sinceWords)
        }
        for command in putOff ?? [] { pairs.add("Put off 待办命令", command.words, isTrouble: true) }
        if let reach { pairs.add("Connect 探测", reach.words, isTrouble: trouble != nil && !reach.isAccepting) }
        if let notTheCounty { pairs.add("Answered", notTheCounty, isTrouble: true) }
        return pairs.lines(style: style)
    }

    /// The link in one line of the station's status.
    var summary: String {
        if let identity { return "\(identity.english) (\(identity.chinese)); \(waitingWords)" }
        guard let trouble else { return "\(phaseWords); \(waitingWords)" }
        return "\(trouble.english) (\(trouble.chinese)); \(trouble.sinceWords); \(waitingWords)"
    }

    var isTrouble: Bool { phase == "notEnrolled" || trouble != nil || identity != nil }

    private var waitingWords: String {
        let oldest = oldestUnsentSeconds.map { ", oldest \(DurationText.of(seconds: Int64($0))) old" } ?? ""
        return "\(eventsWaiting) events waiting\(oldest)"
    }

    private var phaseWords: String {
        switch phase {
        case "notEnrolled": "not enrolled: lockerctl enrol TOKEN"
        case "idle": "idle, everything possible is sent"
        case "sending": "sending"
        case "waitingToRetry":
            "waiting" + (retryInMilliseconds.map { ", next try in \(DurationText.of(milliseconds: $0))" } ?? "")
        default: phase
        }
    }
}

extension LinkReply.Trouble {
    /// Since when, and how often.
    var sinceWords: String { "\(since.short), \(tries) \(tries == 1 ? "try" : "tries") (\(call))" }
}

extension LinkReply.PutOffEntry {
    fileprivate var words: String { "\(number) \(type): \(reason); since 自从 \(since.short)" }
}

extension LinkReply.ReachEntry {
    fileprivate var words: String {
        "\(isAccepting ? "accepted (通)" : "not accepted (不通)") at \(lastTry.short); \(tries) tried, "
            + "\(spentBytes / 1_000) of \(budgetBytes / 1_000) kB this month"
    }
}
