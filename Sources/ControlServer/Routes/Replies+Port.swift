import ControlAPI
import LockerDomain
import StationBooks
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
