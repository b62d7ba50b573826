import LockerDomain
import StationBooks

/// A code dictated by phone (客服开箱码) opens one door.
enum Support {
    static func open(_ code: String, in turn: inout Turn) {
        guard turn.books.codeLock.remaining(at: turn.now) == 0 else { return Codes.refuseLocked(.code, in: &turn) }
        let requester = turn.session.flatMap { PersonNumber(wire: $0.person) }
        guard let key = turn.credentials?.codeKey,
            let (door, counter) = SupportCode.match(
                code,
                from: turn.books.supportCounter,
                doors: turn.settings.doors.map(\.name),
                requester: requester,
                key: key
            )
        else { return Codes.wrongCode(.noMatch, .wrongCode, in: &turn) }
        guard turn.storage != .failed else { return turn.reject(.storage, .storageFailed) }
        guard turn.books.door(door).cycle == nil else {
            Codes.fail(.code, .doorBusy, in: &turn)
            return turn.answer(.doorBusy, door.rawValue)
        }
        turn.emit(.supportCodeUsed(SupportCodeUsed(counter: counter, door: door, requester: requester?.wire ?? "")))
        Unlocking.unlock(door, for: .support, of: [], by: .support, in: &turn)
        turn.answer(.reopened, door.rawValue)
    }
}
