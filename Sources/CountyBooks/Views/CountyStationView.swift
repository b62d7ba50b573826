import LockerDomain
import SyncWire

/// One station (站点): what it said last of itself with the age of that, and what its events say.
public struct CountyStationView: Sendable {
    public var station: String
    public var context: ViewContext
    /// `nil` for a station of which the county has not heard.
    public var sight: StationSight?
    public var standing: StationStanding?
    /// `nil` for a station without books.
    public var holdings: StationHoldings?
    /// Doors that are out of service or whose contents are unknown, by its events.
    public var doors: [DoorStanding] = []
    public var troubles: [TroubleOfStation] = []
    /// Its last events, the latest first.
    public var lines: [CustodyLine] = []
    public var visits: [VisitOfStation] = []
    public var voices: [VoiceOfStation] = []
    /// Pieces at the station.
    public var pieces: [PieceOfStation] = []

    public init(_ station: String, _ sight: StationSight?, _ standing: StationStanding?, _ context: ViewContext) {
        (self.station, self.sight, self.standing, self.context) = (station, sight, standing, context)
    }

    /// Whether there is such a station and the reader may see it.
    public var isFound: Bool {
        let isKnown = sight != nil || standing != nil || context.site(of: station) != nil
        return isKnown && context.readsStations && context.allows(station: station)
    }

    /// The page.
    public var view: View {
        guard isFound else {
            return View(Words("站点", "Station"), [.notice(Words("没有找到这个站点", "no such station is found"), .unknown)])
        }
        var parts = notices + [.facts(siteFacts), .facts(countyFacts), .facts(holdingFacts)]
        parts.append(.heading(Words("站点上报的状态", "What the station reported of itself")))
        parts += StatusParts(self).parts
        if let sight, !sight.commandTroubles.isEmpty {
            parts.append(.table(commandTable(sight.commandTroubles), scope: "commands"))
        }
        let waiting = PieceTable(pieces: pieces, context: context).table(Words("在站的件", "Pieces at the station"))
        parts.append(.table(waiting, scope: "pieces"))
        parts.append(.table(TroublesView.table(troubles, context), scope: "troubles"))
        parts.append(.table(RunsView.table(visits, context), scope: "visits"))
        parts.append(.table(VoicesView.table(voices, context), scope: "voices"))
        let events = CustodyTable(lines: lines.filter(isShown), context: context)
        parts.append(.table(events.table(Words("最近事件", "Last events"), withStation: false), scope: "events"))
        return View(Words("站点 \(station)", "Station \(station)"), parts)
    }

    /// A firm sees what it handles, not what others do at its site.
    private func isShown(_ line: CustodyLine) -> Bool {
        EventDetail(line.line.event).parties.map { context.allows(operatorName: $0.operatorName, at: station) } ?? true
    }

    // MARK: Parts

    private var notices: [View.Part] {
        let silence = StationSilence(sight, reaches: standing?.reaches, now: context.now)
        let words = silence.map { silence in
            Words("失联：\(silence.words.chinese)", "silent: \(silence.words.english)")
        }
        let faults = (sight?.faults ?? []).map { Words(both: AuditText.clean($0)) }
        let notices = ([words].compactMap { $0 } + faults).map { View.Part.notice($0, .bad) }
        return standing?.isWaiting == true ? notices + [.notice(Self.standsStill, .warn)] : notices
    }

    private static let standsStill = Words(
        "站点补传的事件次序在前，账簿稍后重新计算本站；在此之前，本站数字不含这些事件及其后的事件",
        "the station sent events that belong before others. The books will count it anew; until then its "
            + "figures are without these events and all that came after"
    )

    private var siteFacts: [View.Fact] {
        guard let site = context.site(of: station) else {
            return [View.Fact(Words("网点", "site"), .unknown, note: Words("台账未登记", "no register has it"))]
        }
        return [
            View.Fact(Words("网点", "site"), .plain(site.name)),
            View.Fact(Words("网点编号", "site number"), .plain(site.number)),
            View.Fact(Words("行政村", "village"), context.cell(village: site.village)),
            View.Fact(Words("地址", "address"), .plain(site.address)),
            View.Fact(Words("公布电话", "published phone"), .optional(site.phone)),
            View.Fact(Words("经营企业", "operator"), .plain(site.operatorName)),
            View.Fact(Words("状态", "status"), .state(FieldWords.of(site.status), site.status == .open ? .ok : .warn)),
        ]
    }

    private var countyFacts: [View.Fact] {
        let contact = sight?.lastContact
        let missing = sight.map { Table.Cell.number($0.eventsMissing) } ?? .unknown
        return [
            View.Fact(Words("已入网", "enrolled"), sight.map { .yes($0.isEnrolled) } ?? .unknown),
            View.Fact(Words("最近联系", "last contact"), contact.map { .time($0) } ?? .unknown, note: age(contact)),
            View.Fact(
                Words("记录到", "events up to"),
                standing?.reaches.map { .time($0) } ?? .unknown,
                note: age(standing?.reaches)
            ),
            View.Fact(Words("缺失事件", "events missing"), missing),
            View.Fact(Words("待执行指令", "commands waiting"), sight.map { .number($0.commandsWaiting) } ?? .unknown),
        ]
    }

    private var holdingFacts: [View.Fact] {
        // What a firm sees of its own is counted from its own pieces.
        let shown = pieces.filter(context.allows)
        let own = context.visibility.isOfAllFirms ? holdings : StationHoldings.of(shown).first
        let note = standing?.reaches.map { ViewAge.asOf($0, now: context.now) }
        return [
            View.Fact(Words("在库待取", "waiting"), .count(own?.waiting), note: note),
            View.Fact(Words("滞留", "overdue"), .count(own?.overdue), note: note),
            View.Fact(Words("待发运", "shipments that wait"), .count(own?.outbound), note: note),
            View.Fact(Words("最久在库", "oldest since"), own.map { .time($0.oldest) } ?? .unknown, note: note),
        ]
    }

    private func age(_ moment: Int64?) -> Words? {
        moment.map { ViewAge.since($0, now: context.now) }
    }

    private func commandTable(_ troubles: [String]) -> Table {
        Table(
            Words("迟到或失败的指令", "Commands late or failed"),
            columns: [Table.Column("what", "情况", "What")],
            rows: troubles.map { [.reason($0)] }
        )
    }
}
