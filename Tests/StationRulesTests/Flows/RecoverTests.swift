import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("What the county gives back")
struct RecoverTests {
    private let one: Waybill = "SF7444404156506"
    private let two: Waybill = "YT8962646785389"
    /// The station before it lost its journal, and after.
    private var before = Cabinet()
    private var cabinet = Cabinet()
    private let lost = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)

    private mutating func lose() { cabinet.send(.journalReplaced(lost)) }

    /// All that the station had written, and then that nothing more comes.
    private mutating func giveBack(isAll: Bool = true) {
        cabinet.getBack(before.journal)
        if isAll { cabinet.getNoMoreBack() }
    }

    @Test("codes of recovered parcels work at once, doors stay contents unknown until an audit")
    mutating func parcels() {
        let place = before.deposit(one)
        lose()
        cabinet.typeCode(of: one)
        #expect(cabinet.answers == [.askKeeper])
        giveBack()
        #expect(cabinet.state.parcels[one]?.place == place)
        for door in Cabinet.doors { #expect(cabinet.state.door(door.name).contents == .unknown, "\(door.name)") }
        #expect(!cabinet.state.isDoubtful)
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("the time in which the station did not know a parcel pauses its hold, and is written with the last event")
    mutating func paused() throws {
        _ = before.deposit(one)
        before.scan("VLK1:END")
        let told = Notice(waybill: one)
        before.send(.command(Command(id: "c-1", number: 1, kind: .notices([told]))))
        cabinet.now = before.now
        cabinet.now.wall += 21 * 86_400_000
        lose()
        giveBack()
        let fact = try #require(cabinet.event(BooksRecovered.self))
        #expect(fact.darkSince == before.now.wall)
        let hold = try #require(cabinet.state.parcels[one]?.hold)
        let away: Int64 = 21 * 86_400_000
        #expect(hold.paused == away)
        #expect(hold.grace != nil && !hold.isOverdue)
    }

    /// A parcel lies there and its recipient was told; then comes a board that has neither journal nor day.
    private mutating func changeBoard() {
        _ = before.deposit(one)
        before.scan("VLK1:END")
        before.send(.command(Command(id: "c-1", number: 1, kind: .notices([Notice(waybill: one)]))))
        (cabinet.journal, cabinet.now) = ([], Moment(wall: 5_000, uptime: 20_000, clock: .none))
        cabinet.station = Station(settings: cabinet.station.settings, credentials: cabinet.credentials)
        cabinet.start()
        lose()
    }

    /// The power is back, and nobody knows how long it was gone.
    ///
    /// - Parameter mark: the last mark of life, which may be older than the journal.
    private mutating func comeBackUndated(after mark: SignOfLife? = nil) {
        let last = mark ?? SignOfLife(wall: cabinet.now.wall, clock: cabinet.now.clock)
        cabinet.now = Moment(wall: 5_000, uptime: 20_000, clock: .fake)
        cabinet.station = Station(
            settings: cabinet.station.settings,
            state: cabinet.state,
            credentials: cabinet.credentials
        )
        cabinet.send(.started(version: "test", levels: [:], after: last))
    }

    @Test("while a new board does not know the day, the time without its parcels stays open", arguments: [false, true])
    mutating func undatedBoard(isCutOff: Bool) throws {
        changeBoard()
        cabinet.passHours(2)
        giveBack()
        let told = before.now.wall
        #expect(cabinet.event(BooksRecovered.self)?.darkSince == told)
        #expect(cabinet.state.darkness.openSince == told)
        if isCutOff { comeBackUndated() }
        cabinet.passHours(1)
        cabinet.confirm(wall: told + 100 * 3_600_000)
        let hold = try #require(cabinet.state.parcels[one]?.hold)
        #expect(hold.paused == 99 * 3_600_000 && hold.grace?.until == told + (99 + 24) * 3_600_000)
        cabinet.keepHouse()
        #expect(!cabinet.types.contains(.parcelOverdue))
    }

    @Test(
        "the time without its parcels is reckoned once, and nothing is overdue before all is back",
        arguments: [false, true]
    )
    mutating func beforeTheLastPage(isMarked: Bool) throws {
        changeBoard()
        giveBack(isAll: false)
        let told = before.now.wall
        comeBackUndated(after: isMarked ? SignOfLife(wall: told, clock: .ntp) : nil)
        cabinet.confirm(wall: told + 100 * 3_600_000)
        cabinet.keepHouse()
        #expect(!cabinet.types.contains(.parcelOverdue))
        cabinet.passHours(1)
        cabinet.getNoMoreBack()
        let hold = try #require(cabinet.state.parcels[one]?.hold)
        #expect(hold.paused == 101 * 3_600_000 && hold.grace?.until == told + (101 + 24) * 3_600_000)
    }

    @Test("until all is back no code opens for what came back: a later page may say that it had left")
    mutating func unfinished() {
        _ = before.deposit(one)
        lose()
        giveBack(isAll: false)
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses.isEmpty)
        cabinet.getNoMoreBack()
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("behind a door that an audit found empty since, what comes back needs a keeper, and nothing else goes in")
    mutating func auditedSince() {
        _ = before.deposit(one)
        lose()
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan("VLK1:EMPTY")
        cabinet.shut("A02")
        cabinet.scan("VLK1:END")
        #expect(cabinet.state.door("A02").contents == .empty)
        giveBack()
        #expect(cabinet.state.door("A02").contents == .unknown)
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("sessions, runs and locks of that time stay over")
    mutating func noSession() {
        _ = before.deposit(one)
        for number in 0..<4 { before.type("1234567\(number)") }
        lose()
        giveBack()
        #expect(cabinet.state.session == nil && cabinet.state.run == nil)
        #expect(cabinet.state.codeLock.wrong.isEmpty)
        #expect(cabinet.state.doors.busy.isEmpty)
    }

    @Test("a line about a parcel of which the station has written since changes nothing")
    mutating func touched() {
        _ = before.deposit(one)
        _ = before.deposit(two)
        lose()
        // The keeper finds it behind another door in the meantime.
        let now = cabinet.deposit(one)
        giveBack()
        #expect(cabinet.state.parcels[one]?.place == now)
        #expect(cabinet.state.parcels[two]?.status == .stored)
    }

    @Test("delegations come back, and what took them back, too")
    mutating func delegations() {
        before.bring(ManifestEntry(one, of: "k1"))
        before.delegateToAgent(one)
        lose()
        giveBack()
        #expect(cabinet.state.delegations["k1"]?.delegate == before.state.delegations["k1"]?.delegate)
        #expect(cabinet.state.delegations["k1"] != nil)
        before.begin(.keeper)
        before.card(.withdraw)
        before.scan(one.rawValue)
        before.end()
        cabinet = Cabinet()
        lose()
        giveBack()
        #expect(cabinet.state.delegations["k1"] == nil)
        #expect(cabinet.state.withdrawals["k1"] == before.state.withdrawals["k1"])
        #expect(cabinet.state.withdrawals["k1"] != nil)
    }

    @Test("a door that was out of service still is, its contents unknown")
    mutating func doors() throws {
        let event = try GoldenLines.event(.doorOutOfService)
        guard case .doorOutOfService(let fact) = event else { return }
        before.journal.append((event, before.now))
        lose()
        giveBack()
        #expect(cabinet.state.door(fact.door).outOfService?.reason == fact.reason)
        #expect(cabinet.state.door(fact.door).contents == .unknown)
    }

    @Test("behind a damaged end right codes work; what fits nothing counts to the short lock alone")
    mutating func doubtful() {
        _ = cabinet.deposit(one)
        cabinet.scan("VLK1:END")
        var fact = lost
        fact.recoverAfter = "\(String(repeating: "a", count: 32))/000000000007"
        cabinet.send(.journalReplaced(fact))
        for _ in 0..<3 {
            for number in 1...4 {
                cabinet.type("0000000\(number)")
                #expect(cabinet.answers == [.askKeeper])
            }
            cabinet.type("00000005")
            #expect(cabinet.event(PickupLockedOut.self)?.lockMilliseconds == Limits.codeLockMilliseconds)
            cabinet.wait(Limits.codeLockMilliseconds)
        }
        #expect(cabinet.state.codeLock.wrongToday == 0)
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("an older copy leaves its parcels to the keeper until the county has told the rest")
    mutating func restored() {
        _ = cabinet.deposit(one)
        cabinet.scan("VLK1:END")
        var fact = lost
        (fact.reason, fact.recoverAfter) = (.restored, "\(String(repeating: "a", count: 32))/000000000007")
        cabinet.send(.journalReplaced(fact))
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses.isEmpty)
        cabinet.getNoMoreBack()
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses == ["A02"])
    }

    /// Lines behind this moment are lost: the station that goes on from it has seen nothing of them.
    private mutating func cutShort(_ act: (inout Cabinet) -> Void, lost rest: (inout Cabinet) -> Void) {
        act(&before)
        act(&cabinet)
        let kept = before.journal.count
        rest(&before)
        before.journal.removeFirst(kept)
        var fact = lost
        fact.recoverAfter = "\(String(repeating: "a", count: 32))/000000000007"
        cabinet.send(.journalReplaced(fact))
        cabinet.restart()
    }

    @Test("a pickup whose end is lost is over as the county has it, and not once more")
    mutating func interruptedPickup() {
        let one = one
        cutShort {
            _ = $0.deposit(one)
            $0.scan("VLK1:END")
            $0.typeCode(of: one)
            $0.open("A02")
        } lost: {
            $0.shut("A02")
        }
        #expect(cabinet.event(AuditDifference.self)?.finding == .interrupted)
        #expect(cabinet.status(one) == .stored)
        giveBack()
        #expect(cabinet.status(one) == .collected)
        #expect(cabinet.state.door("A02").contents == .unknown)
    }

    @Test("a deposit whose end is lost is inside as the county has it: its code works, and nobody is asked")
    mutating func interruptedDeposit() {
        let one = one
        cutShort {
            $0.scan($0.badge(.courier))
            $0.scan(one.rawValue)
            $0.open("A02")
        } lost: {
            $0.shut("A02")
            $0.scan("VLK1:END")
        }
        #expect(cabinet.event(AuditDifference.self)?.finding == .interrupted)
        #expect(cabinet.status(one) == .received && cabinet.state.doors.asking == ["A02"])
        giveBack()
        #expect(cabinet.status(one) == .stored && cabinet.state.doors.asking.isEmpty)
        #expect(cabinet.state.door("A02").contents == .unknown)
        cabinet.typeCode(of: one)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("what a person said of such a deposit meanwhile stays")
    mutating func interruptedAndSaid() {
        let one = one
        cutShort {
            $0.scan($0.badge(.courier))
            $0.scan(one.rawValue)
            $0.open("A02")
        } lost: {
            $0.shut("A02")
        }
        cabinet.scan(cabinet.badge(.courier))
        cabinet.scan("VLK1:NO")
        giveBack()
        #expect(cabinet.status(one) == .received)
    }

    @Test("each enrolment asks the county whether another board has stood here")
    mutating func enrolment() {
        #expect(cabinet.state.countyBooks == .asking && cabinet.state.asksForBooks && !cabinet.state.isDoubtful)
        cabinet.getNoMoreBack()
        #expect(!cabinet.state.asksForBooks)
        cabinet.send(.enrolled(cabinet.credentials, by: "tester"))
        #expect(cabinet.state.asksForBooks && !cabinet.state.isDoubtful)
        cabinet.getNoMoreBack()
        #expect(!cabinet.state.asksForBooks)
    }

    @Test("a replay that folds the same lines in gives the same state")
    mutating func replay() {
        _ = before.deposit(one)
        before.bring(ManifestEntry(two, of: "k1"))
        lose()
        giveBack()
        var state = StationState()
        for line in cabinet.journal {
            state.apply(line.event, at: line.at)
            if case .stationBooksRecovered(let fact) = line.event, fact.kept > 0 {
                state.recover(before.journal.map { RecoveredEvent($0.event, at: $0.at) })
            }
        }
        #expect(state == cabinet.state)
    }
}
