import StationCore
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
}
