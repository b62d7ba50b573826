import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("One text, read again and again")
struct RepeatTests {
    private var cabinet = Cabinet()
    private let scanner = TextSource(device: "1-1", role: .scanner)
    /// When the timer of the counted scans fires; the test is the engine.
    private var due: Int64?
    private var made: [Event] = []

    private mutating func hear() {
        made += cabinet.events
        for case .timer(.repeats, let milliseconds) in cabinet.actions { due = cabinet.now.uptime + milliseconds }
    }

    private mutating func pass(_ milliseconds: Int64) {
        cabinet.wait(milliseconds)
        guard let due, due <= cabinet.now.uptime else { return }
        self.due = nil
        cabinet.send(.timer(.repeats))
        hear()
    }

    private mutating func scan(_ text: String, after milliseconds: Int64) {
        pass(milliseconds)
        cabinet.send(.text(text, from: scanner))
        #expect(cabinet.answers.count == 1, "every scan is answered")
        hear()
    }

    private var counted: Int { made.reduce(0) { if case .scanRejected(let fact) = $1 { $0 + fact.scans } else { $0 } } }
    /// Bytes that such an event takes in the journal, its hashes beside it; the line alone has some 450.
    private static let eventBytes = 600
    private static let hours = 2
    /// What a day of it is, when these hours are like the others.
    private var dayEvents: Int { made.count * 24 / Self.hours }

    @Test(
        "a label before a scanner is an event in ten minutes, below 0.2 MB a day, and each scan is counted",
        arguments: [("755W-01", Int64(500)), ("755W-01", 3_000), ("SF7444404156506", 1_000), ("\u{1}", 3_000)]
    )
    mutating func taped(text: String, gap: Int64) {
        let scans = Self.hours * 3_600_000 / Int(gap)
        for _ in 0..<scans { scan(text, after: gap) }
        pass(Limits.repeatsMilliseconds)
        #expect(counted == scans)
        #expect(made.count <= Limits.equalRejectionsMax + Self.hours * 6 + 1)
        #expect(dayEvents * Self.eventBytes < 200_000)
    }

    @Test("a badge before a scanner opens and closes sessions for ten minutes, then it lies there")
    mutating func tapedBadge() {
        let badge = cabinet.badge(.courier)
        for _ in 0..<(Self.hours * 7_200) { scan(badge, after: 500) }
        pass(Limits.repeatsMilliseconds)
        // Every two seconds for ten minutes, each with the bounces behind it.
        #expect(made.count <= 3 * 300 + Self.hours * 6 + 1)
        cabinet.send(.text(badge, from: scanner))
        #expect(cabinet.answers != [.doubled], "after a rest it is read anew")
    }

    @Test("labels that take turns are counted each for itself", arguments: [2, Limits.repeatedTextsMax])
    mutating func turns(labels: Int) {
        let scans = Self.hours * 1_800
        for number in 0..<scans { scan("755W-0\(number % labels)", after: 2_000) }
        pass(Limits.repeatsMilliseconds)
        #expect(counted == scans)
        #expect(made.count <= labels * (Limits.equalRejectionsMax + Self.hours * 6 + 1))
        #expect(dayEvents * Self.eventBytes < 2_000_000)
    }

    @Test("who scans the same wrong label twice or three times is on record each time, with the same answer")
    mutating func onPurpose() {
        for count in 1...5 {
            scan("755W-01", after: 3_000)
            #expect(cabinet.answers == [.unknownCode])
            #expect(cabinet.types == (count <= Limits.equalRejectionsMax ? [.scanRejected] : []))
        }
    }

    @Test("what is counted is written ten minutes after it began, when something has an effect, and at the stop")
    mutating func written() {
        for _ in 0..<3 { scan("755W-01", after: 600) }
        #expect(cabinet.events.isEmpty)
        pass(Limits.repeatsMilliseconds)
        #expect(cabinet.event(ScanRejected.self)?.count == 2)
        #expect(cabinet.event(ScanRejected.self)?.reason == .doubled)
        #expect(cabinet.event(ScanRejected.self)?.text == "755W-01" && cabinet.event(ScanRejected.self)?.length == 7)
        pass(Limits.repeatsMilliseconds)
        for _ in 0..<2 { scan("755W-01", after: 600) }
        scan(cabinet.badge(.courier), after: 600)
        #expect(cabinet.types.first == .sessionOpened && cabinet.types.last == .scanRejected)
        #expect(cabinet.event(ScanRejected.self)?.count == 1)
        scan(cabinet.badge(.courier), after: 600)
        cabinet.send(.stopping(reason: "test"))
        #expect(cabinet.types.first == .scanRejected && cabinet.types.last == .stationStopped)
        #expect(cabinet.event(ScanRejected.self)?.text == nil, "a badge is never on record")
    }

    @Test("a changed reason is written, and a typed line is never counted")
    mutating func others() {
        for _ in 0..<6 {
            cabinet.type("12")
            #expect(cabinet.types == [.scanRejected])
        }
        for _ in 0..<5 { scan("SF7444404156506", after: 3_000) }
        #expect(cabinet.events.isEmpty)
        scan("755W-01", after: 3_000)
        #expect(cabinet.types == [.scanRejected])
        scan(cabinet.badge(.courier), after: 3_000)
        #expect(cabinet.event(ScanRejected.self)?.count == 2)
    }

    @Test("DIGIT cards are as before: each is an event, and only a bounce is counted")
    mutating func digits() {
        for _ in 0..<5 {
            scan(Card.digit(4).text, after: 3_000)
            #expect(cabinet.reason == .awaitsScan)
        }
        scan(Card.digit(4).text, after: 500)
        #expect(cabinet.answers == [.doubled] && cabinet.events.isEmpty)
    }

    @Test("two equal scans of two devices are two rows, and the books are those of the journal")
    mutating func devices() {
        for _ in 0..<4 {
            for device in ["1-1", "1-3"] {
                cabinet.wait(400)
                cabinet.send(.text("755W-01", from: TextSource(device: device, role: .scanner)))
                hear()
            }
        }
        pass(Limits.repeatsMilliseconds)
        #expect(cabinet.types == [.scanRejected, .scanRejected])
        #expect(cabinet.state == cabinet.replayed)
    }
}
