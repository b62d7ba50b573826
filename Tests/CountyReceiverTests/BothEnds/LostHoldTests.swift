import CountyReceiver
import HummingbirdTesting
import LockerDomain
import PortFakes
import StationBooks
import StationRules
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

/// A station that loses its journal.
extension DecidingStation {
    /// A manifest announced it, chilled.
    fileprivate mutating func announceChilled(_ waybill: String) throws {
        let parties = #""parties":{"agent":"a","brand":"SF","cooperationMode":"shared","operator":"SF"}"#
        let entry =
            #""entry":{"brand":"SF","chilled":true,"consent":"unknown","n":0,"operator":"SF","#
            + #""senderAgreement":false,"size":"M","waybill":"\#(waybill)"}"#
        try happened("parcel.expected", #"{"direction":"inbound",\#(entry),"manifest":"m",\#(parties)}"#)
    }

    fileprivate mutating func tellAll() throws {
        try command(.notices(Act.allCases.map { Notice(waybill: $0.waybill) }))
    }

    // MARK: The loss

    /// Returns what the journal held that is gone.
    fileprivate mutating func lose() throws -> [RecoveredEvent] {
        let gone = try journal.lines.map { bytes in
            let line = try EventLine(decoding: bytes)
            return RecoveredEvent(line.event, at: line.time)
        }
        journal = WrittenJournal("yc-1", incarnation: String(repeating: "b", count: 32))
        station = Station(settings: station.settings)
        let fact = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)
        try send(.journalReplaced(fact))
        return gone
    }

    fileprivate mutating func getBack(_ lines: ArraySlice<RecoveredEvent>) throws {
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
    fileprivate mutating func act(_ act: Act) throws {
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

    fileprivate mutating func actAll() throws { for one in Act.allCases { try act(one) } }
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
            var lost = DecidingStation()
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
            let gone = try lost.lose()
            if when == .beforeAnyPage { try lost.actAll() }
            lost.wait(hours: 1)
            try lost.getBack(gone[..<page])
            if when == .betweenPages { try lost.actAll() }
            let state = lost.station.state
            #expect(try CanonicalJSON.decode(StationState.self, from: CanonicalJSON.encode(state)) == state)
            lost.wait(hours: 1)
            try lost.getBack(gone[page...])
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
