import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("A batch and its header")
struct ChainBatchTests {
    private let journal = WrittenJournal(4)

    @Test("lines come with their places, their bytes and the hashes before and behind them")
    func lines() throws {
        let lines = try journal.batch(2...4).lines
        #expect(lines.map(\.sequence) == [2, 3, 4])
        #expect(lines.map(\.bytes) == Array(journal.lines[1...]))
        #expect(lines.map(\.before) == Array(journal.hashes[1...3]))
        #expect(lines.map(\.hash) == Array(journal.hashes[2...4]))
        #expect(lines.map { $0.read?.sequence } == [2, 3, 4])
        #expect(lines.allSatisfy { $0.fault == nil && $0.type == "station.stopped" })
    }

    @Test("a line over the bound is kept and quarantined, never refused; one at the bound is read")
    func longLines() throws {
        for (bytes, isRead) in [(Limits.eventBytesMax, true), (Limits.eventBytesMax + 1, false)] {
            var journal = WrittenJournal(1)
            let line = String(decoding: WrittenJournal(2).lines[1], as: UTF8.self)
            // What a newer version adds is passed over.
            let padding = bytes - line.utf8.count - #","zz":"""#.utf8.count
            journal.append(raw: line.dropLast() + #","zz":"\#(String(repeating: "z", count: padding))"}"#)
            let read = try journal.batch(1...2).lines[1]
            #expect(read.bytes.count == bytes)
            #expect((read.fault == nil) == isRead)
            #expect(read.type == "station.stopped")
            if let fault = read.fault { #expect(fault.contains("\(Limits.eventBytesMax) at most")) }
        }
    }

    /// A batch of lines 1 to 4 or 2 to 4 with one thing about its header wrong.
    struct Misfit: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var first = 1
        var change: @Sendable (inout ChainHeader) -> Void
        var detail: String
    }

    @Test(
        "a header that does not fit its lines is refused with 400",
        arguments: [
            Misfit(testDescription: "too few", change: { $0.last = 5 }, detail: "4 lines, Locker-Chain has 1 to 5"),
            Misfit(testDescription: "too many", change: { $0.last = 3 }, detail: "4 lines, Locker-Chain has 1 to 3"),
            Misfit(
                testDescription: "another beginning",
                change: { $0.before = [UInt8](repeating: 1, count: 32) },
                detail: "an incarnation begins at a hash of 32 zero bytes"
            ),
            Misfit(
                testDescription: "another hash before",
                first: 2,
                change: { $0.before = Chain.start },
                detail: "the hash behind the last line is not Locker-Chain's after"
            ),
            Misfit(
                testDescription: "another hash after",
                change: { $0.after = $0.before },
                detail: "the hash behind the last line is not Locker-Chain's after"
            ),
            Misfit(
                testDescription: "another place",
                first: 2,
                change: { ($0.first, $0.last) = (3, 5) },
                detail:
                    "event \(WrittenJournal.incarnation)/2 stands where Locker-Chain has \(WrittenJournal.incarnation)/3"
            ),
        ]
    )
    func misfit(_ misfit: Misfit) throws {
        var header = journal.header(misfit.first...4)
        misfit.change(&header)
        let problem = #expect(throws: Problem.self) {
            try ChainBatch(journal.body(misfit.first...4), header: header, station: WrittenJournal.station)
        }
        #expect(problem?.kind == .malformed && problem?.status == 400)
        #expect(problem?.detail == misfit.detail)
    }

    @Test("another layout is refused with 400", arguments: ["", "[]", "[\n\n]", "[\n{}\n{}\n]", "[\n{},\n\n]"])
    func layout(body: String) {
        let problem = #expect(throws: Problem.self) {
            try ChainBatch(Array(body.utf8), header: journal.header(1...1), station: WrittenJournal.station)
        }
        #expect(problem?.kind == .malformed && problem?.status == 400)
    }

    @Test("an event more than a batch may hold is refused with 413, whatever the header says")
    func tooLarge() throws {
        var header = journal.header(1...4)
        let body = journal.body(1...4)
        #expect(try ChainBatch(body, header: header, station: WrittenJournal.station, eventsMax: 4).lines.count == 4)
        header.last = 3
        let problem = #expect(throws: Problem.self) {
            try ChainBatch(body, header: header, station: WrittenJournal.station, eventsMax: 3)
        }
        #expect(problem?.kind == .tooLarge && problem?.status == 413)
        #expect(problem?.detail == "4 events in one batch, at most 3: send fewer")
        let many = WrittenJournal(Limits.batchEventsMax + 1)
        #expect(throws: Problem.self) { try many.batch() }
    }

    @Test(
        "an id that names another place contradicts the header, whether the event is known or not",
        arguments: [
            ("station.stopped", "\(WrittenJournal.incarnation)/000000000002"),
            ("station.stopped", "00000000000000000000000000000000/000000000001"),
            ("drone.landed", "\(WrittenJournal.incarnation)/000000000002"),
            ("drone.landed", "00000000000000000000000000000000/000000000001"),
        ]
    )
    func contradiction(type: String, id: String) throws {
        var journal = WrittenJournal()
        journal.append(type, id: id)
        let problem = #expect(throws: Problem.self) { try journal.batch() }
        #expect(problem?.kind == .malformed && problem?.status == 400)
        #expect(problem?.title == "Header and lines differ")
        #expect(problem?.detail.hasSuffix(" stands where Locker-Chain has \(WrittenJournal.incarnation)/1") == true)
    }

    @Test("what nobody can interpret is kept with the reason, and what is around it is read")
    func quarantine() throws {
        var journal = WrittenJournal(1)
        journal.append("drone.landed", #"{"pad":1}"#)
        journal.append("station.stopped", #"{"why":"no reason"}"#)
        journal.append(raw: #"{"hello":"world"}"#)
        journal.append(raw: #"{"id":"no place","type":"abc"}"#)
        journal.append(raw: "{not json}")
        journal.append(source: "yc-old-name")
        journal.append(source: String(repeating: "x", count: 80))
        journal.append()
        let lines = try journal.batch().lines
        #expect(
            lines.map(\.fault) == [
                nil, "unknown type dev.villagelocker.drone.landed.v1", "the data of station.stopped cannot be read",
                "no type", "unknown type abc", "not a JSON object with the attributes of an event",
                "source is /stations/yc-old-name", "source is /stations/" + String(repeating: "x", count: 64), nil,
            ]
        )
        #expect(
            lines.map(\.type) == [
                "station.stopped", "dev.villagelocker.drone.landed.v1", "station.stopped", nil, "abc", nil,
                "station.stopped", "station.stopped", "station.stopped",
            ]
        )
        #expect(lines.allSatisfy { ($0.read == nil) == ($0.fault != nil) })
        #expect(lines.map(\.bytes) == journal.lines)
    }
}
