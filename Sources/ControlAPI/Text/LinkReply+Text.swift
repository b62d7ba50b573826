extension LinkReply {
    /// How the link to the county stands.
    public func lines(style: TextStyle) -> [String] {
        var pairs = TextPairs()
        pairs.add("County 县里", county)
        pairs.add("Link 连接", phaseWords, isTrouble: phase == "notEnrolled" || lastFault != nil)
        var waiting = "\(eventsWaiting) events waiting"
        if let oldestUnsentSeconds {
            waiting += ", oldest \(DurationText.of(seconds: Int64(oldestUnsentSeconds))) old"
        }
        pairs.add("Unsent 未上传", waiting)
        pairs.add("Acknowledged", acknowledged.description)
        pairs.add("Last answer", lastAnswer?.short ?? "none since the daemon started")
        if let lastFault { pairs.add("Last fault", lastFault, isTrouble: true) }
        if failuresInARow > 0 { pairs.add("Failures", "\(failuresInARow) in a row") }
        if let notTheCounty {
            pairs.add(
                "Not the county",
                "\(notTheCounty) (a portal or proxy answered: check SIM and APN)",
                isTrouble: true
            )
        }
        return pairs.lines(style: style)
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
