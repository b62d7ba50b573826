import CountyReceiver
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

/// What a station writes about a parcel after its journal was lost. Each act has a parcel of its own.
private enum Act: CaseIterable {
    case nothing
    /// Hearsay, and what the clock lets fall due.
    case reminded, told, notTold, extended, recalled
    /// Writing: somebody stood there.
    case contactGiven, codeReissued, notOpened, moved, found, handedOut
    /// Not where the books have it.
    case notSeen

    var waybill: Waybill { Waybill(rawValue: "SF74444041565\(10 + (Self.allCases.firstIndex(of: self) ?? 0))") }

    /// Whether a manifest announced it as chilled: it is overdue sooner, where the end still knows so.
    var isChilled: Bool { self == .found || self == .moved }

    /// Whether the hold period begins anew when this is done while nothing, or not all, is back.
    func beginsAnew(_ when: LostHoldTests.When) -> Bool {
        switch (self, when) {
        case (.found, .beforeAnyPage): true
        case (.contactGiven, .betweenPages), (.codeReissued, .betweenPages), (.notOpened, .betweenPages),
            (.moved, .betweenPages), (.found, .betweenPages), (.handedOut, .betweenPages):
            true
        default: false
        }
    }
}

/// A station that loses its journal: its own decisions, and facts at its door.
private struct LostStation {
    static let hour: Int64 = 3_600_000

    var station: Station
    var journal = WrittenJournal("yc-1")
    /// What the journal held that is gone.
    private(set) var gone: [RecoveredEvent] = []
    /// From a midnight in Shanghai on.
    var now = Moment(wall: 1_778_515_200_000, uptime: 20_000, clock: .ntp)
    private var boots = 1

    init() {
        station = Station(settings: StationSettings(id: "yc-1", doors: [DoorSettings(name: "A01", size: .medium)]))
    }

    // MARK: What happens

    private mutating func record(_ event: Event) throws {
        let line = EventLine(
            station: "yc-1",
            incarnation: journal.incarnation,
            sequence: journal.lines.count + 1,
            time: now,
            bootID: "boot-\(boots)",
            event: event
        )
        journal.append(raw: String(decoding: try line.encoded(), as: UTF8.self))
    }

    mutating func send(_ input: Input) throws {
        for event in station.decide(input, at: now).events { try record(event) }
    }

    mutating func command(_ kind: Command.Kind) throws {
        let number = station.state.commands.highest + 1
        try send(.command(Command(id: "c\(number)", number: number, kind: kind)))
    }

    mutating func happened(_ facts: ParcelFacts...) throws {
        for fact in facts { try happened(fact.type, fact.data) }
    }

    private mutating func happened(_ type: String, _ data: String) throws {
        var scratch = WrittenJournal("yc-1")
        scratch.append(type, data)
        let event = try EventLine(decoding: scratch.lines[0]).event
        var state = station.state
        state.apply(event, at: now)
        station = Station(settings: station.settings, state: state)
        try record(event)
    }

    /// A manifest announced it, chilled.
    mutating func announceChilled(_ waybill: String) throws {
        let parties = #""parties":{"agent":"a","brand":"SF","cooperationMode":"shared","operator":"SF"}"#
        let entry =
            #""entry":{"brand":"SF","chilled":true,"consent":"unknown","n":0,"operator":"SF","#
            + #""senderAgreement":false,"size":"M","waybill":"\#(waybill)"}"#
        try happened("parcel.expected", #"{"direction":"inbound",\#(entry),"manifest":"m",\#(parties)}"#)
    }

    mutating func wait(hours: Int64) {
        now.wall += hours * Self.hour
        now.uptime += hours * Self.hour
    }

    mutating func pass(hours: Int) throws {
        for _ in 0..<hours {
            wait(hours: 1)
            try send(.timer(.housekeeping))
        }
    }

    mutating func goDark(hours: Int64) throws {
        let last = SignOfLife(wall: now.wall, clock: now.clock)
        boots += 1
        now = Moment(wall: now.wall + hours * Self.hour, uptime: 20_000, clock: .ntp)
        station = Station(settings: station.settings, state: station.state)
        try send(.started(version: "test", levels: ["A01": .closed], after: last))
    }

    mutating func tellAll() throws {
        try command(.notices(Act.allCases.map { Notice(waybill: $0.waybill) }))
    }

    // MARK: The loss

    mutating func lose() throws {
        gone = try journal.lines.map { bytes in
            let line = try EventLine(decoding: bytes)
            return RecoveredEvent(line.event, at: line.time)
        }
        journal = WrittenJournal("yc-1", incarnation: String(repeating: "b", count: 32))
        station = Station(settings: station.settings)
        let fact = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)
        try send(.journalReplaced(fact))
    }

    mutating func getBack(_ lines: ArraySlice<RecoveredEvent>) throws {
        let kept = lines.filter(\.event.isRecoverable)
        let page = BooksRecovered(
            incarnation: String(repeating: "a", count: 32),
            first: "1",
            last: "9",
            hash: "",
            kept: kept.count,
            digest: ""
        )
        try send(.booksRecovered(page, kept))
    }

