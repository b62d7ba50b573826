import LockerDomain
import StationPorts
import SyncWire
import Synchronization

/// Hands the token of an enrolment sheet (入网单) from the scanner to the one call that waits for it. Safe from any thread.
final class SheetScans: Sendable {
    private struct State: Sendable {
        /// Of the call that waits.
        var bell: Bell?
        var token: String?
        /// Uptime at which the token that was handed over last was in front of the scanner.
        var readAt: Int64?
    }

    private static let prefix = "vle1."

    private static let word: AnswerWord = {
        var word = AnswerWord("入网单")
        word.en = "enrolment sheet"
        return word
    }()

    private let state = Mutex(State())

    /// What a scan holds of a token, whole or not; `nil` for any other text.
    static func token(in scan: String) -> String? {
        let text = (try? ScanText(scan))?.text ?? scan
        return text.prefix(prefix.count).lowercased() == prefix ? text : nil
    }

    /// Begins to wait; `end` is to follow.
    /// - Throws: when somebody waits already.
    func begin(_ clock: any ClockPort) throws(ControlFault) -> Bell {
        let bell = Bell(clock)
        let isFirst = state.withLock { state in
            guard state.bell == nil else { return false }
            (state.bell, state.token) = (bell, nil)
            return true
        }
        guard isFirst else {
            throw ControlFault(
                .unavailable,
                "somebody else waits for an enrolment sheet at this station (已有人在等待扫描入网单): "
                    + "end that lockerctl, or wait two minutes (请先结束另一个，或稍等两分钟)"
            )
        }
        return bell
    }

    /// Ends to wait; returns the token that was read meanwhile.
    func end() -> String? {
        state.withLock { state in
            defer { (state.bell, state.token) = (nil, nil) }
            return state.token
        }
    }

    /// Whoever waits has no more to wait for.
    func stop() {
        guard let bell = state.withLock({ $0.bell }) else { return }
        Task { await bell.notify() }
    }

    /// Hands a token to the call that waits; returns what the person at the scanner is told.
    func take(_ token: String, at uptime: Int64) -> Answer {
        let (answer, bell) = state.withLock { state -> (Answer, Bell?) in
            if let bell = state.bell, state.token == nil {
                guard EnrolmentToken(token) != nil else { return (Answer(.unreadable), nil) }
                (state.token, state.readAt) = (token, uptime)
                return (Answer(.noted, Self.word), bell)
            }
            // A scanner that reads by itself reads a sheet again and again.
            guard let readAt = state.readAt, uptime - readAt < Limits.duplicateScanMilliseconds else {
                return (Answer(.enrolmentSheet), nil)
            }
            state.readAt = uptime
            return (Answer(.doubled, Self.word), nil)
        }
        if let bell { Task { await bell.notify() } }
        return answer
    }
}
