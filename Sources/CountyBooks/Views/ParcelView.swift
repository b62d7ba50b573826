public import LockerDomain
import SyncWire

/// One waybill (运单): where it is, whose it is, and its custody line from hub to hand.
public struct ParcelView: Sendable {
    public var waybill: Waybill
    /// Every station whose books have it, under this number or as the one that it had before.
    public var pieces: [PieceOfStation]
    public var custody: [CustodyLine]
    public var context: ViewContext

    public init(
        _ waybill: Waybill,
        _ pieces: [PieceOfStation],
        _ custody: [CustodyLine],
        _ context: ViewContext
    ) {
        (self.waybill, self.pieces, self.custody, self.context) = (waybill, pieces, custody, context)
    }

    /// What stands there for a waybill that is not there, and for one that the reader may not see: no difference.
    static let missing = Words(
        "没有找到这个运单（已预报的件，在站点发来记录后才能查到）",
        "no such waybill is found; one that was announced is found when its station has sent something of it"
    )

    /// Whether there is anything that the reader may see.
    public var isFound: Bool { !held.isEmpty || !lines.isEmpty }

    private var held: [PieceOfStation] { pieces.filter(context.allows) }

    /// Lines that belong to a piece that the reader may see. Who sees all firms sees those without a piece too: of a
    /// number that was joined with another, or announced for another station.
    private var lines: [CustodyLine] {
        let stations = Set(held.map(\.station))
        return custody.filter { line in
            let parties = EventDetail(line.line.event).parties
            guard context.visibility.isOfAllFirms else {
                guard stations.contains(line.station) else { return false }
                guard let parties else { return true }
                return allows(parties, at: line.station)
            }
            return stations.contains(line.station) || context.allows(station: line.station)
        }
    }

    /// The same number may come as a parcel of another brand.
    private func allows(_ parties: Parties, at station: String) -> Bool {
        context.visibility.brands?.contains(parties.brand) ?? true
            && context.allows(operatorName: parties.operatorName, at: station)
    }

    /// The page.
    public var view: View {
        let shown = AuditText.maskingMobiles(waybill.rawValue)
        let title = Words("运单 \(shown)", "Waybill \(shown)")
        guard isFound else { return View(Words("运单", "Waybill"), [.notice(Self.missing, .unknown)]) }
        var parts: [View.Part] = []
        if held.count > 1 {
            let stations = Words.list(held.map { Words(same: $0.station) }, "，", ", ")
            parts.append(
                .notice(
                    Words(
                        "有 \(held.count) 个站点登记了此运单：\(stations.chinese)",
                        "\(held.count) stations have it: \(stations.english)"
                    ),
                    .warn
                )
            )
        }
        for piece in held {
            if held.count > 1 { parts.append(.heading(Words("站点 \(piece.station)", "Station \(piece.station)"))) }
            parts += PieceFacts(held: piece, context: context).parts
        }
        let table = CustodyTable(lines: lines, context: context).table(Words("交接记录", "Custody line"), withStation: true)
        return View(title, parts + [.table(table, scope: "custody")])
    }
}
