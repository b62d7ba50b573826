package import SyncWire

/// Which questions for commands are held, for what each of them waits, and when it ends. Pure: it says who is to be woken.
///
/// What is said to a question that is awake, because it looks into the books, is kept until it wants to sleep. So nothing
/// is lost when a question is entered before it looks.
package struct HeldQuestions: Sendable {
    /// A question that is to be answered, because its time has come.
    package struct Due: Sendable, Hashable {
        package var number: Int
        package var station: String
        package var query: CommandQuery
    }

    private struct Question {
        var station: String
        /// Only commands above its `highest` are news.
        var query: CommandQuery
        /// In which it ends.
        var slot: Int64
        var isOver = false
        var isAsleep = false
        /// Whether events of the station are news.
        var lacksEvents = false
        /// What it has not looked at yet.
        var hasNews = false, hasEvents = false

        var isDue: Bool { isOver || hasNews || lacksEvents && hasEvents }
    }

    private let slots: TimeSlots
    private var questions: [Int: Question] = [:]
    /// The question of a station that still counts.
    private var newest: [String: Int] = [:]
    private var ends: [Int64: Set<Int>] = [:]
    /// The last slot that is over.
    private var passed: Int64 = 0
    private var isClosed = false
    /// How many sleepers were woken so far.
    package private(set) var wakes = 0

    package init(slots: TimeSlots) { self.slots = slots }

    package var count: Int { questions.count }
    package var asleep: Int { questions.values.count { $0.isAsleep } }

    /// Holds a question, and ends the station's older one: that is woken. `nil` when too many are held.
    package mutating func enter(
        _ number: Int,
        station: String,
        _ query: CommandQuery,
        until end: ContinuousClock.Instant,
        now: ContinuousClock.Instant
    ) -> [Int]? {
        // It enters once more when its transaction is done again.
        leave(number)
        guard questions.count < CountyLimits.waitersMax else { return nil }
        if ends.isEmpty { passed = slots.slot(at: now) }
        let slot = max(slots.slot(endingBy: end), passed + 1)
        questions[number] = Question(station: station, query: query, slot: slot, isOver: isClosed || end <= now)
        ends[slot, default: []].insert(number)
        guard let older = newest.updateValue(number, forKey: station) else { return [] }
        return change([older]) { $0.isOver = true }
    }

    package mutating func leave(_ number: Int) {
        guard let question = questions.removeValue(forKey: number) else { return }
        if newest[question.station] == number { newest[question.station] = nil }
        ends[question.slot]?.remove(number)
        if ends[question.slot]?.isEmpty == true { ends[question.slot] = nil }
    }

    package func isOver(_ number: Int) -> Bool { questions[number]?.isOver ?? true }

    /// Whether a question may sleep: nothing has been said to it that it has not looked at.
    package mutating func sleep(_ number: Int, lacksEvents: Bool) -> Bool {
        guard var question = questions[number] else { return false }
        question.lacksEvents = lacksEvents
        question.isAsleep = !question.isDue
        // It looks now, or it waits for what comes from now on.
        (question.hasNews, question.hasEvents) = (false, false)
        questions[number] = question
        return question.isAsleep
    }

    // MARK: Who is to be woken

    /// Commands came: the highest new number of each station.
    package mutating func commandsCame(_ numbers: [String: Int]) -> [Int] {
        let ringing = numbers.compactMap { station, number -> Int? in
            guard let newest = newest[station], let question = questions[newest], number > question.query.highest else {
                return nil
            }
            return newest
        }
        return change(ringing) { $0.hasNews = true }
    }

    package mutating func eventsCame(_ station: String) -> [Int] {
        guard let number = newest[station] else { return [] }
        return change([number]) { $0.hasEvents = true }
    }

    /// Nobody knows what came: each is to look for itself.
    package mutating func anythingCame() -> [Int] { change(Array(questions.keys)) { $0.hasNews = true } }

    package mutating func end(_ number: Int) -> [Int] { change([number]) { $0.isOver = true } }

    /// Ends those whose time has come, and names those of them that slept. It costs what has ended, not what is held.
    package mutating func endDue(now: ContinuousClock.Instant) -> [Due] {
        let slot = slots.slot(at: now)
        var due: [Int] = []
        while passed < slot, !ends.isEmpty {
            passed += 1
            due += ends[passed] ?? []
            ends[passed] = nil
        }
        return change(due) { $0.isOver = true }.compactMap { number in
            questions[number].map { Due(number: number, station: $0.station, query: $0.query) }
        }
    }

    /// Ends all, and every one that comes later.
    package mutating func close() -> [Int] {
        isClosed = true
        return change(Array(questions.keys)) { $0.isOver = true }
    }

    private mutating func change(_ numbers: [Int], _ change: (inout Question) -> Void) -> [Int] {
        var woken: [Int] = []
        for number in numbers {
            guard var question = questions[number] else { continue }
            change(&question)
            if question.isAsleep, question.isDue {
                (question.isAsleep, question.hasNews, question.hasEvents) = (false, false, false)
                woken.append(number)
            }
            questions[number] = question
        }
        wakes += woken.count
        return woken
    }
}

/// Time cut into slots of one length, so that what ends together is found together.
package struct TimeSlots: Sendable {
    private let origin: ContinuousClock.Instant
    private let milliseconds: Int64

    package init(origin: ContinuousClock.Instant, milliseconds: Int64) {
        (self.origin, self.milliseconds) = (origin, milliseconds)
    }

    private func nanoseconds(to instant: ContinuousClock.Instant) -> Int64 {
        let (seconds, attoseconds) = origin.duration(to: instant).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    private var length: Int64 { milliseconds * 1_000_000 }

    /// The slot that has ended by an instant.
    func slot(at instant: ContinuousClock.Instant) -> Int64 { nanoseconds(to: instant) / length }

    /// The first slot that ends at an instant or later.
    func slot(endingBy instant: ContinuousClock.Instant) -> Int64 {
        (nanoseconds(to: instant) + length - 1) / length
    }

    /// When a slot ends.
    func end(of slot: Int64) -> ContinuousClock.Instant {
        origin.advanced(by: .milliseconds(slot * milliseconds))
    }
}
