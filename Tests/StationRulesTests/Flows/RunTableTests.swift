import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// What the card of a run, a first parcel and the end of a session lead to, whatever run is on the books.
@Suite("Every run on the books")
struct RunTableTests {
    /// Columns: no run; the courier's own, by its card; the same after a power cut; the keeper's, left by a power cut;
    /// the courier's own of yesterday, left by a power cut; the courier's own of an hour ago, left by a power cut.
    private static let table = """
        .          none    own      ownCut  ofAnother ofYesterday ofAnHourAgo
        sameCard   arrives no       no      takesOver takesOver   takesOver
        otherCard  arrives takesOver takesOver takesOver takesOver takesOver
        firstScan  implied in       in      impliedOver impliedOver impliedOver
        secondScan in      in       in      in        in          in
        end        ends    departs  departs ends      departs     departs
        sameBadge  ends    departs  departs ends      departs     departs
        otherBadge changes leaves   leaves  changes   leaves      leaves
        idle       ends    departs  departs ends      departs     departs
        """

    private static let effects: [String: [EventType]] = [
        "no": [.scanRejected], "arrives": [.runArrived], "takesOver": [.runDeparted, .runArrived],
        "in": [.parcelReceived, .doorUnlockRequested],
        "implied": [.runArrived, .parcelReceived, .doorUnlockRequested],
        "impliedOver": [.runDeparted, .runArrived, .parcelReceived, .doorUnlockRequested],
        "ends": [.sessionClosed], "departs": [.runDeparted, .sessionClosed],
        "changes": [.sessionClosed, .sessionOpened], "leaves": [.runDeparted, .sessionClosed, .sessionOpened],
    ]

    private static let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }

    @Test("each input does what the table says", arguments: rows.dropFirst())
    func inputs(row: [String]) throws {
        let columns = try #require(Self.rows.first)
        try #require(row.count == columns.count)
        for (books, word) in zip(columns, row).dropFirst() {
            var cabinet = Self.cabinet(books)
            #expect((cabinet.state.run == nil) == (books == "none"))
            let before = cabinet.state.run
            Self.act(row[0], on: &cabinet)
            let name = "\(row[0]) with \(books)"
            #expect(cabinet.types == Self.effects[word], "\(name)")
            #expect(cabinet.replayed == cabinet.state, "\(name)")
            let departed = cabinet.event(RunDeparted.self)
            if let departed { #expect(departed.run == before?.id && departed.person == before?.person, "\(name)") }
            if let arrived = cabinet.event(RunArrived.self) {
                #expect(arrived.person == TestKeys.person(.courier), "\(name)")
                #expect(cabinet.state.run?.id == arrived.run, "\(name)")
            }
        }
    }

    /// A courier's session, and a run on the books.
    private static func cabinet(_ books: String) -> Cabinet {
        var cabinet = Cabinet()
        if books != "none" {
            cabinet.begin(books == "ofAnother" ? .keeper : .courier)
            cabinet.card(.run("R1"))
        }
        if books == "own" { return cabinet }
        if books != "none" { cabinet.restart() }
        if books == "ofYesterday" { cabinet.passHours(24) }
        if books == "ofAnHourAgo" { cabinet.passHours(1) }
        cabinet.begin(.courier)
        return cabinet
    }

    private static func act(_ input: String, on cabinet: inout Cabinet) {
        switch input {
        case "sameCard": cabinet.card(.run("R1"))
        case "otherCard": cabinet.card(.run("R2"))
        case "firstScan": cabinet.scan(Lives.waybill.rawValue)
        case "secondScan":
            cabinet.scan("SF7444404156506")
            cabinet.scan(Lives.waybill.rawValue)
        case "end": cabinet.end()
        case "sameBadge": cabinet.scan(cabinet.badge(.courier))
        case "otherBadge": cabinet.scan(cabinet.badge(.inspector))
        default: cabinet.send(.timer(.sessionIdle(cabinet.state.session?.id ?? 0)))
        }
    }
}
