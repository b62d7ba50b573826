import GRDB
import Synchronization

/// Rows of the books that pages ask for again and again, by the mark (`DayMark`) that they belong to. What has not changed
/// since is not read again: a page of three months reads the days that changed since somebody looked last.
///
/// Every answer is of the moment of the database that asks: a slot is used only when the file says the same turn of its mark.
final class MarkCache<Row: Sendable>: Sendable {
    private struct Key: Hashable {
        /// What is read of the mark.
        var name: String
        var mark: Int64
    }

    private struct Slot {
        var turn: Int64
        var rows: [Row]
        var used: Int
    }

    private struct State {
        var identity: Int64?
        var slots: [Key: Slot] = [:]
        var rows = 0
        /// Questions so far.
        var questions = 0
    }

    private let state = Mutex(State())
    private let rowsMax: Int

    /// - Parameter rowsMax: rows that are kept at most; a question for more is not kept at all.
    init(rowsMax: Int) { self.rowsMax = rowsMax }

    /// The rows of all days of a period, day by day.
    ///
    /// - Parameters:
    ///   - name: of what is read.
    ///   - read: reads the rows of one day.
    func rows(
        _ db: Database,
        _ name: String,
        _ days: ClosedRange<Int64>,
        read: (Int64) throws -> [Row]
    ) throws -> [[Row]] {
        let identity = try Int64.fetchOne(db, sql: "SELECT id FROM identity") ?? 0
        let changed = try GRDB.Row.fetchAll(
            db,
            sql: "SELECT mark, turn FROM changed WHERE mark BETWEEN ? AND ? ORDER BY mark",
            arguments: [days.lowerBound, days.upperBound]
        ).map { (mark: $0[0] as Int64, turn: $0[1] as Int64) }
        let known = state.withLock { state in
            if state.identity != identity {
                (state.slots, state.rows, state.identity) = ([:], 0, identity)
            }
            state.questions += 1
            return changed.map { mark, turn -> [Row]? in
                let key = Key(name: name, mark: mark)
                guard let slot = state.slots[key], slot.turn == turn else { return nil }
                state.slots[key]?.used = state.questions
                return slot.rows
            }
        }
        let rows = try zip(changed, known).map { try $1 ?? read($0.mark) }
        guard known.contains(where: { $0 == nil }), rows.reduce(0, { $0 + $1.count }) <= rowsMax else { return rows }
        state.withLock { state in
            guard state.identity == identity else { return }
            for (index, (mark, turn)) in changed.enumerated() where known[index] == nil {
                let key = Key(name: name, mark: mark)
                state.rows += rows[index].count - (state.slots[key]?.rows.count ?? 0)
                state.slots[key] = Slot(turn: turn, rows: rows[index], used: state.questions)
            }
            Self.trim(&state, to: rowsMax)
        }
        return rows
    }

    /// Forgets what was not asked for the longest.
    private static func trim(_ state: inout State, to rowsMax: Int) {
        guard state.rows > rowsMax else { return }
        for (key, slot) in state.slots.sorted(by: { $0.value.used < $1.value.used }) where state.rows > rowsMax {
            state.slots[key] = nil
            state.rows -= slot.rows.count
        }
    }
}
