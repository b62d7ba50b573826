import ControlAPI
import ControlServer
import LockerDomain
import StationBooks
import StationPorts
import Testing

@Suite("Pages of the console")
struct PageTests {
    private func screen(
        _ answer: Answer?,
        storage: Storage = .ok,
        clock: ClockTrouble? = nil,
        open: [DoorName] = []
    ) -> ScreenReply {
        ScreenReply(
            ScreenView(
                answer: answer,
                free: [.small: 3, .extraLarge: 0],
                freeChilled: [.medium: 2],
                freeShelfPlaces: 12,
                parcelsWaiting: 7,
                doorsOpen: open,
                storage: storage,
                clockTrouble: clock,
                hotline: "12305",
                promise: PublicPromise(
                    hours: String(repeating: "08:00-20:00 ", count: 20),
                    phone: "0356-5550123",
                    filingNumber: "晋阳城末端 231 号"
                )
            )
        )
    }

    @Test("the page of every answer is 80 columns by at most 24 lines", arguments: Answer.ID.allCases)
    func everyAnswer(id: Answer.ID) {
        let doors = (1...99).map { DoorName(rawValue: "A\($0)") }
        let page = ScreenPage(
            screen(Answer(id, "A01"), storage: .failed, clock: .unconfirmed(days: 365), open: doors),
            style: .plain
        )
        #expect(page.lines.count <= 24)
        #expect(page.lines.prefix(7).allSatisfy { DisplayWidth.of($0) == 80 })
        #expect(page.lines.allSatisfy { DisplayWidth.of($0) <= 80 })
    }

    @Test("the page says what a villager needs")
    func words() {
        let lines = ScreenPage(screen(nil, storage: .reserve, open: ["A03"]), style: .plain).lines.joined(
            separator: "\n"
        )
        for part in [
            "取 件 码", "Free doors", "S: 3    XL: 0", "Free cold doors  M: 2", "12", "7", "A03",
            "Storage is low: pickups only", "12305",
        ] {
            #expect(lines.contains(part), "\(part)")
        }
        #expect(!ScreenPage(screen(nil), style: .plain).lines.joined().contains("Storage"))
    }

