import ControlAPI
import LockerDomain
import StationPorts

extension StatusReply {
    init(_ view: StationView, _ link: UplinkStatus) {
        self.init(view)
        self.link = LinkReply(link)
    }
}

extension EventsReply.EventEntry {
    init(_ line: JournalLine) {
        self.init(line.position, bytes: line.bytes, hash: line.hash)
    }
}

extension LinkReply {
    init(_ status: UplinkStatus) {
        self.init(
            phase: status.phase.rawValue,
            county: status.county,
            eventsWaiting: status.eventsWaiting,
            acknowledged: status.acknowledged
        )
        oldestUnsentSeconds = status.oldestUnsentSeconds
        lastAnswer = status.lastAnswer.map { TimeStamp($0) }
        if let trouble = status.trouble, let since = status.troubleSince {
            self.trouble = Trouble(
                call: trouble.call.rawValue,
                trouble.fault,
                since: TimeStamp(since),
                tries: trouble.tries
            )
        }
        retryInMilliseconds = status.retryInMilliseconds
        notTheCounty = status.notTheCounty
        reach = status.reach.map { reach in
            ReachEntry(
                isAccepting: reach.isAccepting,
                tries: reach.tries,
                lastTry: TimeStamp(reach.lastTry),
                spentBytes: reach.spentBytes
            )
        }
    }
}
