import LockerDomain

/// What *today* is made of: reckoned once, shown in several parts.
struct Morning {
    let context: ViewContext
    let index: StationIndex
    let view: TodayView
    /// As of now, by 区划代码; a village that no station serves has none.
    let today: [String: DayVerdict]
    let yesterday: [String: DayVerdict]
    /// Of the days of the plot of visits, as the books have them.
    let verdicts: VillageVerdicts
    /// Villages that the reader may see, by code.
    let villages: [Village]
    /// Sites that serve a village now, by its 区划代码.
    let served: [String: [Site]]
    /// Lines of today's report of all brands, by 区划代码.
    private let lines: [String: ReportLine]
    /// Troubles that last, by kind and station, of stations that the reader may see.
    private let counts: [Trouble.Kind: [String: Int]]
    private static let county = "county"

    init(_ view: TodayView) {
        (self.view, context) = (view, view.context)
        let context = view.context
        index = StationIndex(view.extract, view.sights, Self.holdings(view), context)
        // One that holds from a later day on is nobody's business today.
        villages = context.registers.villages(on: context.today).filter { context.visibility.allows(village: $0.code) }
        let days = context.today - ViewLimits.visitsDays + 1...context.today
        let verdicts = VillageVerdicts(days, view.extract, context.registers, now: context.now)
        self.verdicts = verdicts
        yesterday = verdicts.on(context.today - 1)
        var served: [String: [Site]] = [:]
        for site in context.registers.sites(on: context.today) where site.status != .closed {
            for village in site.villagesServed { served[village.village, default: []].append(site) }
        }
        self.served = served
        // That nobody came so far is known only where all stations were heard of.
        let index = index
        today = Dictionary(
            uniqueKeysWithValues: verdicts.on(context.today).map { code, verdict in
                let isHeard = index.areHeard((served[code] ?? []).flatMap(\.stations))
                return (code, verdict == .notYet && !isHeard ? .unknown : verdict)
            }
        )
        let shown = Set(index.stations)
        var counts: [Trouble.Kind: [String: Int]] = [:]
        for trouble in view.troubles where trouble.trouble.until == nil && shown.contains(trouble.station) {
            counts[trouble.trouble.kind, default: [:]][trouble.station, default: 0] += 1
        }
        self.counts = counts
        var day = view.extract.seen(by: context)
        day.period = CountyPeriod(day: context.today)
        var builder = ReportBuilder(day, context.registers, county: (Self.county, ""), now: context.now)
        lines = Dictionary(builder.report().lines.filter { $0.brand == nil }.map { ($0.code, $0) }) { first, _ in first
        }
    }

    /// What stations have at hand of what the reader may see.
    private static func holdings(_ view: TodayView) -> [StationHoldings] {
        guard !view.context.visibility.isOfAllFirms else { return view.holdings }
        let own = StationHoldings.of(view.waiting.filter(view.context.allows))
        // A station with books and none of the reader's pieces has 0 of them.
        let others = Set(view.holdings.map(\.station)).subtracting(own.map(\.station))
        return own + others.map { StationHoldings(station: $0) }
    }

    /// Stations at which what the reader may see can be: those that he may see, and of a firm all, since it may handle pieces
    /// at any site.
    var counting: Set<String> {
        context.visibility.firm == nil
            ? Set(index.stations) : Set(index.holdings.keys).union(index.silent.keys).union(index.stations)
    }

    /// Stations that wait to be folded anew, of those that stand on the page.
    var waiting: [SilentStation] {
        let shown = Set(index.stations)
        return context.waiting(view.extract.stations.filter { shown.contains($0.station) })
    }

    /// Whether a station serves a village now.
    func hasStation(_ village: String) -> Bool {
        (served[village] ?? []).contains { !$0.stations.isEmpty }
    }

    // MARK: Figures

    /// What came to a village or a township today, and went from it.
    func pieces(_ code: String) -> (received: Int, accepted: Int) {
        (lines[code]?.figures.received ?? 0, lines[code]?.figures.accepted ?? 0)
    }

