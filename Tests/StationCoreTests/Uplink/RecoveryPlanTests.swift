import LockerDomain
import StationCore
import StationPorts
import SyncWire
import Testing

@Suite("What a station asks the county for")
struct RecoveryPlanTests {
    private func list(_ items: (String, first: Int, last: Int)...) -> IncarnationList {
        IncarnationList(
            incarnations: items.map {
                IncarnationList.Item(incarnation: $0.0, first: $0.first, acknowledged: $0.last, hash: "")
            },
            time: ""
        )
    }

    private func plan(
        _ list: IncarnationList,
        after: EventID? = nil,
        reached: EventID? = nil,
        since: Set<String> = []
    ) -> [String] {
        RecoveryPlan(list, after: after, reached: reached, since: since).ranges.map {
            "\($0.incarnation) \($0.after)-\($0.last)"
        }
    }

    @Test("all that the county has of the last days, but for what was written since, the oldest first")
    func all() {
        let list = list(("a", 101, 100), ("b", 51, 90), ("c", 1, 40), ("d", 1, 3))
        #expect(plan(list, since: ["d"]) == ["b 50-90", "c 0-40"])
    }

    @Test("only what is behind the intact end, in its incarnation and in those after it")
    func behind() {
        let list = list(("a", 1, 100), ("b", 1, 90), ("c", 1, 40))
        #expect(plan(list, after: EventID(incarnation: "b", sequence: 70), since: ["c"]) == ["b 70-90"])
        #expect(plan(list, after: EventID(incarnation: "b", sequence: 90)) == ["c 0-40"])
        #expect(plan(list, after: EventID(incarnation: "x", sequence: 5)) == [], "the county never heard of it")
    }

    @Test("it goes on where it was interrupted")
    func reached() {
        let list = list(("a", 1, 100), ("b", 1, 90), ("c", 1, 40))
        #expect(plan(list, reached: EventID(incarnation: "b", sequence: 60), since: ["c"]) == ["b 60-90"])
        #expect(plan(list, reached: EventID(incarnation: "b", sequence: 90), since: ["c"]) == [])
    }

    @Test("only what began behind a journal that the county knew is another board's")
    func otherBoard() throws {
        func course(_ list: IncarnationList, isKnown: Bool) throws -> RecoveryCourse {
            let wanted = RecoveryWanted(holdsTail: true, isLoss: false, isKnown: isKnown)
            return try RecoveryCourse(wanted, list, in: Shelf([4, 2]).journal)
        }
        let (own, other) = (Shelf.name(1), "f")
        let replaced = list((other, first: 1, last: 9), (own, first: 1, last: 4), (Shelf.name(2), first: 1, last: 2))
        #expect(try course(replaced, isKnown: true).end == .whole)
        #expect(try course(replaced, isKnown: false).end == .takeOver)
        let foreign = list((own, first: 1, last: 4), (Shelf.name(2), first: 1, last: 2), (other, first: 1, last: 9))
        #expect(try course(foreign, isKnown: true).end == .takeOver)
        #expect(try course(foreign, isKnown: true).shared == 2)
        #expect(try course(foreign, isKnown: false).shared == nil)
    }

    @Test("a page whose unsigned header gives its lines other numbers is not used")
    func otherNumbers() throws {
        let name = Shelf.name(1)
        let lines = (5...6).map { Array(#"{"id":"\#(name)/00000000000\#($0)"}"#.utf8) }
        func page(_ first: Int) throws -> RecoveredPage? {
            let after = lines.reduce(Chain.start) { Chain.next(after: $0, bytes: $1) }
            let header = ChainHeader(
                incarnation: name,
                first: first,
                last: first + 1,
                before: Chain.start,
                after: after
            )
            let reply = UplinkReply(
                status: 200,
                headers: [(name: "locker-chain", value: header.text)],
                body: Batch.join(lines)
            )
            return try RecoveredPage(reply, of: name, after: 4)
        }
        #expect(try page(5)?.last == 6)
        #expect(throws: RecoveredPage.Fault.self) { try page(7) }
    }
}
