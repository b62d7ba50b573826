import CountyBooks

/// The county's report of a period as it is closed or corrected: with every event that was stored when it was asked for.
struct FreezableReport {
    let whole: MadeReport
    private let asked: AskedPeriod
    /// The newest event that was stored then.
    private let newest: Int64
    /// Why the books did not take it in.
    private let fault: CountyFault?
    /// Why its figures may be old or not whole.
    private let trouble: BooksTrouble?

    init(_ asked: AskedPeriod) throws {
        self.asked = asked
        let state = try asked.desk.books.state()
        newest = state.newest
        // Nobody waits on a page for books that are far behind, as those that are made anew.
        let isFar = state.newest - state.through > ReportPagesLimits.caughtUpEventsMax
        fault = isFar ? nil : Self.fault { try asked.desk.books.catchUp() }
        whole = try asked.wholeReport()
        trouble = try asked.desk.booksTrouble(for: asked.request.account())
    }

    private static func fault(_ work: () throws -> Void) -> CountyFault? {
        do {
            try work()
            return nil
        } catch {
            return error as? CountyFault ?? CountyFault("books.sqlite 账簿", "\(error)")
        }
    }

    // MARK: What stands in the way

    /// Why nothing of the period can be frozen now; empty when it can.
    func obstacles() throws -> [Words] {
        var obstacles: [Words] = []
        // A line of the county that is frozen under no code would stand beside that of its code for good.
        if asked.desk.settings.countyCode.isEmpty { obstacles.append(SetUpPage.noCode) }
        if let doubt = asked.clock.doubt {
            obstacles.append(
                Words(
                    "县中心时钟存疑，不能关账或更正：\(doubt)。请校时，然后在服务器上执行 county-server clock confirm。",
                    "The county's clock is in doubt, and nothing is closed or corrected: \(doubt). Set the clock, then type "
                        + "on the server: county-server clock confirm."
                )
            )
        }
        if !asked.period.isOver(at: asked.now) {
            let day = CountyPeriod(day: asked.period.days.upperBound + 1)
            obstacles.append(
                Words("本期尚未结束，\(day) 起才能关账。", "The period is not over: it can be closed from \(day) on.")
            )
        }
        obstacles += behind
        guard !asked.isClosed else { return obstacles + countedAnew }
        if let before = try beforeAll() { obstacles.append(before) }
        if let earlier = try earlierMonth() {
            let close = ReportPaths.close(earlier)
            obstacles.append(
                Words(
                    "\(earlier) 有记录而未关账，请先关账：\(close)",
                    "\(earlier) has events and is not closed: close it first, at \(close)"
                )
            )
        }
        return obstacles
    }

    /// What is not known for it is no change of what is closed.
    private var countedAnew: [Words] {
        guard whole.report.isToBeCountedAnew else { return [] }
        return [
            Words(
                "有站点的事件待账簿重新计算，约十分钟后再出具更正。",
                "The books have events of a station still to count anew: correct the period in about ten minutes."
            )
        ]
    }

    /// Events that are stored, and acknowledged to their stations, must be in what is frozen.
    private var behind: [Words] {
        let words = [trouble?.words, fault?.words, missing].compactMap { $0 }
        guard !words.isEmpty else { return [] }
        return words + [Words("账簿完整后才能关账或更正。", "Nothing is closed or corrected before the books are whole.")]
    }

    private var missing: Words? {
        let missing = newest - whole.report.through
        guard missing > 0 else { return nil }
        return Words(
            "已收到的事件中有 \(missing) 条尚未入账。",
            "\(missing) events that were received are not in the books yet."
        )
    }

    /// What a file of the figures has to say; `nil` when every stored event is in the books.
    var incomplete: Words? { trouble?.notice ?? missing }

    /// That nothing can be known of the period: it ends before the first event and before any row of a register holds.
    private func beforeAll() throws -> Words? {
        let (registers, period) = (try asked.desk.registers(), asked.period)
        let first = [whole.began.map(PageTime.day(of:)), registers.firstDay].compactMap { $0 }.min()
        if let first, first <= period.days.upperBound { return nil }
        // Firms may have said of a time before the county had stations.
        if registers.operatorReports.contains(where: { $0.period == "\(period)" }) { return nil }
        guard let first else {
            return Words("还没有任何站点记录，没有可关账的。", "No station has sent anything yet: there is nothing to close.")
        }
        let day = CountyPeriod(day: first)
        return Words(
            "本期在最早的记录（\(day)）之前，没有可关账的。",
            "The period ends before the first event or register row (\(day)): there is nothing to close."
        )
    }

    /// The first month before this one of which events are here and that is not closed.
    private func earlierMonth() throws -> CountyPeriod? {
        guard asked.period.kind == .month, let began = whole.began else { return nil }
        let (first, calendar) = (PageTime.day(of: began), asked.calendar)
        let closed = Set(try asked.desk.periods.closedPeriods().map { "\($0)" })
        var open: [CountyPeriod] = []
        var month = asked.period
        for _ in 0..<ReportPagesLimits.monthsMax {
            guard let before = calendar.previous(before: month), before.days.upperBound >= first else { break }
            month = before
            if !closed.contains("\(month)") { open.append(month) }
        }
        return try open.last { month in
            try asked.desk.books.days(month).days.values.contains { !$0.isEmpty }
        }
    }
}