    @Test("what is asked stands below the last answer: the question, of whom, the seconds left, what answers it")
    func asked() {
        var reply = screen(Answer(.askLastFour))
        reply.asked = [
            Asked(.lastFour, of: .recipient, answers: [.lastFour], millisecondsLeft: 98_500),
            Asked(.cutShort, AnswerWord("5399 -> A02"), of: .session(.keeper), answers: [.yes, .no]),
            Asked(.refused, of: .recipient, answers: [.scanParcel], millisecondsLeft: 1),
        ]
        let lines = ScreenPage(reply, style: .plain).lines
        #expect(
            lines[7..<12] == [
                " 问 手机尾号是多少？  How does the phone number end?",
                "    收件人 recipient, 99 s: 输入手机后四位  the last four digits",
                " 问 尾号 5399 -> A02 里吗？  Inside? *5399 -> A02",
                "    店主 keeper: 扫“是”、扫“否”  YES, NO",
                "",
            ]
        )
        #expect(lines.contains { $0.contains("备案号") } && lines.last?.contains("12305") == true)
    }

    @Test("with every question and all that can be wrong it is still 24 lines", arguments: Asked.ID.allCases)
    func everyQuestion(id: Asked.ID) {
        let doors = (1...99).map { DoorName(rawValue: "A\($0)") }
        var reply = screen(
            Answer(.askInside, "A01"),
            storage: .failed,
            clock: .unconfirmed(days: 365),
            open: doors
        )
        reply.fault = String(repeating: "x", count: 200)
        let word = AnswerWord(String(repeating: "7", count: 90))
        let asked = Asked(id, word, of: .badge, answers: Asked.Choice.ID.allCases, millisecondsLeft: 120_000)
        reply.asked = [asked, asked, asked]
        let lines = ScreenPage(reply, style: .plain).lines
        #expect(lines.count == 24)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
        #expect(lines.count { $0.hasPrefix(" 问 ") } == 2 && lines.last?.contains("12305") == true)
    }

    @Test("a fault that is tried again stands on the page, in one line")
    func fault() {
        var reply = screen(nil, storage: .failed, clock: .unconfirmed(days: 365), open: ["A03"])
        #expect(!ScreenPage(reply, style: .plain).lines.joined().contains("故障"))
        reply.fault = "keys unusable: " + String(repeating: "x", count: 200)
        let lines = ScreenPage(reply, style: .plain).lines
        #expect(lines.contains { $0.contains("故障") && $0.contains("keys unusable") })
        #expect(lines.count <= 24)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
    }

    @Test(
        "status and screen say what is wrong with the clock, and fit",
        arguments: [
            .ahead(shown: 2_477_606_400_000, confirmed: 1_787_275_800_000),
            .behind(shown: 1_787_275_000_000, confirmed: 1_787_275_800_000), .neverConfirmed, .stepped, .estimated,
            .unconfirmed(days: 365), .doubted(shown: 2_477_606_400_000, confirmed: 1_787_275_800_000),
            .apart(ntp: 1_787_275_000_000, said: 1_787_275_800_000, by: .county),
            .apart(ntp: 1_787_275_000_000, said: 1_787_275_800_000, by: .manual),
        ] as [ClockTrouble]
    )
    func clock(trouble: ClockTrouble) async {
        var view = await FakePort().view()
        view.clockTrouble = trouble
        let status = StatusReply(view)
        let lines = status.lines(style: .plain)
        #expect(lines.contains { $0.hasPrefix("Clock 时钟") })
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
        if case .ahead = trouble { #expect(lines.joined(separator: " ").contains("2048-07-06 08:00:00")) }
        let page = ScreenPage(screen(nil, clock: trouble), style: .plain)
        #expect(page.lines.filter { $0.contains("时钟 Clock") }.count == 1)
        #expect(page.lines.allSatisfy { DisplayWidth.of($0) <= 80 })
        #expect(!ScreenPage(screen(nil), style: .plain).lines.contains { $0.contains("时钟 Clock") })
    }

    @Test("a station that does not answer says so")
    func unreachable() {
        #expect(ScreenPage(nil, style: .plain).lines.joined().contains("The station is not running"))
    }

    @Test("lists and status fit 80 columns")
    func replies() async throws {
        var view = await FakePort().view()
        view.storage = .failed
        view.faults = [String(repeating: "长 fault ", count: 30)]
        let status = StatusReply(view)
        let doors = DoorsReply(state: view.state, settings: view.settings)
        let parcels = ParcelsReply(state: view.state)
        let lines = status.lines(style: .plain) + doors.lines(style: .plain) + parcels.lines(style: .plain)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
        #expect(lines.contains { $0.contains("codes count from 70000") })
        #expect(doors.lines(style: .plain)[1].hasSuffix("SF7444404156506"))
        #expect(doors.lines(style: .plain)[3].contains("free, cold (空)"))
        #expect(lines.contains { $0.contains("3: 1 free (空), 1 cold free (冷藏空), 1 occupied") })
        #expect(parcels.lines(style: .plain).last == "2 parcels, 2 waiting (待取), 1 to take back (取回).")
    }

    @Test("people are named by the number on the badge in every list")
    func people() async throws {
        var view = await FakePort().view()
        let wire = "00000000000007d1"
        view.state.session = Session(id: 1, role: .keeper, person: wire, badge: "00000000000000a1")
        view.state.doors["A02"]?.cycle = DoorCycle(
            id: 1,
            purpose: .audit,
            waybills: [],
            attempt: 1,
            phase: .open,
            authority: .badge(wire)
        )
        for waybill in view.state.parcels.keys {
            view.state.parcels[waybill]?.status = .withAgent
            view.state.parcels[waybill]?.holder = wire
            view.state.parcels[waybill]?.place = nil
        }
        let status = StatusReply(view)
        #expect(status.session?.person == "2001")
        #expect(DoorsReply(state: view.state, settings: view.settings).doors[1].opening?.authority == "badge 2001")
        let parcels = ParcelsReply(state: view.state)
        #expect(parcels.parcels.allSatisfy { $0.holder == "2001" })
        let lines = status.lines(style: .plain) + parcels.lines(style: .plain)
        #expect(lines.contains { $0.contains("keeper 2001") } && lines.contains { $0.contains("with 2001") })
        #expect(!lines.contains { $0.contains(wire) })
    }

    @Test("a command that cannot be done is shown with its number, its type and why")
    func putOff() {
        var status = UplinkStatus(phase: .idle, county: "https://c")
        let command = PutOffCommand(id: "c", number: 7, type: "manifest", reason: "取不到: not fetched", since: 0)
        status.putOff = [UplinkStatus.PutOff(command, since: 1_787_275_800_123)]
        let words = LinkReply(status).lines(style: .plain).joined(separator: " ").split(separator: " ")
        #expect(words.joined(separator: " ").contains("7 manifest: 取不到: not fetched; since 自从 2026-08-21 09:30:00"))
    }

    @Test("a portal's answer cannot steer the terminal")
    func portal() {
        var status = UplinkStatus(phase: .waitingToRetry, county: "https://c")
        status.eventsWaiting = 1
        status.trouble = LinkTrouble(call: .events, fault: .other("\u{1B}[31mred"), since: 0, tries: 12)
        status.troubleSince = 1_787_275_800_123
        status.notTheCounty = "<html>\u{1B}[31m"
        status.retryInMilliseconds = 65_000
        let text = LinkReply(status).lines(style: .plain).joined(separator: "\n")
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("next try in 1 min 5 s"))
        #expect(text.contains("2026-08-21 09:30:00, 12 tries (events)"))
    }

    @Test("each call that fails is shown with its words, and two boards with one identity before them")
    func allTroubles() throws {
        var status = UplinkStatus(phase: .idle, county: "https://c")
        status.trouble = LinkTrouble(call: .manifests, fault: .replayed(highest: "9.1"), since: 0, tries: 2)
        status.troubleSince = 1_787_275_800_123
        let refused = LinkTrouble(call: .status, fault: .stationRefused("an old key"), since: 0, tries: 7)
        status.further = [DatedTrouble(refused, since: 1_787_275_860_123)]
        status.sharesIdentity = true
        let reply = LinkReply(status)
        let lines = reply.lines(style: .plain)
        let text = lines.joined(separator: "\n")
        for words in ["counter 9.1", "重放", "2 tries (manifests)", "本站：an old key", "7 tries (status)", "两块主板"] {
            #expect(text.contains(words), "\(words)")
        }
        let first = lines.firstIndex { $0.contains("two boards") }
        #expect(try #require(first) < (try #require(lines.firstIndex { $0.contains("counter 9.1") })))
        #expect(reply.identity?.code == "twoBoards" && reply.further?.map(\.call) == ["status"])
    }
}

