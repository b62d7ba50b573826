import LockerDomain
import StationBooks

/// Badges of staff, and tokens of recipients and those who fetch for them.
enum Tokens {
    static func read(_ text: String, in turn: inout Turn) {
        let token: Token
        do {
            let keys = turn.credentials
            token = try Token.read(text, countyKey: keys?.countyKey, codeKey: keys?.codeKey)
        } catch .notYetEnrolled {
            turn.emit(.sessionRefused(SessionRefused(reason: .notEnrolled, badge: nil)))
            return turn.answer(.notEnrolled)
        } catch {
            return turn.reject(.badToken, .badgeRefused)
        }
        switch token.kind {
        case .badge: if !Agents.recordAgent(token, in: &turn) { Sessions.open(token, in: &turn) }
        case .pickup, .delegation: Codes.pickUp(byToken: token, in: &turn)
        }
    }

    /// Judged by the trusted time: a clock that fell back to 1970 does not revive an old badge (DESIGN 4.4).
    static func isPast(_ secondsSince1970: UInt32, in turn: borrowing Turn) -> Bool {
        Int64(secondsSince1970) * 1_000 < turn.trustedNow
    }

    /// A badge that a county with a wrong clock made. Only by a confirmed clock: one that stands behind would refuse all.
    static func livesTooLong(_ badge: Token, in turn: borrowing Turn) -> Bool {
        let latest = turn.trustedNow + Limits.badgeAheadDaysMax * 86_400_000
        return turn.now.clock.isConfirmed && Int64(badge.expiry) * 1_000 > latest
    }
}
