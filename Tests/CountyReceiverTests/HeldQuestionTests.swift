import CountyReceiver
import SyncWire
import Testing

@Suite("Held questions, without a clock")
struct HeldQuestionTests {
    private let start = ContinuousClock.now
    private var held: HeldQuestions

    init() {
        held = HeldQuestions(
            slots: TimeSlots(origin: start, milliseconds: CountyLimits.commandPollMilliseconds)
        )
    }

    private func after(_ milliseconds: Int64) -> ContinuousClock.Instant {
        start.advanced(by: .milliseconds(milliseconds))
    }

    private func query(_ highest: Int = 0) -> CommandQuery {
        CommandQuery(wait: 55, after: 0, highest: highest, end: nil)
    }

    /// Holds a question for some seconds and lets it sleep.
    private mutating func ask(
        _ number: Int,
        _ station: String,
        highest: Int = 0,
        lacksEvents: Bool = false,
        seconds: Int64 = 55,
        at now: Int64 = 0
    ) {
        #expect(
            held.enter(number, station: station, query(highest), until: after(now + seconds * 1_000), now: after(now))
                != nil
        )
        #expect(held.sleep(number, lacksEvents: lacksEvents) == true)
    }

    @Test("a command wakes the question of its station alone, and only above the number that the station has seen")
    mutating func command() {
        ask(1, "yc-1", highest: 7)
        ask(2, "yc-2")
        #expect(held.commandsCame(["yc-1": 7, "yc-3": 9]).isEmpty)
        #expect(held.commandsCame(["yc-1": 8]) == [1])
        #expect(held.asleep == 1 && held.wakes == 1 && !held.isOver(1))
        #expect(held.commandsCame(["yc-1": 9]).isEmpty, "it is awake")
    }

    @Test("a question that enters twice, because its transaction was done again, is held once and does not end itself")
    mutating func twice() {
        for _ in 0..<2 {
            #expect(held.enter(1, station: "yc-1", query(), until: after(55_000), now: after(0)) == [])
        }
        #expect(held.count == 1 && !held.isOver(1))
        #expect(held.sleep(1, lacksEvents: false) == true)
        #expect(held.commandsCame(["yc-1": 1]) == [1])
        held.leave(1)
        #expect(held.count == 0)
        #expect(held.endDue(now: after(60_000)).isEmpty)
    }

    @Test("what comes while a question looks into the books is kept until it wants to sleep, and counts once")
    mutating func whileItLooks() throws {
        #expect(held.enter(1, station: "yc-1", query(), until: after(55_000), now: after(0)) == [])
        #expect(held.commandsCame(["yc-1": 1]).isEmpty)
        #expect(held.sleep(1, lacksEvents: false) == false)
        #expect(held.sleep(1, lacksEvents: false) == true)
        #expect(held.commandsCame(["yc-1": 2]) == [1])
        _ = held.eventsCame("yc-1")
        #expect(held.sleep(1, lacksEvents: true) == false)
        #expect(held.sleep(1, lacksEvents: true) == true)
    }

    @Test("a batch wakes its station's question only while that lacks events")
    mutating func batch() {
        ask(1, "yc-1", lacksEvents: true)
        ask(2, "yc-2")
        #expect(held.eventsCame("yc-2").isEmpty)
        #expect(held.eventsCame("yc-3").isEmpty)
        #expect(held.eventsCame("yc-1") == [1])
        #expect(held.sleep(1, lacksEvents: false) == true)
        #expect(held.eventsCame("yc-1").isEmpty)
    }

    @Test("each question ends within a quarter of a second of its time, and not before")
    mutating func deadline() {
        ask(1, "yc-1", seconds: 1, at: 10)
        ask(2, "yc-2", seconds: 2, at: 20)
        ask(3, "yc-3", seconds: 55, at: 20)
        for (now, due) in [(1_009, []), (1_250, [1]), (1_500, []), (2_249, []), (2_250, [2])] {
            #expect(held.endDue(now: after(Int64(now))).map(\.number) == due, "\(now)")
        }
        #expect(held.isOver(1) && held.isOver(2) && !held.isOver(3))
        #expect(held.commandsCame(["yc-1": 1]).isEmpty, "it is awake, with its answer")
        for number in 1...3 { held.leave(number) }
        // Nobody looked for an hour, because nobody was held.
        ask(4, "yc-4", seconds: 5, at: 3_600_000)
        #expect(held.endDue(now: after(3_604_999)).isEmpty)
        #expect(held.endDue(now: after(3_700_000)).map(\.station) == ["yc-4"])
    }

    @Test("a question without a wait is over at once")
    mutating func noWait() {
        #expect(held.enter(1, station: "yc-1", query(), until: after(0), now: after(0)) == [])
        #expect(held.isOver(1))
        #expect(held.sleep(1, lacksEvents: false) == false)
    }

    @Test("a newer question of a station ends its older one, and is not ended with it")
    mutating func newer() {
        ask(1, "yc-1")
        #expect(held.enter(2, station: "yc-1", query(), until: after(55_000), now: after(0)) == [1])
        #expect(held.isOver(1) && !held.isOver(2))
        held.leave(1)
        #expect(held.sleep(2, lacksEvents: false) == true)
        #expect(held.commandsCame(["yc-1": 1]) == [2])
    }

    @Test("a stop ends all, and every one that comes later")
    mutating func stop() {
        ask(1, "yc-1")
        ask(2, "yc-2")
        #expect(held.close().sorted() == [1, 2])
        #expect(held.enter(3, station: "yc-3", query(), until: after(55_000), now: after(0)) == [])
        #expect(held.isOver(3))
    }

    @Test("no more are held than the limit says, and who leaves makes room")
    mutating func limit() {
        for number in 0..<CountyLimits.waitersMax { ask(number, "yc-\(number)") }
        #expect(held.enter(-1, station: "yc-0", query(), until: after(55_000), now: after(0)) == nil)
        #expect(!held.isOver(0), "a question that is not held ends none")
        #expect(held.isOver(-1))
        held.leave(-1)
        held.leave(5)
        ask(-1, "yc-5")
        #expect(held.count == CountyLimits.waitersMax)
    }
}
