import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// What every event about a parcel does to it in every status. A status or an event without its place in the table fails.
@Suite("Every status of a parcel and every event")
struct ParcelTableTests {
    /// As the golden lines have it.
    private static let waybill: Waybill = "SF7444404156506"

    /// The status after each event; a point where nothing moves, in brackets what no decision is known to make.
    private static let statuses = """
        .                        unknown    expected    received    stored     withAgent   collected   refused     retrieved   returned    lost        missing     inParts
        parcel.expected          expected   expected    (expected)  (expected) (expected)  expected    (expected)  (expected)  expected    expected    expected    expected
        parcel.expected.late     (.)        (.)         .           .          .           (.)         .           .           (.)         (.)         (.)         (.)
        parcel.received          received   received    (received)  (received) received    received    received    received    received    received    received    received
        parcel.received.move     (received) (received)  (received)  received   (received)  (received)  (received)  (received)  (received)  (received)  (received)  (received)
        parcel.contactGiven      (.)        .           .           .          .           .           .           .           .           .           .           (.)
        parcel.stored            (.)        (stored)    stored      stored     (stored)    (stored)    (stored)    (stored)    (stored)    (stored)    (stored)    (stored)
        parcel.relocated         (.)        (stored)    stored      stored     (stored)    (stored)    (stored)    (stored)    (stored)    (stored)    (stored)    (stored)
        parcel.noticeDue         (.)        (.)         (.)         .          (.)         (.)         (.)         (.)         (.)         (.)         (.)         (.)
        parcel.noticed           (.)        (.)         .           .          (.)         (.)         .           (.)         (.)         (.)         (.)         (.)
        parcel.noticeFailed      (.)        (.)         .           .          (.)         (.)         (.)         (.)         (.)         (.)         (.)         (.)
        parcel.codeReissued      (.)        (.)         .           .          (.)         (.)         .           (.)         (.)         (.)         (.)         .
        parcel.holdExtended      (.)        (.)         (.)         .          (.)         (.)         .           (.)         (.)         (.)         (.)         (.)
        parcel.overdue           (.)        (.)         (.)         .          (.)         (.)         (.)         (.)         (.)         (.)         (.)         (.)
        parcel.recalled          (.)        (.)         (.)         .          (.)         (.)         .           (.)         (.)         (.)         (.)         (.)
        parcel.recalled.chilled  (.)        (.)         (.)         .          (.)         (.)         (.)         (.)         (.)         (.)         (.)         (.)
        parcel.handedToAgent     (.)        (withAgent) (withAgent) withAgent  (withAgent) (withAgent) (withAgent) (withAgent) (withAgent) (withAgent) (withAgent) (withAgent)
        parcel.collected         (.)        (collected) collected   collected  collected   collected   collected   (collected) (collected) (collected) (collected) (collected)
        parcel.refused           (.)        (refused)   (refused)   refused    (refused)   refused     (refused)   (refused)   (refused)   (refused)   (refused)   (refused)
        parcel.damaged           (.)        .           .           .          .           .           .           .           .           .           .           (.)
        parcel.short             (.)        .           .           .          .           .           .           .           .           .           .           (.)
        parcel.lost              (.)        (lost)      lost        lost       lost        (lost)      lost        lost        (lost)      (lost)      lost        (lost)
        parcel.retrieved         (.)        (retrieved) (retrieved) retrieved  (retrieved) (retrieved) retrieved   (retrieved) (retrieved) (retrieved) (retrieved) (retrieved)
        parcel.returned          (.)        (returned)  returned    (returned) (returned)  (returned)  (returned)  returned    (returned)  (returned)  (returned)  (returned)
        parcel.joined            .          .           .           .          .           (.)         .           .           .           .           .           (.)
        audit.difference.found   .          .           .           .          .           .           .           .           .           .           .           (.)
        audit.difference.missing (.)        (missing)   missing     missing    missing     missing     missing     missing     (missing)   (missing)   (missing)   (missing)
        pickup.authorised        (.)        (.)         (.)         .          (.)         (.)         (.)         (.)         (.)         (.)         (.)         (.)
        """

