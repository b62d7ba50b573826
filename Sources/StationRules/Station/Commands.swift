import LockerDomain
import StationBooks

/// Commands of the county, their signatures already checked (DESIGN 4.3).
enum Commands {
    /// Why a command is refused for good, in words for the county.
    private struct Refusal: Error { var reason: String }

    static func carryOut(_ command: Command, in turn: inout Turn) {
        switch turn.books.commands.standing(of: command.id, number: command.number) {
        case .open: break
        case .answered: return
        case .passed: return fail(command, CommandFailed.numberPassed, in: &turn)
        }
        let received = CommandReceived(id: command.id, number: command.number, type: command.kind.wireName)
        turn.emit(.commandReceived(received))
        do throws(Refusal) {
            try carryOut(command.kind, in: &turn)
            turn.emit(.commandCompleted(CommandCompleted(id: command.id, number: command.number)))
        } catch {
            fail(command, error.reason, in: &turn)
        }
    }

    private static func fail(_ command: Command, _ reason: String, in turn: inout Turn) {
        turn.emit(.commandFailed(CommandFailed(id: command.id, number: command.number, reason: reason)))
    }

    private static func carryOut(_ kind: Command.Kind, in turn: inout Turn) throws(Refusal) {
        switch kind {
        case .manifest(let id, let entries, let unread):
            if let fault = Manifests.expect(entries, unread, manifest: id, in: &turn) { throw Refusal(reason: fault) }
        case .pins(let verifiers): try take(verifiers, in: &turn)
        case .notices(let notices):
            if let bad = notices.first(where: { !$0.isNamed }) {
                throw Refusal(reason: "the reason for \(bad.waybill) is empty, too long or not one line")
            }
            for notice in notices { Holds.take(notice, in: &turn) }
        case .extendHold(let waybill, let hours):
            let inside = turn.books.parcels.all(meantBy: waybill).filter(\.isInside)
            guard (1...Limits.extensionHoursMax).contains(hours), !inside.isEmpty else {
                throw Refusal(reason: "\(waybill) is not inside, or \(hours) hours are too many")
            }
            for parcel in inside { Holds.extend(of: parcel.waybill, hours: hours, by: "county", in: &turn) }
        case .recall(let waybills): try recall(waybills, in: &turn)
        case .reissue(let waybill, let n):
            guard let parcel = Numbers.codeHolder(of: waybill, in: turn), n > parcel.n, turn.credentials != nil else {
                throw Refusal(reason: "\(waybill) is not inside, or n does not rise")
            }
            Numbers.reissue(parcel, n: n, codeOf: parcel.codeOf, in: &turn)
        case .revokeBadge(let badge):
            turn.emit(.sessionBadgeRevoked(BadgeRevoked(badge: badge)))
            if let session = turn.session, session.badge == badge {
                Sessions.close(session, .revoked, answering: false, in: &turn)
                turn.answer(.badgeRefused)
            }
        case .unsupported(_, let reason): throw Refusal(reason: reason)
        }
    }

    private static func take(_ verifiers: [PINVerifier], in turn: inout Turn) throws(Refusal) {
        guard verifiers.count <= Limits.pinVerifiersMax else { throw Refusal(reason: "too many PIN verifiers") }
        turn.credentials?.pins = Dictionary(verifiers.map { ($0.badge, $0) }) { $1 }
        turn.act(.keepPINs(verifiers))
        turn.emit(.stationConfigChanged(ConfigChanged(item: "pins", by: "county")))
        if let session = turn.session, Sessions.isUntrained(session.badge, as: session.role, in: turn) {
            Sessions.close(session, .revoked, answering: false, in: &turn)
            turn.answer(.untrained)
        }
    }

    /// What lies here is called back all the same; the county hears which of them was not, and may ask again.
    private static func recall(_ waybills: [Waybill], in turn: inout Turn) throws(Refusal) {
        let parcels = turn.books.parcels
        let inside = waybills.map { parcels.all(meantBy: $0).filter(\.isInside) }
        for parcel in inside.flatMap(\.self) { Holds.recall(parcel, in: &turn) }
        guard let other = zip(waybills, inside).first(where: { $0.1.isEmpty })?.0 else { return }
        let count = inside.count { !$0.isEmpty }
        throw Refusal(reason: "\(other) is not inside; recalled \(count) of \(waybills.count)")
    }
}
