import CountyBooks
import LockerDomain
import LockerTestKit
import StationBooks
import SyncWire
import Testing

/// A county whose registers, brands and people have Latin names of one word: what else a page says is the county's own.
private enum LatinCounty {
    typealias World = ViewWorld

    static let village = "140522102206"
    static let phone = "0356-4221234"

    static let registers = Registers(
        [
            .township(Township(code: "140522102", name: "Northtown")),
            .village(Village(code: village, name: "Hill", township: "140522102", population: 9, townHectometres: 85)),
            .village(Village(code: "140522102207", name: "Brook", township: "140522102")),
            .village(Village(code: "140522102208", name: "Far", township: "140522102")),
            .village(Village(code: "140522102209", name: "Bare", township: "140522102")),
            site("S1", village, ["yc-01"], serves: [ServedVillage(village: "140522102207", mode: .reach)]),
            site("S2", "140522102209", []), site("S3", village, ["rc-01", "rc-02"], .locker, .suspended),
            .staff(StaffMember(number: "1026", name: "Wang", role: "keeper", site: "S1")),
            .operatorReport(
                OperatorReport(period: "2026-11", village: "140522102208", brand: "SF", received: 7, by: "Firm")
            ),
        ].map { DatedRow($0) }
    )

    private static func site(
        _ number: String,
        _ village: String,
        _ stations: [String],
        _ type: SiteType = .villagePoint,
        _ status: SiteStatus = .open,
        serves: [ServedVillage] = []
    ) -> RegisterRow {
        .site(
            Site(
                number: number,
                name: "Site\(number)",
                type: type,
                address: "Road",
                phone: phone,
                operatorName: "Firm",
                village: village,
                serves: serves,
                stations: stations,
                status: status
            )
        )
    }

    static let context = ViewContext(registers, .county, now: World.now)

    // MARK: What the books have

    static func piece(_ waybill: String, _ direction: Direction, _ state: Piece.State) -> PieceOfStation {
        let parties = Parties(brand: "SF", operatorName: "Firm", agent: "Agent", cooperationMode: .shared)
        var piece = Piece(waybill: Waybill(rawValue: waybill), direction: direction, state: state, parties: parties)
        (piece.storedAt, piece.overdueAt, piece.isTimeUncertain) = (World.at(7, daysBefore: 4), World.at(6), true)
        (piece.consent, piece.isChilled, piece.collector) = ("userConsent", true, "keeper")
        (piece.means, piece.evidence, piece.endedBy, piece.feeFen) = ("badge", "sensor", "county", 150)
        piece.subsidy = Piece.Subsidy(
            kind: "produce",
            category: nil,
            platform: nil,
            order: nil,
            weightGrams: nil,
            isOutsideCounty: true,
            isPackagingReused: false,
            isScreened: true,
            realName: "R1",
            inspectedBy: "0000000000000402",
            seal: nil
        )
        return PieceOfStation(station: "yc-01", piece: piece)
    }

    static var pieces: [PieceOfStation] {
        Piece.State.allCases.flatMap { state in
            [piece("SF1", .inbound, state), piece("SF1", .outbound, state)]
        }
    }

    static var troubles: [TroubleOfStation] {
        Trouble.Kind.allCases.enumerated().map { number, kind in
            let reason = number.isMultiple(of: 2) ? "no level at start" : nil
            var trouble = Trouble(number: Int64(number), kind: kind, thing: "A01", reason: reason, from: World.at(4))
            if number > 4 { trouble.until = World.at(5) }
            return TroubleOfStation(station: "yc-01", trouble: trouble)
        } + [
            TroubleOfStation(
                station: "yc-01",
                trouble: Trouble(number: 90, kind: .outOfService, thing: "A02", reason: "abnormal", from: World.at(4))
            ),
            TroubleOfStation(
                station: "yc-01",
                trouble: Trouble(number: 91, kind: .cameraOffline, thing: "front", from: World.at(4))
            ),
        ]
    }

    static var sights: [StationSight] {
        var sight = World.sight("yc-01", lastContact: World.at(6, 55))
        sight.faults = ["two boards use this identity 两块主板共用本站身份"]
        sight.commandTroubles = [
            "command failed 命令失败: 17 manifest, ordered 3 h ago 第 17 号 manifest，3 小时前下达: "
                + "it was over before the station did it 站点未执行即已过期: order it again 请重新下达",
            "command failed 命令失败: 18 policy, ordered 3 h ago 第 18 号 policy，3 小时前下达: its data cannot be read",
        ]
        return [sight, World.sight("rc-01", lastContact: World.at(5, daysBefore: 3))]
    }