    /// What each event does besides, in any status: where the parcel lies, where it was taken from to be moved, who has
    /// it, the counter of its code and its hold period; a point where nothing moves, a dash where it is wiped out.
    private static let besides = """
        .                        place from   holder n   hold
        parcel.expected          -     -      -      0   new
        parcel.expected.late     .     .      .      .   .
        parcel.received          -     -      -      128 newUnlessHere
        parcel.received.move     -     before -      128 newUnlessHere
        parcel.contactGiven      .     .      .      .   .
        parcel.stored            A01   -      .      0   .
        parcel.relocated         S1-07 -      .      .   .
        parcel.noticeDue         .     .      .      .   reminded
        parcel.noticed           .     .      .      .   told
        parcel.noticeFailed      .     .      .      .   untold
        parcel.codeReissued      .     .      .      129 .
        parcel.holdExtended      .     .      .      .   longer
        parcel.overdue           .     .      .      .   overdue
        parcel.recalled          .     .      .      .   recalled
        parcel.recalled.chilled  .     .      .      .   spoiling
        parcel.handedToAgent     .     .      0403   .   .
        parcel.collected         .     .      0402   .   .
        parcel.refused           A01   .      .      .   .
        parcel.damaged           .     .      .      .   .
        parcel.short             .     .      .      .   .
        parcel.lost              .     .      .      .   .
        parcel.retrieved         .     .      0401   .   .
        parcel.returned          .     .      .      .   .
        parcel.joined            .     .      .      3   .
        audit.difference.found   A01   .      .      .   .
        audit.difference.missing .     .      .      .   .
        pickup.authorised        .     .      .      .   .
        """

    private static let columns = [nil] + Parcel.Status.allCases.map(Optional.some)
    private static let now = Moment(wall: Cabinet.newYear + 7_777, uptime: 0, clock: .ntp)

    private static func rows(_ table: String) -> [[String]] {
        table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }

    private static func row(_ name: String, of table: String) throws -> [String] {
        let row = try #require(rows(table).first { $0.first == name }, "\(name) has no row")
        return Array(row.dropFirst())
    }

    // MARK: The tables

    @Test("the tables have a column for each status and a row for each event")
    func complete() {
        #expect(Self.rows(Self.statuses).first == [".", "unknown"] + Parcel.Status.allCases.map(\.rawValue))
        let names = Self.rows(Self.statuses).dropFirst().map(\.[0])
        #expect(Self.rows(Self.besides).dropFirst().map(\.[0]) == names)
        let types = Set(names.map { $0.split(separator: ".").prefix(2).joined(separator: ".") })
        let others: Set<String> = ["audit.difference", "pickup.authorised"]
        #expect(types == others.union(EventType.allCases.map(\.rawValue).filter { $0.hasPrefix("parcel.") }))
    }

    @Test("each event in each status moves what the table says", arguments: rows(statuses).dropFirst().map(\.[0]))
    func moves(name: String) throws {
        let row = try Self.row(name, of: Self.statuses)
        try #require(row.count == Self.columns.count)
        let event = try Self.event(name)
        for (word, status) in zip(row, Self.columns) {
            var state = Self.state(status, hold: Hold())
            state.apply(event, at: Self.now)
            let expected = word.filter { $0 != "(" && $0 != ")" }
            let after = state.parcels[Self.waybill]?.status.rawValue
            let column = status?.rawValue ?? "unknown"
            #expect(after == (expected == "." ? status?.rawValue : expected), "\(name) while \(column)")
        }
    }

    @Test("what each event does besides it does in each status", arguments: rows(besides).dropFirst().map(\.[0]))
    func whatElse(name: String) throws {
        let row = try Self.row(name, of: Self.besides)
        try #require(row.count == 5)
        let event = try Self.event(name)
        var worn = Hold()
        worn.extraHours = 1
        (worn.isOverdue, worn.isRecalled, worn.isSpoiling, worn.noticeFailed) = (true, true, true, true)
        for status in Parcel.Status.allCases {
            for hold in [Hold(), worn] {
                var state = Self.state(status, hold: hold)
                let before = try #require(state.parcels[Self.waybill])
                state.apply(event, at: Self.now)
                let after = try #require(state.parcels[Self.waybill])
                let place = row[0] == "." ? before.place?.description : row[0] == "-" ? nil : row[0]
                #expect(after.place?.description == place, "\(name) while \(status)")
                let from = row[1] == "." ? before.movedFrom : row[1] == "before" ? before.place : nil
                #expect(after.movedFrom == from, "\(name) while \(status)")
                let holder = row[2] == "." ? before.holder : row[2] == "-" ? nil : "000000000000\(row[2])"
                #expect(after.holder == holder, "\(name) while \(status)")
                #expect(String(after.n) == (row[3] == "." ? String(before.n) : row[3]), "\(name) while \(status)")
                #expect(after.hold == Self.hold(row[4], from: before), "\(name) while \(status)")
            }
        }
    }

