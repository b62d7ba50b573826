import LockerDomain
import StationBooks

extension Station {
    /// A bounce is answered and counted; its event comes when the row ends.
    mutating func bounced(_ text: String, from source: TextSource) {
        count(of: source.device) { $0.counted += 1 }
        answer(.doubled)
    }

    /// Writes a rejection, or counts it when the same was written often enough: a label before a scanner would fill the
    /// journal. Only what no other event of this input came before.
    mutating func record(_ fact: ScanRejected) {
        guard let key = scanRow, fact.reason.isIdle, decision.events.isEmpty else { return emit(.scanRejected(fact)) }
        let isSame = rows(of: fact.device).contains {
            $0.key == key.key && $0.rejected == fact && $0.written >= Limits.equalRejectionsMax
        }
        if isSame { return count(of: fact.device) { $0.counted += 1 } }
        count(of: fact.device) { row in
            row.written = row.rejected == fact ? row.written + 1 : 1
            row.rejected = fact
        }
        emit(.scanRejected(fact))
    }

    /// What had an effect ends the rows of its device.
    mutating func endRows(of device: String) {
        let isIdle = decision.events.allSatisfy {
            if case .scanRejected(let fact) = $0 { fact.reason.isIdle } else { false }
        }
        guard !isIdle, let rows = scanRows.removeValue(forKey: device) else { return }
        for row in rows where row.counted > 0 { emit(.scanRejected(row.event(of: device))) }
    }

    /// Writes what was counted so far; the rows go on.
    mutating func writeRows() {
        for device in scanRows.keys.sorted() {
            for index in rows(of: device).indices {
                guard let row = scanRows[device]?[index], row.counted > 0 else { continue }
                emit(.scanRejected(row.event(of: device)))
                scanRows[device]?[index].counted = 0
            }
        }
    }

    /// Scans that were answered and have no event yet.
    package var countedScans: Int { scanRows.values.reduce(0) { $1.reduce($0) { $0 + $1.counted } } }

    private func rows(of device: String) -> [ScanRow] { scanRows[device] ?? [] }

    /// Changes the row of the text that is being read; the one read longest ago makes room for a new one.
    private mutating func count(of device: String, _ change: (inout ScanRow) -> Void) {
        guard let key = scanRow else { return }
        let isQuiet = !scanRows.values.contains { $0.contains { $0.counted > 0 } }
        var rows = rows(of: device)
        var row = key
        if let index = rows.firstIndex(where: { $0.key == key.key }) {
            row = rows.remove(at: index)
        } else if rows.count >= Limits.repeatedTextsMax {
            let oldest = rows.removeFirst()
            if oldest.counted > 0 { emit(.scanRejected(oldest.event(of: device))) }
        }
        change(&row)
        scanRows[device] = rows + [row]
        if isQuiet, row.counted > 0 { act(.timer(.repeats, afterMilliseconds: Limits.repeatsMilliseconds)) }
    }
}