    /// What waits at stations, and is overdue there; `isWhole` when all of them were heard of.
    func atHand(_ stations: some Collection<String>) -> (waiting: Int, overdue: Int, isWhole: Bool) {
        let held = stations.compactMap { index.holdings[$0] }
        return (
            held.reduce(0) { $0 + $1.waiting }, held.reduce(0) { $0 + $1.overdue },
            held.count == stations.count && index.areHeard(stations) && !isCut
        )
    }

    /// Whether what waits was read in part, for a reader of whose pieces it is counted.
    var isCut: Bool { view.isWaitingCut && !context.visibility.isOfAllFirms }

    // MARK: Facts

    /// The figures at the top.
    var facts: [View.Fact] {
        let verdicts = villages.map { today[$0.code] }
        let before = villages.map { yesterday[$0.code] }
        let silent = index.stations.count { index.silent[$0] != nil }
        let without = villages.count { served[$0.code] == nil }
        let days = DayVerdict.allCases.filter { $0 != .notVisited }.map { verdict in
            View.Fact(verdict.factName(Words("今日", "today")), .number(verdicts.count { $0 == verdict }))
        }
        let daysBefore = DayVerdict.allCases.filter { $0 != .notYet }.map { verdict in
            View.Fact(verdict.factName(Words("昨日", "yesterday")), .number(before.count { $0 == verdict }))
        }
        return days + daysBefore
            + [
                View.Fact(
                    Words("无设备的村", "villages without a station"),
                    .number(verdicts.count { $0 == nil } - without)
                ),
                View.Fact(Words("无网点的村", "villages without a site"), .number(without)),
            ] + pieceFacts(silent) + [View.Fact(Words("失联站点", "silent stations"), .number(silent))] + thingFacts
    }

    private func pieceFacts(_ silent: Int) -> [View.Fact] {
        let sum = pieces(Self.county)
        let hand = atHand(counting)
        let note = silent > 0 ? Words("不含 \(silent) 个失联站点的最新情况", "\(silent) silent stations may have more") : nil
        // A village without a station may have had some, too, and one may be served by a station that the reader does not see.
        let serving = villages.flatMap { served[$0.code] ?? [] }.flatMap(\.stations)
        let isWhole = index.areHeard(counting) && index.areHeard(serving) && villages.allSatisfy { hasStation($0.code) }
        return [
            View.Fact(Words("今日下行", "in today"), .least(sum.received, isWhole: isWhole), note: note),
            View.Fact(Words("今日上行", "out today"), .least(sum.accepted, isWhole: isWhole), note: note),
            View.Fact(Words("在库待取", "waiting"), .least(hand.waiting, isWhole: hand.isWhole), note: note),
            View.Fact(Words("滞留", "overdue"), .least(hand.overdue, isWhole: hand.isWhole), note: note),
        ]
    }

    private var thingFacts: [View.Fact] {
        guard context.readsStations else { return [] }
        return [
            View.Fact(Words("摄像头离线", "cameras off"), .number(count(.cameraOffline, index.stations))),
            View.Fact(Words("停用格口", "doors out of service"), .number(count(.outOfService, index.stations))),
        ]
    }

    /// Troubles of a kind that last at some stations.
    func count(_ kind: Trouble.Kind, _ stations: some Sequence<String>) -> Int {
        guard let counts = counts[kind] else { return 0 }
        return stations.reduce(0) { $0 + (counts[$1] ?? 0) }
    }
}

extension DayVerdict {
    /// What a count of villages is called.
    fileprivate func factName(_ day: Words) -> Words {
        let name: Words =
            switch self {
            case .visited: Words("已到的村", "visited")
            case .notVisited: Words("未到的村", "not visited")
            case .unknown: Words("未知的村", "unknown")
            case .uncertain: Words("不确定的村", "uncertain")
            case .notYet: Words("尚未到的村", "not visited yet")
            }
        return Words("\(day.chinese)\(name.chinese)", "villages \(name.english) \(day.english)")
    }
}