    @Test("no random day makes what the table has in brackets", arguments: UInt64(1)...4)
    func neverMade(seed: UInt64) throws {
        var walk = Walk(seed: seed)
        for _ in 0..<2_500 { walk.step() }
        var state = StationState()
        for (done, (event, at)) in walk.cabinet.journal.enumerated() {
            if let (name, waybill) = Self.reading(event), state.shipments[waybill]?.isHere != true {
                let status = state.parcels[waybill]?.status
                let column = try #require(Self.columns.firstIndex(of: status))
                let word = try Self.row(name, of: Self.statuses)[column]
                let before = walk.cabinet.journal.prefix(done).map(\.event).suffix(12)
                #expect(!word.hasPrefix("("), "\(name) while \(status?.rawValue ?? "unknown"), behind \(before)")
            }
            state.apply(event, at: at)
        }
    }

    // MARK: What stands behind the words

    private static func hold(_ word: String, from before: Parcel) -> Hold {
        var hold = before.hold
        switch word {
        case "new": hold = Hold()
        case "newUnlessHere": if before.status != .expected, before.status != .stored { hold = Hold() }
        case "reminded": (hold.reminders, hold.lastNotice) = (1, now.wall)
        case "told":
            (hold.noticed, hold.noticeFailed, hold.isSpoiling) = (true, false, nil)
            (hold.toldBy, hold.began, hold.lastNotice) = ("0000000000000402", now.wall, now.wall)
        case "untold": hold.noticeFailed = true
        case "longer":
            hold.extraHours += 24 + 48
            (hold.isOverdue, hold.isSpoiling) = (false, nil)
        case "overdue": hold.isOverdue = true
        case "recalled": hold.isRecalled = true
        case "spoiling": hold.isSpoiling = true
        default: break
        }
        return hold
    }

    /// A state in which the parcel has the status, brought there by what people do, with marks in what an event may change.
    private static func state(_ status: Parcel.Status?, hold: Hold) -> StationState {
        var state = Lives.cabinet(status).state
        guard var parcel = state.parcels[Lives.waybill] else { return state }
        state.parcels[Lives.waybill] = nil
        parcel.waybill = waybill
        (parcel.holder, parcel.n, parcel.hold, parcel.movedFrom) = ("before", 7, hold, .shelf("S1-02"))
        state.parcels[waybill] = parcel
        return state
    }

    /// The event of a row: the golden one, or a variant of it.
    private static func event(_ name: String) throws -> Event {
        let words = name.split(separator: ".").map(String.init)
        let type = try #require(EventType(rawValue: words.prefix(2).joined(separator: ".")))
        let variant = words.count > 2 ? words[2] : nil
        switch try GoldenLines.event(type) {
        case .parcelExpected(var fact):
            fact.late = variant == "late" ? true : nil
            return .parcelExpected(fact)
        case .parcelReceived(var fact):
            fact.how = variant == "move" ? .move : .scan
            return .parcelReceived(fact)
        case .parcelRecalled(var fact):
            fact.reason = variant == "chilled" ? .chilled : nil
            return .parcelRecalled(fact)
        case .auditDifference(var fact):
            fact.finding = variant == "found" ? .found : .missing
            return .auditDifference(fact)
        case let event: return event
        }
    }

    /// The row of an event and the parcel that it names.
    private static func reading(_ event: Event) -> (name: String, waybill: Waybill)? {
        var name = event.type.rawValue
        var subject = event.payload.subject.map(Waybill.init(rawValue:))
        switch event {
        case .parcelExpected(let fact): if fact.late == true { name += ".late" }
        case .parcelReceived(let fact): if fact.how == .move { name += ".move" }
        case .parcelRecalled(let fact): if fact.reason == .chilled { name += ".chilled" }
        case .auditDifference(let fact):
            guard fact.finding == .found || fact.finding == .missing else { return nil }
            name += ".\(fact.finding.rawValue)"
            subject = fact.waybill
        default: guard name.hasPrefix("parcel.") || event.type == .pickupAuthorised else { return nil }
        }
        return subject.map { (name, $0) }
    }
}
