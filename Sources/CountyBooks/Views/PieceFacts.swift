import LockerDomain
import StationBooks

/// All that the books have of one piece at one station.
struct PieceFacts {
    let held: PieceOfStation
    let context: ViewContext

    private var piece: Piece { held.piece }

    var parts: [View.Part] {
        var parts: [View.Part] = [.facts(places + firms + times + end)]
        if piece.isTimeUncertain {
            parts.append(
                .notice(
                    Words(
                        "部分时间不可信，以县中心收到的时间代替",
                        "some times are those of arrival: the station's clock was not trusted"
                    ),
                    .warn
                )
            )
        }
        if let subsidy = piece.subsidy {
            parts += [.heading(Words("上行补贴信息", "For the subsidy")), .facts(facts(subsidy))]
        }
        return parts
    }

    private var places: [View.Fact] {
        let day = piece.dayOfSite
        let village = context.village(piece.village, at: held.station, on: day)
        return [
            View.Fact(Words("运单号", "waybill"), .waybill(piece.waybill)),
            View.Fact(Words("状态", "state"), .state(piece.state.words, piece.state.tone)),
            View.Fact(Words("方向", "direction"), .words(FieldWords.of(piece.direction))),
            View.Fact(Words("站点", "station"), context.cell(station: held.station)),
            View.Fact(Words("网点", "site"), context.cell(siteOf: held.station, on: day)),
            View.Fact(Words("行政村", "village"), context.cell(village: village, on: day)),
        ]
            + Self.known([
                (Words("清单上的村", "village of the manifest"), unknownVillage.map { .plain($0) }),
                (Words("自然村", "hamlet"), piece.hamlet.map { .plain($0) }),
                (Words("格口或货位", "door or shelf"), piece.place.map { .plain($0) }),
            ])
    }

    /// What a manifest names and the register does not know.
    private var unknownVillage: String? {
        piece.village.flatMap { context.registers.villageCode($0) == nil ? $0 : nil }
    }

    private var firms: [View.Fact] {
        let cooperation = FieldWords.of(piece.cooperation) { (mode: CooperationMode) in FieldWords.of(mode) }
        let consent = piece.consent.map { FieldWords.of($0) { (consent: Consent) in FieldWords.of(consent) } }
        return [
            View.Fact(Words("品牌", "brand"), .plain(FieldWords.brand(piece.brand))),
            View.Fact(Words("经营企业", "operator"), .plain(piece.operatorName)),
            View.Fact(Words("代办点", "agent"), .plain(piece.agent)),
            View.Fact(Words("合作模式", "cooperation"), .words(cooperation)),
        ]
            + Self.known([
                (Words("原单号", "formerly"), piece.formerly.map { .waybill($0) }),
                (Words("规格", "size"), piece.size.map { .plain($0) }),
                (Words("班次", "run"), piece.run.map { .plain($0) }),
                (Words("袋号", "bag"), piece.bag.map { .plain($0) }),
                (Words("入柜同意", "consent"), piece.direction == .inbound ? consent.map { .words($0) } ?? .unknown : nil),
                (Words("冷藏", "chilled"), piece.isChilled ? .yes(true) : nil),
            ])
    }

    private var times: [View.Fact] {
        Self.known([
            (Words("预报时间", "announced"), piece.expectedAt.map { .second($0) }),
            (Words(piece.direction == .inbound ? "到站时间" : "收寄时间", "arrived"), piece.arrivedAt.map { .second($0) }),
            (Words("入柜时间", "stored"), piece.storedAt.map { .second($0) }),
            (Words("通知时间", "told"), piece.noticedAt.map { .second($0) }),
            (Words("滞留时间", "overdue"), piece.overdueAt.map { .second($0) }),
            (Words("结束时间", "ended"), piece.endedAt.map { .second($0) }),
            (Words("开门时间（查录像）", "door opened, for the recording"), piece.doorOpenedAt.map { .second($0) }),
        ])
    }

    private var end: [View.Fact] {
        let collector = piece.collector.map {
            FieldWords.of($0) { (by: ParcelCollected.Collector) in FieldWords.of(by) }
        }
        let means = piece.means.map { FieldWords.of($0) { (means: Means) in FieldWords.of(means) } }
        let evidence = piece.evidence.map { FieldWords.of($0) { (evidence: Evidence) in FieldWords.of(evidence) } }
        return Self.known([
            (Words("送达人", "brought by"), piece.broughtBy.map { context.cell(person: $0) }),
            (Words("经手人", "ended by"), piece.endedBy.map { context.cell(person: $0) }),
            (Words("收取人", "collected by"), collector.map { .words($0) }),
            (Words("凭证", "by"), means.map { .words($0) }),
            (Words("依据", "evidence"), evidence.map { .words($0) }),
            (Words("保管费（元）", "fee in yuan"), piece.feeFen > 0 ? .hundredths(piece.feeFen) : nil),
        ])
    }

    private func facts(_ subsidy: Piece.Subsidy) -> [View.Fact] {
        let kind = FieldWords.of(subsidy.kind) { (kind: ShipmentKind) in FieldWords.of(kind) }
        return [
            View.Fact(Words("类别", "kind"), .words(kind)),
            View.Fact(Words("农产品品类", "produce"), .plain(subsidy.category)),
            View.Fact(Words("电商平台", "platform"), .plain(subsidy.platform)),
            View.Fact(Words("订单号", "order"), .written(subsidy.order)),
            View.Fact(Words("重量（克）", "weight in grams"), .count(subsidy.weightGrams)),
            View.Fact(Words("销往县外", "leaves the county"), .yes(subsidy.isOutsideCounty)),
            View.Fact(Words("循环包装", "used packaging"), .yes(subsidy.isPackagingReused)),
            View.Fact(Words("实名收寄凭据", "real-name record"), .written(subsidy.realName)),
            View.Fact(Words("收寄验视", "looked inside"), context.cell(person: subsidy.inspectedBy)),
            View.Fact(Words("过机安检", "screened"), .yes(subsidy.isScreened)),
            View.Fact(Words("封志", "seal"), .plain(subsidy.seal)),
        ]
    }

    /// Those that are known.
    private static func known(_ facts: [(Words, Table.Cell?)]) -> [View.Fact] {
        facts.compactMap { name, value in value.map { View.Fact(name, $0) } }
    }
}
