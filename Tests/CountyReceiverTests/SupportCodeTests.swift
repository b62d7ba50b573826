import CountyBooks
import CountyReceiver
import Hummingbird
import HummingbirdTesting
import LockerDomain
import LockerTestKit
import PortFakes
import SyncWire
import Testing

@Suite("Support codes of the county")
struct SupportCodeTests {
    private func use(_ counter: UInt32, _ journal: inout WrittenJournal) {
        journal.append("support.codeUsed", #"{"counter":\#(counter),"door":"A05","requester":"00000000000003e9"}"#)
    }

    @Test("each code has a counter of its own, as far as the station looks ahead; then the oldest comes again")
    func ahead() async throws {
        try await withStation { county, station, _ in
            let orders = try (0..<6).map { number in
                try county.county.supportCode(station: station.id, door: "A0\(number)", person: "1001")
            }
            #expect(orders.map(\.counter) == [0, 1, 2, 3, 4, 0])
            #expect(Set(orders.map(\.code)).count == 6)
            #expect(orders.allSatisfy { $0.code.utf8.count == Limits.supportCodeDigits })
        }
    }

    @Test("the vectors that both programs keep to", arguments: SupportCodeVector.all)
    func vectors(vector: SupportCodeVector) throws {
        let key = try #require(CodeKey(bytes: Array(0..<32)))
        let order = County.SupportOrder(
            station: "yc-test-1",
            door: vector.door.rawValue,
            person: PersonNumber(decimal: vector.person),
            counter: vector.counter,
            key: key
        )
        #expect(order.code == vector.code)
        #expect(order.person == vector.person)
    }

    @Test("the code is the one that the station computes, for the door and the person alone", arguments: ["2001", ""])
    func asTheStation(person: String) async throws {
        try await withStation { county, station, client in
            let key = try await DeskTests.codeKey(of: station, county, client)
            let order = try county.county.supportCode(station: station.id, door: "A05", person: person)
            let doors: [DoorName] = ["A04", "A05"]
            let requester = person.isEmpty ? nil : PersonNumber(wire: "00000000000007d1")
            let match = SupportCode.match(order.code, from: 0, doors: doors, requester: requester, key: key)
            #expect(match?.door == "A05")
            let other = person.isEmpty ? PersonNumber(1) : nil
            #expect(SupportCode.match(order.code, from: 0, doors: doors, requester: other, key: key) == nil)
        }
    }

    @Test("what the station used moves the counter on, and a lost journal takes it back")
    func used() async throws {
        try await withStation { county, station, client in
            _ = try county.county.supportCode(station: station.id, door: "A05", person: "1001")
            var journal = WrittenJournal(station.id)
            use(3, &journal)
            #expect(try await station.post(journal, 1...1, client).status == 200)
            #expect(try county.county.supportCode(station: station.id, door: "A05").counter == 4)
            var next = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
            next.append("station.journalReplaced", #"{"reason":"damaged"}"#)
            #expect(try await station.post(next, 1...1, client).status == 200)
            // 0 was given out before the loss: another one comes first, so that its code is not the old one.
            #expect(try county.county.supportCode(station: station.id, door: "A05", person: "1001").counter == 1)
        }
    }

    @Test("a station that begins a new journal says from where its codes count", arguments: ["damaged", "restored"])
    func restarted(reason: String) async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            use(3, &journal)
            let used = try await station.post(journal, 1...1, client)
            #expect(used.status == 200)
            var next = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
            next.append("station.journalReplaced", #"{"reason":"\#(reason)","supportCounter":1843962411}"#)
            #expect(try await station.post(next, 1...1, client).status == 200)
            #expect(try county.county.supportCode(station: station.id, door: "A05").counter == 1_843_962_411)
        }
    }

    @Test("codes go on behind the highest counter of all, at both ends")
    func wraps() async throws {
        try await withStation { county, station, client in
            let key = try await DeskTests.codeKey(of: station, county, client)
            var journal = WrittenJournal(station.id)
            use(.max - 2, &journal)
            #expect(try await station.post(journal, 1...1, client).status == 200)
            let orders = try (1...5).map { try county.county.supportCode(station: station.id, door: "A0\($0)") }
            #expect(orders.map(\.counter) == [.max - 1, .max, 0, 1, 2])
            for order in orders {
                let doors = (1...5).map { DoorName(rawValue: "A0\($0)") }
                let match = SupportCode.match(order.code, from: .max - 1, doors: doors, requester: nil, key: key)
                #expect(match?.counter == order.counter)
            }
            use(.max, &journal)
            #expect(try await station.post(journal, 2...2, client).status == 200)
            #expect(try county.county.supportCode(station: station.id, door: "A09").counter == 3)
        }
    }

    @Test("a door is called as station.toml may call it", arguments: ["门", String(repeating: "A", count: 32), "A-05"])
    func doorNames(door: String) async throws {
        try await withStation { county, station, _ in
            let order = try county.county.supportCode(station: station.id, door: door)
            #expect(order.door == door)
        }
    }

    @Test("while the link is down the caller says from where the codes count now")
    func told() async throws {
        try await withStation { county, station, _ in
            let first = try county.county.supportCode(station: station.id, door: "A05", counter: 70_000)
            let second = try county.county.supportCode(station: station.id, door: "A06")
            #expect(first.counter == 70_000 && second.counter == 70_001)
        }
    }

    @Test(
        "what is no door or no number of a person is refused",
        arguments: [
            ("", ""), ("A 5", ""), ("A05", "Wang"), ("A\u{7F}5", ""), (String(repeating: "A", count: 33), ""),
            ("A05", "0"), ("A05", "00000000000007d1"),
            ("A05", "0000000000001001"), ("A05", "+2001"),
        ]
    )
    func refused(door: String, person: String) async throws {
        try await withStation { county, station, _ in
            #expect(throws: CountyFault.self) {
                try county.county.supportCode(station: station.id, door: door, person: person)
            }
        }
    }
}