@Suite("Following the journal")
struct CursorTests {
    private func page(_ positions: [String], _ incarnation: String) -> EventsReply {
        EventsReply(
            events: positions.compactMap { JournalPosition($0) }.map { .init($0, bytes: Array("{}".utf8), hash: []) },
            incarnation: incarnation,
            lastSequence: 0
        )
    }

    private func take(_ cursor: inout EventsCursor, _ positions: [String], _ incarnation: String) -> [String] {
        cursor.take(page(positions, incarnation)).map(\.position.description)
    }

    @Test("pages follow one another")
    func pages() {
        var cursor = EventsCursor(after: nil)
        #expect(take(&cursor, ["1.1", "1.2"], "a") == ["1.1", "1.2"])
        #expect(cursor.after?.description == "1.2")
        #expect(take(&cursor, [], "a") == [])
        #expect(take(&cursor, ["1.3"], "a") == ["1.3"])
    }

    @Test("a new incarnation is followed from its first event once the old one is read out")
    func replaced() {
        var cursor = EventsCursor(after: JournalPosition("1.5"))
        #expect(take(&cursor, ["1.6"], "a") == ["1.6"])
        #expect(take(&cursor, ["1.7"], "b") == ["1.7"])
        #expect(take(&cursor, [], "b") == [])
        #expect(cursor.after == nil)
        #expect(take(&cursor, ["2.1", "2.2"], "b") == ["2.1", "2.2"])
        #expect(take(&cursor, [], "b") == [])
        #expect(cursor.after?.description == "2.2")
    }

    @Test("a page read in the moment of the change repeats nothing")
    func race() {
        var cursor = EventsCursor(after: nil)
        #expect(take(&cursor, ["2.1", "2.2"], "a") == ["2.1", "2.2"])
        #expect(take(&cursor, [], "b") == [])
        #expect(take(&cursor, ["2.1", "2.2", "2.3"], "b") == ["2.3"])
        #expect(cursor.after?.description == "2.3")
    }
}
