import LockerDomain

/// Pieces as rows: what a search finds, and what waits at a station or for a village.
struct PieceTable {
    let pieces: [PieceOfStation]
    let context: ViewContext

    /// Those that the reader may see, in their order.
    func table(_ title: Words, notes: [Words] = []) -> Table {
        let columns = [
            Table.Column("waybill", "运单号", "Waybill", .code), Table.Column("direction", "方向", "Direction"),
            Table.Column("state", "状态", "State", .state), Table.Column("station", "站点", "Station"),
            Table.Column("site", "网点", "Site"), Table.Column("village", "行政村", "Village"),
            Table.Column("brand", "品牌", "Brand"), Table.Column("operator", "经营企业", "Operator"),
            Table.Column("place", "格口或货位", "Door or shelf"), Table.Column("arrived", "到站", "Arrived", .time),
            Table.Column("waits", "在库时长", "Waits for"), Table.Column("overdue", "滞留", "Overdue", .state),
        ]
        return Table(title, columns: columns, rows: pieces.filter(context.allows).map(row), notes: notes)
    }

    private func row(_ held: PieceOfStation) -> [Table.Cell] {
        let piece = held.piece
        let day = piece.dayOfSite
        let village = context.village(piece.village, at: held.station, on: day)
        let age = piece.waitsSince.map { ViewAge.words(context.now - $0) }
        return [
            .waybill(piece.waybill), .words(FieldWords.of(piece.direction)),
            .state(piece.state.words, piece.state.tone), context.cell(station: held.station),
            context.cell(siteOf: held.station, on: day), context.cell(village: village, on: day),
            .plain(FieldWords.brand(piece.brand)), .plain(piece.operatorName), .plain(piece.place),
            .time(piece.arrivedAt),
            piece.isWaiting ? age.map { .words($0) } ?? .unknown : .none,
            piece.isOverdue ? .state(Words("滞留", "overdue"), .bad) : .none,
        ]
    }
}

extension Piece {
    /// The day of which its site and village are shown: of one that has ended, that on which it came, as reports count
    /// it; `nil`, which is today, of one that is at the site or has not come yet.
    var dayOfSite: Int64? {
        guard !state.isAtSite, state != .expected else { return nil }
        return (arrivedAt ?? storedAt ?? expectedAt ?? endedAt).map { ReportPeriod.day(ofWall: $0) }
    }
}
