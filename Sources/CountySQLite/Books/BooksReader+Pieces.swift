public import CountyBooks
import FoundationEssentials
import GRDB
public import LockerDomain
import SyncWire

extension BooksReader {
    public func pieces(_ query: PieceQuery) throws -> [PieceOfStation] {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        func need(_ condition: String, _ values: [any DatabaseValueConvertible]) {
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        if let waybill = query.waybill {
            // A number is typed whole, or its last digits are.
            if try hasPiece(waybill) {
                need("(p.waybill = ? OR p.formerly = ?)", [waybill, waybill])
            } else {
                need("p.waybill LIKE ? ESCAPE '\\'", ["%" + Self.escaped(waybill)])
            }
        }
        if let station = query.station { need("s.id = ?", [station]) }
        if let direction = query.direction { need("p.direction = ?", [direction.rawValue]) }
        if let name = query.operatorName {
            let stations = Self.marks(query.operatorStations.count)
            need(
                "(p.operator = ? OR p.operator IN ('', ?) AND s.id IN (\(stations)))",
                [name, Parties.noOperator] + query.operatorStations
            )
        }
        if query.isOverdue { need("p.isAtSite = 1 AND p.overdueAt IS NOT NULL", []) }
        if !query.states.isEmpty {
            // What is at the site has an index, and is little of all pieces.
            if query.states.allSatisfy(\.isAtSite) { need("p.isAtSite = 1", []) }
            need("p.state IN (\(Self.marks(query.states.count)))", query.states.map(\.rawValue))
        }
        if let brands = query.brands { need("p.brand IN (\(Self.marks(brands.count)))", brands) }
        let limit = min(max(query.limit, 0), CountySQLiteLimits.rowsMax)
        return try read { db in
            var found: [PieceOfStation] = []
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT \(PieceRow.columns(of: "p")), s.id FROM piece p JOIN station s ON s.number = p.station
                    \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
                    ORDER BY p.lastEvent DESC LIMIT \(limit)
                    """,
                arguments: arguments
            )
            while let row = try rows.next() {
                guard let piece = PieceRow.read(row) else { continue }
                found.append(PieceOfStation(station: row[PieceRow.count], piece: piece))
            }
            return found
        }
    }

    private func hasPiece(_ waybill: String) throws -> Bool {
        try read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM piece WHERE waybill = ?1 OR formerly = ?1)",
                arguments: [waybill]
            ) ?? false
        }
    }

    private static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }

    /// Text in which `%` and `_` stand for themselves.
    private static func escaped(_ text: String) -> String {
        text.map { "%_\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    public func custody(of waybill: Waybill) throws -> [CustodyLine] {
        let numbers = try read { db in
            // A parcel that has two numbers is one: the lines of both are its custody line.
            try Int64.fetchAll(
                db,
                sql: """
                    WITH RECURSIVE name (waybill) AS (
                        SELECT ?1 UNION SELECT p.formerly FROM piece p JOIN name n ON n.waybill = p.waybill
                            WHERE p.formerly IS NOT NULL
                        UNION SELECT p.waybill FROM piece p JOIN name n ON p.formerly = n.waybill)
                    SELECT DISTINCT number FROM trace WHERE waybill IN (SELECT waybill FROM name) LIMIT ?2
                    """,
                arguments: [waybill.rawValue, CountySQLiteLimits.rowsMax]
            )
        }
        return try inOrder(numbers)
    }

    /// The lines of these numbers as they happened: those of one station in the order of its chain, whatever its clock said,
    /// and those of several by their times.
    private func inOrder(_ numbers: [Int64]) throws -> [CustodyLine] {
        let through = try keeper.source.newest()
        var byStation: [String: [(place: LinePlace, line: CustodyLine)]] = [:]
        var segments: [String: [StationLines.Segment]] = [:]
        for number in numbers {
            guard let stored = try keeper.source.line(number), let line = stored.line else { continue }
            let known = try segments[stored.station] ?? keeper.source.segments(of: stored.station, through: through)
            segments[stored.station] = known
            let made = CustodyLine(station: stored.station, number: number, received: stored.received, line: line)
            byStation[stored.station, default: []].append((LinePlace(stored, known), made))
        }
        var timed: [(time: Int64, line: CustodyLine)] = []
        for (_, lines) in byStation.sorted(by: { $0.key < $1.key }) {
            var time = Int64.min
            for (_, line) in lines.sorted(by: { $0.place < $1.place }) {
                // A line without a time of its own happened behind the one before it.
                time = max(time, line.line.time.clock.isDated || time == .min ? line.when : time)
                timed.append((time, line))
            }
        }
        return timed.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element.line)
    }

    public func quarantined(limit: Int) throws -> [QuarantinedLine] {
        try keeper.source.pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT i.station, i.id, e.sequence, e.received, e.type, e.reason
                    FROM event e JOIN incarnation i ON i.number = e.incarnation
                    WHERE e.quarantined = 1 ORDER BY e.number DESC LIMIT ?
                    """,
                arguments: [min(max(limit, 0), CountySQLiteLimits.rowsMax)]
            ).map { row in
                QuarantinedLine(
                    station: row[0],
                    incarnation: row[1],
                    sequence: row[2],
                    received: row[3],
                    type: row[4],
                    fault: row[5] ?? ""
                )
            }
        }
    }
}

extension CustodyLine {
    /// When it was made, as well as it is known.
    fileprivate var when: Int64 { line.time.clock.isDated ? line.time.wall : received }
}

/// Where a line stands among those of its station.
private struct LinePlace: Comparable {
    private let segment: Int
    private let sequence: Int

    init(_ stored: EventSource.Stored, _ segments: [StationLines.Segment]) {
        segment =
            segments.firstIndex { segment in
                switch segment {
                case .chain(let incarnation): stored.number > 0 && incarnation == stored.incarnation
                case .branch(let rowids): stored.number < 0 && rowids.contains(-stored.number)
                }
            } ?? segments.endIndex
        sequence = stored.sequence
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.segment, left.sequence) < (right.segment, right.sequence)
    }
}

extension EventSource {
    /// In which order the lines of a station happened.
    fileprivate func segments(of station: String, through: Int64) throws -> [StationLines.Segment] {
        try pool.read { try StationLines($0, station: station, through: through).segments }
    }
}
