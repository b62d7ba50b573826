import CountyBooks
import StoreContracts
import Testing

@Suite("Guessing passwords is slow")
struct LoginThrottleTests {
    private let address = "192.0.2.7"

    /// Waits before each of some wrong tries that come at once when they may.
    private func waits(_ throttle: inout LoginThrottle, _ name: String, _ count: Int, from time: inout Int64) -> [Int64]
    {
        (0..<count).map { _ in
            let wait = throttle.begin(account: name, from: address, at: time)
            time += wait
            if wait > 0 { #expect(throttle.begin(account: name, from: address, at: time) == 0) }
            return wait
        }
    }

    @Test("four wrong tries are free, the fifth waits 1 s, doubling to 5 min")
    func doubling() {
        var throttle = LoginThrottle()
        var time = Office.time
        let seconds = waits(&throttle, "wang", 16, from: &time).map { $0 / 1_000 }
        #expect(seconds == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
    }

    @Test("a name that nobody has waits exactly as another: the state knows no accounts")
    func unknown() {
        var (throttle, other) = (LoginThrottle(), LoginThrottle())
        var (time, otherTime) = (Office.time, Office.time)
        let waits = (waits(&throttle, "wang", 12, from: &time), waits(&other, "no such", 12, from: &otherTime))
        #expect(waits.0 == waits.1)
        #expect(waits.0.last == 128_000)
    }

    @Test("asking while one waits neither shortens nor prolongs the wait")
    func asking() {
        var throttle = LoginThrottle()
        for _ in 0..<5 {
            let wait = throttle.begin(account: "wang", from: address, at: Office.time)
            #expect(wait == 0 || wait == 1_000)
        }
        for passed in [1, 500, 999] as [Int64] {
            #expect(throttle.begin(account: "wang", from: address, at: Office.time + passed) == 1_000 - passed)
        }
        #expect(throttle.begin(account: "wang", from: address, at: Office.time + 1_000) == 0)
    }

    @Test("many tries at once are counted before the first is answered")
    func parallel() {
        var throttle = LoginThrottle()
        let passed = (0..<100).filter { _ in throttle.begin(account: "wang", from: address, at: Office.time) == 0 }
        #expect(passed.count == 4)
    }

    @Test("large letters and blanks make no new name")
    func spelling() {
        var throttle = LoginThrottle()
        for name in ["wang", "WANG", " wang", "Wang "] {
            #expect(throttle.begin(account: name, from: address, at: Office.time) == 0)
        }
        #expect(throttle.begin(account: "wang", from: address, at: Office.time) == 1_000)
    }

    @Test("a right try resets it, and so does an hour without one")
    func reset() {
        var throttle = LoginThrottle()
        for _ in 0..<4 { _ = throttle.begin(account: "wang", from: address, at: Office.time) }
        throttle.succeeded(account: "wang", from: address, at: Office.time)
        for _ in 0..<4 { #expect(throttle.begin(account: "wang", from: address, at: Office.time) == 0) }
        #expect(throttle.begin(account: "wang", from: address, at: Office.time) > 0)
        let later = Office.time + 3_600_001
        for _ in 0..<4 { #expect(throttle.begin(account: "wang", from: address, at: later) == 0) }
        #expect(throttle.begin(account: "wang", from: address, at: later) == 1_000)
    }

    @Test("another address is not made to wait for this one, but all of one IPv6 network are one")
    func addresses() {
        var throttle = LoginThrottle()
        for _ in 0..<5 { _ = throttle.begin(account: "wang", from: address, at: Office.time) }
        #expect(throttle.begin(account: "wang", from: "192.0.2.8", at: Office.time) == 0)
        #expect(throttle.begin(account: "wang", from: "::ffff:192.0.2.7", at: Office.time) > 0)
        for end in 1...4 {
            #expect(throttle.begin(account: "wang", from: "2001:db8:0:1::\(end)", at: Office.time) == 0)
        }
        #expect(throttle.begin(account: "wang", from: "2001:0db8:0:1:ffff:0:0:1%eth0", at: Office.time) > 0)
        #expect(throttle.begin(account: "wang", from: "2001:db8:0:2::1", at: Office.time) == 0)
        #expect(throttle.begin(account: "wang", from: "::1", at: Office.time) == 0)
        #expect(throttle.begin(account: "wang", from: "1:2:3", at: Office.time) == 0)
    }

    @Test("one password on many names from one address: after 50 each waits 5 s at most, people who work there do not")
    func manyNames() {
        var throttle = LoginThrottle()
        #expect(throttle.begin(account: "li", from: address, at: Office.time) == 0)
        throttle.succeeded(account: "li", from: address, at: Office.time)
        let time = Office.time + 60_000
        let first = (0..<200).filter { throttle.begin(account: "name\($0)", from: address, at: time) == 0 }
        #expect(first.count == 50)
        #expect(throttle.begin(account: "new", from: address, at: time) == 5_000)
        #expect(throttle.begin(account: "new", from: address, at: time + 4_999) == 1)
        #expect(throttle.begin(account: "li", from: address, at: time) == 0)
        #expect(throttle.begin(account: "new", from: "192.0.2.8", at: time) == 0)
        let hour = (1...3_600).filter { second in
            throttle.begin(account: "more\(second)", from: address, at: time + Int64(second) * 1_000) == 0
        }
        #expect(hour.count == 720)
    }

    @Test("thirty people who each mistype twice in one morning do not wait for each other")
    func office() {
        var throttle = LoginThrottle()
        var time = Office.time
        for person in 0..<30 {
            for _ in 0..<3 { #expect(throttle.begin(account: "clerk\(person)", from: address, at: time) == 0) }
            throttle.succeeded(account: "clerk\(person)", from: address, at: time)
            time += 10_000
        }
    }

    @Test("a clock that is set back neither locks for long nor opens at once")
    func setBack() {
        var throttle = LoginThrottle()
        for _ in 0..<5 { _ = throttle.begin(account: "wang", from: address, at: Office.time) }
        let back = Office.time - Office.day
        #expect(throttle.begin(account: "wang", from: address, at: back) == 1_000)
        #expect(throttle.begin(account: "wang", from: address, at: back + 600) == 400)
        #expect(throttle.begin(account: "wang", from: address, at: back + 1_000) == 0)
    }

    @Test("memory is bounded: the oldest are forgotten, the newest not")
    func bounded() {
        var throttle = LoginThrottle()
        func client(_ number: Int) -> String { "10.0.\(number / 256).\(number % 256)" }
        for number in 0..<30_000 {
            _ = throttle.begin(account: "wang", from: client(number), at: Office.time + Int64(number))
            #expect(throttle.remembered.pairs <= CountyBooksLimits.loginPairsMax)
            #expect(throttle.remembered.addresses <= CountyBooksLimits.loginAddressesMax)
        }
        let last = Office.time + 30_000
        for (number, isRemembered) in [(0, false), (15_000, false), (22_000, true), (26_000, true), (29_999, true)] {
            for _ in 0..<3 { #expect(throttle.begin(account: "wang", from: client(number), at: last) == 0) }
            #expect((throttle.begin(account: "wang", from: client(number), at: last) > 0) == isRemembered, "\(number)")
        }
    }
}