    /// A parcel of which the station knows nothing can only be found.
    mutating func act(_ act: Act) throws {
        let waybill = act.waybill.rawValue
        let known = station.state.parcels[act.waybill]
        guard known != nil || act == .found else { return }
        switch act {
        case .nothing: break
        case .reminded:
            let number = (known?.hold.reminders ?? 0) + 1
            try happened("parcel.noticeDue", #"{"number":\#(number),"waybill":"\#(waybill)"}"#)
        case .told: try command(.notices([Notice(waybill: act.waybill)]))
        case .notTold: try command(.notices([Notice(waybill: act.waybill, failure: "no such phone")]))
        case .extended: try command(.extendHold(act.waybill, hours: 24))
        case .recalled: try command(.recall([act.waybill]))
        case .contactGiven:
            let who = #""person":"0000000000000402","phoneMasked":"1******5678""#
            try happened("parcel.contactGiven", #"{\#(who),"waybill":"\#(waybill)"}"#)
        case .codeReissued:
            let code = #""by":"county","keyID":"k","n":128"#
            try happened("parcel.codeReissued", #"{\#(code),"waybill":"\#(waybill)"}"#)
        case .notOpened:
            let order = #""attempt":1,"authority":"badge 0000000000000402","cycle":1,"door":"A01""#
            try happened(
                "door.unlockRequested",
                #"{\#(order),"pulseMilliseconds":300,"purpose":"handOut","waybills":["\#(waybill)"]}"#
            )
            try happened("door.openFailed", #"{"attempts":3,"cycle":1,"door":"A01","reason":"not seen open"}"#)
        case .moved: try happened(.takenToMove(waybill), .relocated(waybill))
        case .found:
            try happened(.audited(waybill, "found"))
            if known == nil { try happened(.scanned(waybill)) }
            try happened(.stored(waybill))
        case .handedOut: try happened(.collected(waybill))
        case .notSeen: try happened(.audited(waybill, "changedWhileOff"))
        }
    }

    mutating func actAll() throws { for one in Act.allCases { try act(one) } }
}

@Suite("Hold periods after a lost journal: station and county reckon alike")
struct LostHoldTests {
    enum When: CaseIterable, Sendable {
        case beforeAnyPage, betweenPages, whenAllIsBack
    }

    private let county: TestCounty

    init() throws { county = try TestCounty() }

    @Test(
        "whatever the station writes, and whenever, both have the same period, and no time without the parcel counts",
        arguments: When.allCases,
        [true, false]
    )
    func alike(when: When, isToldInFirstPage: Bool) async throws {
        defer { county.remove() }
        try await county.serving { client in
            let sender = try await county.enrolledStation("yc-1", client)
            var lost = LostStation()
            func compare(_ comment: String) async throws {
                try await sender.report(in: &lost.journal, client)
                for act in Act.allCases {
                    let parcel = try #require(lost.station.state.parcels[act.waybill], "\(act) \(comment)")
                    let there = try county.county.holdPeriod(act.waybill.rawValue, station: "yc-1")
                    #expect(there.hold == parcel.hold, "\(act) \(comment)")
                    #expect(there.end == parcel.hold.end(chilled: parcel.isCold, Policy()), "\(act) \(comment)")
                    #expect(there.missing == (parcel.status == .missing), "\(act) \(comment)")
                }
            }
            for act in Act.allCases {
                if act.isChilled { try lost.announceChilled(act.waybill.rawValue) }
                let scanned = act.isChilled ? ParcelFacts.announced : ParcelFacts.scanned
                try lost.happened(scanned(act.waybill.rawValue), .stored(act.waybill.rawValue))
            }
            if isToldInFirstPage { try lost.tellAll() }
            let page = lost.journal.lines.count
            if !isToldInFirstPage { try lost.tellAll() }
            let told = lost.now.wall
            // Two reminders, and half a day more.
            try lost.pass(hours: 60)
            for act in Act.allCases { try lost.command(.extendHold(act.waybill, hours: 12)) }
            try await compare("before")
            #expect(lost.station.state.parcels[Act.nothing.waybill]?.hold.reminders == 2)

            let last = lost.now.wall
            lost.wait(hours: 120)
            try lost.lose()
            if when == .beforeAnyPage { try lost.actAll() }
            lost.wait(hours: 1)
            try lost.getBack(lost.gone[..<page])
            if when == .betweenPages { try lost.actAll() }
            let state = lost.station.state
            #expect(try CanonicalJSON.decode(StationState.self, from: CanonicalJSON.encode(state)) == state)
            lost.wait(hours: 1)
            try lost.getBack(lost.gone[page...])
            try lost.send(.booksRecovered(BooksRecovered(), []))
            let away = lost.now.wall - last
            if when == .whenAllIsBack { try lost.actAll() }
            try await compare("all is back")
            for act in Act.allCases {
                let hold = lost.station.state.parcels[act.waybill]?.hold
                let isAnew = act.beginsAnew(when)
                #expect(hold?.began == (isAnew ? nil : told), "\(act)")
                #expect(hold?.paused == (isAnew ? nil : away), "\(act)")
            }

            try lost.pass(hours: 30)
            try await compare("a day later")
            try lost.goDark(hours: 10)
            try await compare("after a darkness")
            try lost.tellAll()
            try lost.pass(hours: 100)
            try await compare("at the end")
        }
    }
}