    static var standings: [StationStanding] {
        let began = World.at(8, daysBefore: 3)
        var waiting = StationStanding(station: "rc-01", reaches: World.at(6, daysBefore: 2), began: began)
        waiting.isWaiting = true
        return [StationStanding(station: "yc-01", reaches: World.at(6, 50), began: began), waiting]
    }

    static func extract(_ period: CountyPeriod) -> BooksExtract {
        BooksExtract(
            period: period,
            stations: standings,
            days: ["yc-01": [World.day(1, runs: 1), World.day(2, runs: 0)]],
            pieces: [
                World.counted("SF1", at: "yc-01"), World.counted("SF2", at: "nobody"),
                World.counted("SF1", at: "rc-01", village: "Brook"),
            ]
        )
    }

    static var figures: [StationFigures] {
        [
            World.figure("handled.received", 40, word: "0000000000000402"),
            World.figure("handled.stored", 1, mark: .drift(9), word: "0000000000000402", isUncertain: true),
            World.figure("fees", 2), World.figure("feesFen", 250), World.figure("complaints", 1, brand: nil, word: "1"),
        ]
    }

    static let silent = [false, true].map { isWaiting in
        SilentStation(station: "rc-01", site: "SiteS3", phone: phone, reaches: nil, isWaiting: isWaiting)
    }
}

@Suite("A view is in the reader's language")
struct OneLanguageViewTests {
    private typealias World = ViewWorld
    private typealias County = LatinCounty

    private let context = LatinCounty.context

    private var today: View {
        var view = TodayView(
            County.extract(CountyPeriod(day: World.today)),
            [StationHoldings(station: "yc-01")],
            County.sights,
            context
        )
        (view.waiting, view.isWaitingCut, view.figures) = (County.pieces, true, County.figures)
        (view.troubles, view.toClose) = (County.troubles, CountyPeriod(.month, "2026-10"))
        view.state = BooksState(through: 1, newest: 2, isRebuilding: true, quarantined: 3)
        view.clockDoubt = "it is behind the newest event in the books 早于账中最新记录; it leapt by more than a day 时间跳变超过一天"
        return view.view
    }

    private func station(withStatus: Bool) throws -> View {
        var sight = County.sights[0]
        if withStatus {
            let text = """
                {"time":"2026-11-20T20:12:00.000Z","clock":"rtc","ntp":"2026-11-20T21:12:00.000Z","version":"1.4.0",
                "doors":[{"name":"A01","level":"closed","contents":"occupied"},
                {"name":"A02","level":"open","contents":"unknown","outOfService":"not seen open after 3 pulses"}],
                "scanners":[{"name":"1-1.2","role":"scanner","attached":true},{"name":"1-1.3","attached":false}],
                "cameras":[{"name":"front","online":false,"reason":"no answer"},{"name":"back","online":true}],
                "storage":"reserve","parcelsWaiting":3,"eventsWaiting":40,"oldestUnsentSeconds":7300}
                """
            sight.status = try CanonicalJSON.decode(StatusReport.self, from: Array(text.utf8))
            sight.statusReceived = World.at(4, 12)
        }
        var view = CountyStationView("yc-01", sight, County.standings[1], context)
        (view.holdings, view.troubles, view.pieces) = (
            StationHoldings(station: "yc-01"), County.troubles, County.pieces
        )
        var door = DoorStanding(door: "A03")
        (door.outOfService, door.unknownContents, door.since) = ("abnormal", "interrupted", World.at(5))
        (view.doors, view.lines, view.voices, view.visits) = ([door], try lines(), voices, visits)
        return view.view
    }

    private func lines() throws -> [CustodyLine] {
        try EventType.allCases.enumerated().filter { !Self.isNamed($0.element) }.map { number, type in
            try World.line(type, number: Int64(number), clock: number == 1 ? .fake : .ntp)
        }
    }

    /// Lines of the golden files that name people or things in Chinese, or repeat what was scanned.
    private static func isNamed(_ type: EventType) -> Bool { [.parcelNoticeFailed, .scanRejected].contains(type) }

    private var voices: [VoiceOfStation] {
        let complaints = ComplaintCategory.allCases.map(\.rawValue) + [99]
        return complaints.map { number in
            let waybill = Waybill(rawValue: "SF1")
            let voice = Voice(number: Int64(number), at: World.at(6), waybill: waybill, category: number)
            return VoiceOfStation(station: "yc-01", voice: voice)
        } + [
            VoiceOfStation(
                station: "yc-01",
                voice: Voice(number: 100, at: World.at(6), waybill: nil, scores: [5, 4])
            )
        ]
    }

