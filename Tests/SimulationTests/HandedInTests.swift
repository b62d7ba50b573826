import LockerDomain
import StationBooks
import StationCore
import StationRules
import SyncWire
import Testing

@testable import Simulator

@Suite("What is scanned digit by digit")
struct HandedInTests {
    private let world = World(seed: 1, profile: Profile(doors: [], shelf: []))
    private let scanner = TextSource(device: "1-1", role: .scanner)
    private var handed = HandedIn()

    /// Somebody scans it, and the station answers so; returns what counts as handed in.
    @discardableResult
    private mutating func scan(_ text: String, _ answer: Answer.ID = .digits) -> String? {
        let post = Post(.text(text, from: scanner))
        let rejected = ScanRejected(reason: .awaitsScan, device: "1-1", length: text.utf8.count, text: nil)
        let decision = Decision(events: [.scanRejected(rejected)], actions: [.answer(Answer(answer))])
        handed.hear(.decided(post, decision), in: world)
        return handed.input(of: post)?.text
    }

    private mutating func digits(_ text: String) {
        for digit in text.compactMap(\.wholeNumberValue) { scan(Card.digit(digit).text) }
    }

    private mutating func next() -> String? { scan(Card.next.text) }

    @Test("NEXT hands in the digits before it, once")
    mutating func once() {
        digits("41")
        #expect(next() == "41")
        #expect(next() == Card.next.text)
    }

    @Test("a card that bounced is no second digit")
    mutating func bounced() {
        digits("4")
        scan(Card.digit(4).text, .doubled)
        digits("1")
        #expect(next() == "41")
    }

    @Test("whatever else is scanned, too many digits and two minutes forget them", arguments: 0...4)
    mutating func forgotten(by what: Int) {
        digits("41")
        switch what {
        case 0: scan("SF1000000000001", .scanBadgeFirst)
        case 1: scan(Card.end.text, .goodbye)
        case 2: scan(Card.digit(1).text, .digitsOver)
        case 3: handed.hear(.recovered(StationState()), in: world)
        default: world.clock.now += Limits.followUpMilliseconds + 1
        }
        #expect(next() == Card.next.text)
    }

    @Test("what cannot be read forgets nothing")
    mutating func unreadable() {
        digits("41")
        scan("\u{1}", .unreadable)
        #expect(next() == "41")
    }

    @Test("the events of a NEXT have its digits, also when others are decided before they are durable")
    mutating func events() {
        digits("41")
        let post = Post(.text(Card.next.text, from: scanner))
        let opened = Event.sessionProven(SessionProven(session: 1))
        handed.hear(.decided(post, Decision(events: [opened, opened], actions: [])), in: world)
        digits("7")
        for _ in 0..<2 {
            handed.hear(.event(world.line(of: opened), cause: post), in: world)
            #expect(handed.input(of: post)?.text == "41" && handed.input(of: post)?.isTyped == true)
        }
        handed.hear(.event(world.line(of: opened), cause: post), in: world)
        #expect(handed.input(of: post)?.text == Card.next.text)
        #expect(next() == "7")
    }
}
