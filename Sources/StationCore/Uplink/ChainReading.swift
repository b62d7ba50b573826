import LockerDomain
package import StationPorts
import SyncWire

/// What of the rows of one incarnation can be relied on. Pure.
///
/// A row is intact when SHA-256(`before` ‖ `bytes`) is its `hash`; it follows when `before` is the hash of the row in
/// front of it. One bad bit in `before` or `hash` is mended when the neighbours prove what stood there; one in `bytes`
/// is not.
///
/// | row 18 | row 19 | row 20 | then |
/// | --- | --- | --- | --- |
/// | intact | bad bytes | intact | 19 is broken |
/// | intact | missing | intact | 19 is broken |
/// | intact | bad hash | intact, its `before` fits the bytes of 19 | 19 is mended |
/// | intact | bad `before` | anything | 19 is mended: the hash of 18 and its own prove it |
/// | intact | intact | its `before` is not the hash of 19 | 19 is broken |
package struct ChainReading: Sendable, Hashable {
    /// A run of lines that follow on each other, or of sequences that cannot be read.
    package enum Part: Sendable, Hashable {
        case lines([JournalLine])
        case broken(ClosedRange<Int>)
    }

    /// In order, without a gap between them.
    package private(set) var parts: [Part] = []
    /// Lines in `parts` whose rows differ: to be put back.
    package private(set) var mended: [JournalLine] = []

    /// - Parameters:
    ///   - rows: of one incarnation, in order, as they are kept.
    ///   - sequence: behind it they should begin.
    ///   - front: hash of the chain there; `nil` when it is not known.
    package init(_ rows: [JournalLine], after sequence: Int, front: [UInt8]?) {
        let rows = Self.inPlace(rows, after: sequence)
        var run: [JournalLine] = []
        var end = sequence
        var hash = sequence == 0 ? Chain.start : front
        for (index, row) in rows.enumerated() {
            if row.position.sequence != end + 1 { hash = nil }
            let next = index + 1 < rows.count ? rows[index + 1] : nil
            guard let line = Self.proven(row, behind: hash, next: next) else {
                hash = nil
                end = row.position.sequence
                continue
            }
            if line != row { mended.append(line) }
            let follows = run.last.map { $0.position.sequence + 1 == line.position.sequence } ?? false
            // What stands in front of a line is what the line says.
            if follows, run[run.count - 1].hash != line.before { run.removeLast() }
            if let last = run.last, last.position.sequence + 1 != line.position.sequence {
                close(&run, after: sequence)
            }
            run.append(line)
            (end, hash) = (line.position.sequence, line.hash)
        }
        close(&run, after: sequence)
        if let last = rows.last?.position.sequence, last > covered(sequence) {
            parts.append(.broken(covered(sequence) + 1...last))
        }
    }

    /// The lines before the first break.
    package var firstRun: [JournalLine]? {
        guard case .lines(let lines)? = parts.first else { return nil }
        return lines
    }

    /// Sequences that cannot be read.
    package var broken: [ClosedRange<Int>] {
        parts.compactMap { if case .broken(let range) = $0 { range } else { nil } }
    }

    private func covered(_ start: Int) -> Int {
        switch parts.last {
        case .lines(let lines)?: lines.last?.position.sequence ?? start
        case .broken(let range)?: range.upperBound
        case nil: start
        }
    }

    private mutating func close(_ run: inout [JournalLine], after start: Int) {
        guard let first = run.first?.position.sequence else { return }
        let end = covered(start)
        if first > end + 1 { parts.append(.broken(end + 1...first - 1)) }
        parts.append(.lines(run))
        run = []
    }

    /// The line of a row, mended where that is proven; `nil` for one that is broken.
    private static func proven(_ row: JournalLine, behind hash: [UInt8]?, next: JournalLine?) -> JournalLine? {
        if row.isIntact { return row.position.sequence > 1 || row.before == Chain.start ? row : nil }
        let follower = next.flatMap { $0.position.sequence == row.position.sequence + 1 && $0.isIntact ? $0 : nil }
        var line = row
        for before in [hash, row.before].compactMap({ $0 }) {
            line.before = before
            line.hash = Chain.next(after: before, bytes: row.bytes)
            // Two witnesses: the hash in front of it, and either its own or what the next line says.
            if line.hash == row.hash || line.hash == follower?.before { return line }
        }
        return nil
    }

    /// Rows that do not follow by number may have had a bad bit in the number: what names another one is left out.
    private static func inPlace(_ rows: [JournalLine], after sequence: Int) -> [JournalLine] {
        var end = sequence
        return rows.filter { row in
            let number = row.position.sequence
            guard number == end + 1 || Self.mayStand(row.bytes, at: number) else { return false }
            end = number
            return true
        }
    }

    private struct Named: Decodable {
        var id: String
    }

    /// Whether a line may stand at a sequence: `false` when its id names another one.
    package static func mayStand(_ bytes: [UInt8], at sequence: Int) -> Bool {
        guard let id = try? CanonicalJSON.decode(Named.self, from: bytes).id, let slash = id.lastIndex(of: "/"),
            let number = Int(id[id.index(after: slash)...])
        else { return true }
        return number == sequence
    }
}

extension JournalLine {
    /// Whether its hash is that of its bytes behind the hash in front of it.
    package var isIntact: Bool { Chain.next(after: before, bytes: bytes) == hash }
}
