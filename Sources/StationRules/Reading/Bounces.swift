import LockerDomain
import StationBooks

/// What scanners read again and again. In memory alone: a crash loses the bounces of `Limits.repeatsMilliseconds` at the
/// most, and nothing else (DESIGN rule 12).
struct ScanRows: Sendable {
    /// By device, the text read longest ago first.
    fileprivate var rows: [String: [ScanRow]] = [:]
    /// By device, what it read last.
    fileprivate var last: [String: LastScan] = [:]

    /// Scans that were answered and have no event yet.
    var countedScans: Int { rows.values.reduce(0) { $1.reduce($0) { $0 + $1.counted } } }

    fileprivate struct LastScan: Sendable {
        var text: String
        /// When it was taken last; bounces do not count.
        var uptime: Int64
        /// Since when it lies before the scanner, and when it was read last.
        var since: Int64
        var last: Int64
    }
}

/// Bounces of one text are one `scan.rejected (doubled)` with a count, and so are equal rejections of it.
enum Bounces {
    /// Whether a scanner read its last text once more. A person who types the same wrong code twice means it.
    static func isBounce(_ text: String, of source: TextSource, in turn: inout Turn) -> Bool {
        guard source.role == .scanner else { return false }
        let uptime = turn.now.uptime
        guard var scan = turn.rows.last[source.device], scan.text == text else {
            turn.rows.last[source.device] = .init(text: text, uptime: uptime, since: uptime, last: uptime)
            return false
        }
        if uptime - scan.last >= Limits.repeatPauseMilliseconds { scan.since = uptime }
        scan.last = uptime
        // Nobody scans one text for ten minutes without a pause: it lies before the scanner.
        let isLying = uptime - scan.since >= Limits.repeatsMilliseconds
        let isBounce = isLying || uptime - scan.uptime < Limits.duplicateScanMilliseconds
        if !isBounce { scan.uptime = uptime }
        turn.rows.last[source.device] = scan
        return isBounce
    }

    /// A bounce is answered and counted; its event comes when the row ends.
    static func count(in turn: inout Turn) {
        change(in: &turn) { $0.counted += 1 }
        turn.answer(.doubled)
    }

    /// Writes a rejection, or counts it when the same was written often enough: a label before a scanner would fill the
    /// journal. Only what no other event of this input came before.
    static func record(_ reason: ScanRejected.Reason, in turn: inout Turn) {
        let scan = turn.scan
        let fact = ScanRejected(reason: reason, device: scan.device, length: scan.length, text: scan.kept)
        guard let key = scan.row, reason.isIdle, turn.events.isEmpty else { return turn.emit(.scanRejected(fact)) }
        let isSame = turn.rows.rows[fact.device, default: []].contains {
            $0.key == key.key && $0.rejected == fact && $0.written >= Limits.equalRejectionsMax
        }
        if isSame { return change(in: &turn) { $0.counted += 1 } }
        change(in: &turn) { row in
            row.written = row.rejected == fact ? row.written + 1 : 1
            row.rejected = fact
        }
        turn.emit(.scanRejected(fact))
    }

    /// What had an effect ends the rows of its device.
    static func endRows(of device: String, in turn: inout Turn) {
        let isIdle = turn.events.allSatisfy {
            if case .scanRejected(let fact) = $0 { fact.reason.isIdle } else { false }
        }
        guard !isIdle, let rows = turn.rows.rows.removeValue(forKey: device) else { return }
        for row in rows where row.counted > 0 { turn.emit(.scanRejected(row.event(of: device))) }
    }

    /// Writes what was counted so far; the rows go on.
    static func writeRows(in turn: inout Turn) {
        for device in turn.rows.rows.keys.sorted() {
            for index in turn.rows.rows[device, default: []].indices {
                guard let row = turn.rows.rows[device]?[index], row.counted > 0 else { continue }
                turn.emit(.scanRejected(row.event(of: device)))
                turn.rows.rows[device]?[index].counted = 0
            }
        }
    }

    /// Changes the row of the text that is being read; the one read longest ago makes room for a new one.
    private static func change(in turn: inout Turn, _ body: (inout ScanRow) -> Void) {
        guard let key = turn.scan.row else { return }
        let device = turn.scan.device
        let isQuiet = !turn.rows.rows.values.contains { $0.contains { $0.counted > 0 } }
        var rows = turn.rows.rows[device, default: []]
        var row = key
        if let index = rows.firstIndex(where: { $0.key == key.key }) {
            row = rows.remove(at: index)
        } else if rows.count >= Limits.repeatedTextsMax {
            let oldest = rows.removeFirst()
            if oldest.counted > 0 { turn.emit(.scanRejected(oldest.event(of: device))) }
        }
        body(&row)
        turn.rows.rows[device] = rows + [row]
        if isQuiet, row.counted > 0 { turn.act(.timer(.repeats, afterMilliseconds: Limits.repeatsMilliseconds)) }
    }
}
