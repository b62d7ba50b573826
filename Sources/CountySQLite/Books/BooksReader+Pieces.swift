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
            need(
                "(p.waybill = ? OR p.formerly = ? OR p.waybill LIKE ? ESCAPE '\\')",
                [waybill, waybill, "%" + Self.escaped(waybill)]
            )
        }
        if let station = query.station { need("s.id = ?", [station]) }
        if let direction = query.direction { need("p.direction = ?", [direction.rawValue]) }
        if let name = query.operatorName { need("p.operator = ?", [name]) }
        if query.isOverdue { need("p.isAtSite = 1 AND p.overdueAt IS NOT NULL", []) }
        if !query.states.isEmpty {
            need("p.state IN (\(Self.marks(query.states.count)))", query.states.map(\.rawValue))
        }
        if let brands = query.brands { need("p.brand IN (\(Self.marks(brands.count)))", brands) }
        let limit = min(max(query.limit, 0), CountySQLiteLimits.rowsMax)
        return try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(PieceRow.columns(of: "p")), s.id FROM piece p JOIN station s ON s.number = p.station
                    \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
                    ORDER BY p.lastEvent DESC LIMIT \(limit)
                    """,
                arguments: arguments
            )
            return rows.compactMap { row in
                PieceRow.read(row).map { PieceOfStation(station: row[PieceRow.count], piece: $0) }
            }
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
        return try numbers.compactMap { number -> CustodyLine? in
            guard let stored = try keeper.source.line(number), let line = stored.line else { return nil }
            return CustodyLine(station: stored.station, number: number, received: stored.received, line: line)
        }.sorted { ($0.when, $0.station, $0.line.sequence) < ($1.when, $1.station, $1.line.sequence) }
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