    private var visits: [VisitOfStation] {
        var visit = RunVisit(number: 1, run: "R1", person: "0000000000000402", arrivedAt: World.at(5))
        (visit.day, visit.departedAt, visit.bags) = (World.today, World.at(6), ["B1", "B2"])
        return [VisitOfStation(station: "yc-01", visit: visit)]
    }

    private func reports() throws -> [View] {
        let month = try #require(CountyPeriod(.month, "2026-11"))
        let row = ReportSheet.Row(name: "Hill", mode: "设点", figures: [.received: 3])
        let other = ReportSheet.Row(name: "Hill", mode: "辐射", figures: [.received: 4, .accepted: 1])
        let keys = [ReportSheet.Key(code: County.village, brand: ""), ReportSheet.Key(code: "", brand: "SF")]
        let sheet = ReportSheet([keys[0]: row, keys[1]: .init(name: "未登记 unregistered", mode: "", figures: [:])])
        let change = sheet.differences(to: ReportSheet([keys[0]: other]))
        let frozen = FrozenReport(
            period: month,
            correction: 0,
            csv: sheet.csv,
            sha256: "",
            through: 1,
            frozenAt: World.at(6),
            by: "zhang",
            unknown: []
        )
        let report = ReportView(County.extract(month), county: ("140522", "County"), context)
        let correction = ReportCorrectionView(Words("更正第 1 号", "correction 1"), change, context)
        return [
            report.view, FrozenReportView([frozen], standing: sheet, context).view,
            ReportComparisonView(month, standing: sheet, differences: change, context).view,
            View(Words("更正", "Correction"), [.table(correction.table, scope: "correction")]),
        ]
    }

    private func all() throws -> [View] {
        let month = try #require(CountyPeriod(.month, "2026-11"))
        var people = PeopleView(month, County.figures, context)
        var fees = FeesView(month, County.figures, context)
        var heard = VoicesView(month, County.figures, voices, context)
        (people.silent, fees.silent, heard.silent) = (County.silent, County.silent, County.silent)
        var troubles = TroublesView(County.troubles, context)
        troubles.isCut = true
        let runs = RunsView((World.today - 2)...World.today, visits, County.standings, context)
        let quarantined = QuarantinedLine(
            station: "yc-01",
            incarnation: "00",
            sequence: 1,
            received: World.at(5),
            type: nil,
            fault: "JSON"
        )
        let waybill = Waybill(rawValue: "SF1")
        let others = [
            ParcelView(waybill, County.pieces, try lines(), context).view, ParcelView(waybill, [], [], context).view,
            ParcelSearchView("", [], context).view, ParcelSearchView("1", County.pieces, context).view,
            VillageView(County.village, County.extract(month), County.pieces, context).view,
            VillageView("140522102999", County.extract(month), [], context).view,
            people.view, fees.view, heard.view, troubles.view, runs.view,
            QuarantineView([quarantined], context).view,
        ]
        return [today, try station(withStatus: true), try station(withStatus: false)] + (try reports()) + others
    }

    /// All that a reader sees of a view, in pictures too.
    private func texts(_ view: View, _ language: Language) -> [String] {
        let parts = view.parts.flatMap { part -> [String] in
            switch part {
            case .heading(let words), .text(let words), .notice(let words, _): [words[language]]
            case .facts(let facts):
                facts.flatMap { [$0.name[language], $0.value.text(in: language), $0.note?[language] ?? ""] }
            case .table(let table, _):
                [table.title[language]] + table.columns.map { $0.header[language] }
                    + table.rows.joined().map { $0.text(in: language) } + table.notes.map { $0[language] }
            case .plot(let words, _): [words[language]]
            case .bars(let plot, let id):
                plot.svg(id: id, in: language).replacing(/<[^>]*>/, with: "\n").split(separator: "\n").map(String.init)
            }
        }
        return [view.title[language]] + parts
    }

    @Test("in English no page of the books has a Chinese character that is in no name")
    func english() throws {
        let isChinese = { (scalar: Unicode.Scalar) in
            scalar.properties.isIdeographic || (0x3000...0x303F).contains(scalar.value)
                || (0xFF00...0xFFEF).contains(scalar.value)
        }
        var count = 0
        for view in try all() {
            for text in texts(view, .english) {
                #expect(!text.unicodeScalars.contains(where: isChinese), "\(view.title.english): \(text)")
                count += 1
            }
        }
        #expect(count > 1_000)
    }

    @Test("in Chinese no page of the books has an English sentence")
    func chinese() throws {
        for view in try all() {
            for text in texts(view, .chinese) {
                #expect(text.firstMatch(of: /[a-z]{2,} [a-z]{2,}/) == nil, "\(view.title.chinese): \(text)")
            }
        }
    }
}
