import SyncWire

/// What nobody knows yet of a period (未知): stations that have not sent all of it, lost some, or wait to be folded anew,
/// villages without a station, pieces of no village that is registered. The one list of it: it is shown before a period
/// is closed, kept with what is frozen, printed on paper and by commands.
public struct UnknownThings: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case station, village, pieces

        public var words: Words {
            switch self {
            case .station: Words("站点", "station")
            case .village: Words("行政村", "village")
            case .pieces: Words("快件", "pieces")
            }
        }
    }

    public struct Thing: Sendable, Hashable {
        public var kind: Kind
        /// Id of the station, 区划代码 of the village.
        public var code: String
        /// Name of the site or the village.
        public var name: String
        /// Published at the site.
        public var phone: String?
        /// Why it is not known.
        public var reason: Words
    }

    public let things: [Thing]

    public var isEmpty: Bool { things.isEmpty }

    /// All of the county.
    public init(_ report: MonthReport) {
        let visibility = Visibility.county
        things =
            Self.stations(report) { _ in true } + Self.villages(report, visibility) + Self.pieces(report, visibility)
    }

    /// What a reader may see of it.
    public init(_ report: MonthReport, _ context: ViewContext) {
        let visibility = context.visibility
        let day = report.period.days.upperBound
        things =
            Self.stations(report) { Self.isVisible($0, on: day, context) } + Self.villages(report, visibility)
            + Self.pieces(report, visibility)
    }

    // MARK: Texts

    /// A line each, as it is frozen and printed.
    public var lines: [String] {
        things.map { thing in
            let phone = thing.phone.map { "，电话 \($0)" } ?? ""
            let names = [thing.kind.words.chinese, thing.code, thing.name].filter { !$0.isEmpty }
            // A store keeps them a line each.
            return "\(names.joined(separator: " "))\(phone)：\(thing.reason.chinese)"
                .split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }

    /// Names the list: a clerk agrees to the list that he saw, and to no other.
    public var hash: String { ReportSheet.sha256(Array(lines.joined(separator: "\n").utf8)) }

    /// - Parameter opensStations: whether its reader may read the pages of stations.
    public func table(_ language: Language, opensStations: Bool) -> Table {
        Table(
            Words("未知的站点、行政村和快件", "Stations, villages and pieces"),
            columns: [
                Table.Column("kind", "类别", "Kind"), Table.Column("code", "站点 / 区划代码", "Station or code", .code),
                Table.Column("name", "名称", "Name"), Table.Column("phone", "公开电话", "Published phone", .code),
                Table.Column("reason", "情况", "Why"),
            ],
            rows: things.map { thing in
                [
                    .text(thing.kind.words[language]), Self.code(thing, opensStations),
                    thing.name.isEmpty ? .none : .text(thing.name), .optional(thing.phone),
                    .text(thing.reason[language]),
                ]
            }
        )
    }

    private static func code(_ thing: Thing, _ opensStations: Bool) -> Table.Cell {
        switch thing.kind {
        case .station: opensStations ? .link(thing.code, path: PagePath.station(thing.code)) : .text(thing.code)
        case .village: .link(thing.code, path: PagePath.village(thing.code))
        case .pieces: .none
        }
    }

    // MARK: What is unknown

    /// Those that are silent, then those that lost events.
    private static func stations(_ report: MonthReport, _ isShown: (String) -> Bool) -> [Thing] {
        let silent = report.silent.map { ($0.station, $0.site, $0.phone, reason($0)) }
        let lossy = report.lossy.map { ($0.station, $0.site, $0.phone, reason($0)) }
        return (silent + lossy).filter { isShown($0.0) }.map { station, site, phone, reason in
            Thing(kind: .station, code: station, name: site ?? "", phone: phone, reason: reason)
        }
    }

    private static func reason(_ lossy: LossyStation) -> Words {
        Words(
            "\(lossy.span.chinese) 有事件丢失，件数可能少于实际",
            "events of \(lossy.span.english) are lost: there may have been more"
        )
    }

    private static func isVisible(_ station: String, on day: Int64, _ context: ViewContext) -> Bool {
        let (site, visibility) = (context.registers.site(ofStation: station, on: day), context.visibility)
        let township = site.map { String($0.village.prefix(RegisterCodes.townshipDigits)) }
        return visibility.allows(township: township) && visibility.allows(firm: site?.operatorName)
    }

    private static func reason(_ silent: SilentStation) -> Words {
        guard !silent.isWaiting else {
            return Words(
                "有事件待账簿重新计算，件数可能变化",
                "the books have events of it still to count anew: figures may change"
            )
        }
        if let day = silent.firstDay { return Words("记录自 \(day) 起", "events from \(day) on") }
        guard let reaches = silent.reaches else { return Words("没有记录", "no events") }
        let until = WireTime.local(reaches).prefix(16)
        return Words("记录截至 \(until)", "events up to \(until)")
    }

    private static func villages(_ report: MonthReport, _ visibility: Visibility) -> [Thing] {
        report.lines.compactMap { line in
            guard line.level == .village, line.brand == nil, !line.code.isEmpty, line.days == nil,
                visibility.allows(village: line.code)
            else { return nil }
            var reason = line.mode == nil ? Words("没有网点", "no site") : Words("网点没有设备", "a site without a station")
            // What firms say of a village may be another firm's.
            if visibility.isOfAllFirms {
                reason.chinese += line.reported == nil ? "，没有企业填报" : "，有企业填报"
                reason.english += line.reported == nil ? ", no firm's own figures" : ", figures of firms"
            }
            return Thing(kind: .village, code: line.code, name: line.name, reason: reason)
        }
    }

    private static func pieces(_ report: MonthReport, _ visibility: Visibility) -> [Thing] {
        let line = report.lines.first { $0.level == .village && $0.code.isEmpty && $0.brand == nil }
        guard visibility.township == nil, let figures = line?.figures, figures != ReportFigures() else { return [] }
        let reason = Words(
            "下行 \(figures.received)、上行 \(figures.accepted) 件不属于已登记的行政村",
            "\(figures.received) in and \(figures.accepted) out are of no registered village"
        )
        return [Thing(kind: .pieces, code: "", name: "", reason: reason)]
    }
}
