import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Doors opened again, abnormal ones, and support codes")
struct SupportCodeTests: Parcels {
    private var cabinet = Cabinet()

    private mutating func markAbnormal() {
        cabinet.begin(.keeper)
        _ = cabinet.deposit(one)
        cabinet.card(.abnormal)
    }

    @Test("REOPEN opens the last door of the session with the PIN; the books stay as they are")
    mutating func reopen() {
        cabinet.begin(.courier)
        cabinet.card(.reopen)
        #expect(cabinet.answers == [.nothingFollows])
        _ = cabinet.deposit(one)
        cabinet.card(.reopen)
        #expect(cabinet.event(DoorUnlockRequested.self)?.purpose == .reopen)
        #expect(cabinet.answers == [.reopened])
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed])
        #expect(cabinet.state.door("A02").contents == .occupied)
        #expect(cabinet.parcel(one)?.reopens == 0, "the recipient's two times are the recipient's")
    }

    @Test("without the PIN it stays shut")
    mutating func withoutPIN() {
        cabinet.begin(.courier, proven: false)
        _ = cabinet.deposit(one)
        cabinet.card(.reopen)
        #expect(cabinet.reason == .needsPIN)
        #expect(cabinet.pulses.isEmpty)
    }

    @Test("ABNORMAL takes the last door out of service; nothing opens it but a support code")
    mutating func abnormal() {
        markAbnormal()
        #expect(cabinet.event(DoorOutOfService.self)?.reason == "abnormal")
        cabinet.card(.reopen)
        #expect(cabinet.answers == [.nothingFollows])
        cabinet.scan("VLK1:DOOR:A02")
        #expect(cabinet.answers == [.doorBusy])
        cabinet.card(.handOut)
        cabinet.scan(one.rawValue)
        #expect(cabinet.pulses.isEmpty)
        cabinet.card(.retrieve)
        cabinet.scan(one.rawValue)
        #expect(cabinet.pulses.isEmpty)
        cabinet.end()
        cabinet.typeCode(of: one)
        #expect(cabinet.event(PickupFailed.self)?.reason == .contentsUnknown)
        #expect(cabinet.answers == [.codeAmbiguous])
        #expect(cabinet.state.codeLock.wrongToday == 0)
    }

    @Test("a support code opens it, then codes and audits do again")
    mutating func opened() {
        markAbnormal()
        cabinet.type(cabinet.supportCode("A02", for: TestKeys.person(.keeper), counter: 0))
        #expect(cabinet.types == [.supportCodeUsed, .doorUnlockRequested])
        #expect(cabinet.event(DoorUnlockRequested.self)?.authority == "support")
        cabinet.openAndShut("A02")
        #expect(cabinet.state.door("A02").contents == .unknown)
        #expect(cabinet.state.door("A02").outOfService != nil)
        cabinet.typeCode(of: one)
        #expect(cabinet.answers == [.takeOut])
        cabinet.openAndShut("A02")
        cabinet.scan("VLK1:DOOR:A02")
        cabinet.open("A02")
        cabinet.card(.empty)
        #expect(cabinet.types == [.doorBackInService, .auditFinished])
    }

    @Test("the vectors that both programs keep to", arguments: SupportCodeVector.all)
    func vectors(vector: SupportCodeVector) {
        let requester = PersonNumber(wire: vector.requester)
        #expect(requester == PersonNumber(decimal: vector.person))
        let code = TestKeys.supportCode(counter: vector.counter, door: vector.door, requester: requester)
        #expect(code == vector.code)
    }

    @Test(
        "what the county dictates for a number on a badge opens the door for the person who signed in with it",
        arguments: SupportCodeVector.all.filter { $0.counter < Limits.supportCodesAheadMax }
    )
    mutating func signedIn(vector: SupportCodeVector) {
        if !vector.person.isEmpty {
            cabinet.scan(cabinet.badge(.courier, of: PersonNumber(decimal: vector.person)))
        }
        cabinet.type(vector.code)
        #expect(cabinet.types == [.supportCodeUsed, .doorUnlockRequested])
        #expect(cabinet.event(SupportCodeUsed.self)?.requester == vector.requester)
        #expect(cabinet.pulses == [vector.door])
    }

    @Test("there are vectors")
    func read() {
        #expect(SupportCodeVector.all.count == 5)
    }

    @Test("it is bound to who asked, and to the door")
    mutating func bound() {
        cabinet.begin(.courier, proven: false)
        cabinet.type(cabinet.supportCode("A02", for: TestKeys.person(.keeper), counter: 0))
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        cabinet.type(cabinet.supportCode("Z99", for: TestKeys.person(.courier), counter: 0))
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        cabinet.type(cabinet.supportCode("A02", for: "", counter: 0))
        #expect(cabinet.pulses.isEmpty)
        cabinet.end()
        cabinet.type(cabinet.supportCode("A03", for: "", counter: 0))
        #expect(cabinet.event(SupportCodeUsed.self)?.requester == "")
        #expect(cabinet.pulses == ["A03"])
    }

    @Test("one of the next five counters, each once, also after a power cut")
    mutating func counters() {
        cabinet.type(cabinet.supportCode("A02", for: "", counter: 5))
        #expect(cabinet.answers == [.wrongCode])
        cabinet.type(cabinet.supportCode("A02", for: "", counter: 4))
        #expect(cabinet.event(SupportCodeUsed.self)?.counter == 4)
        cabinet.openAndShut("A02")
        cabinet.restart()
        #expect(cabinet.state.supportCounter == 5)
        for old in [3, 4] as [UInt32] {
            cabinet.type(cabinet.supportCode("A02", for: "", counter: old))
            #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        }
        cabinet.type(cabinet.supportCode("A02", for: "", counter: 5))
        #expect(cabinet.pulses == ["A02"])
    }

    @Test(
        "a journal that began anew takes no code that was used before",
        arguments: [JournalReplaced.Reason.damaged, .restored]
    )
    mutating func lostJournal(reason: JournalReplaced.Reason) {
        let used = cabinet.supportCode("A02", for: "", counter: 0)
        cabinet.type(used)
        cabinet.openAndShut("A02")
        if reason == .damaged { cabinet.rebuild { _ in } }
        let from: UInt32 = 1_843_962_411
        cabinet.send(
            .journalReplaced(
                JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, supportCounter: from, reason: reason)
            )
        )
        cabinet.type(used)
        #expect(cabinet.event(PickupFailed.self)?.reason == .noMatch)
        cabinet.type(cabinet.supportCode("A02", for: "", counter: from))
        #expect(cabinet.pulses == ["A02"])
        #expect(cabinet.state.supportCounter == from + 1)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("a door in use is not opened, and the code is good a moment later")
    mutating func busy() {
        cabinet.bring(ManifestEntry(one))
        cabinet.typeCode(of: one)
        let code = cabinet.supportCode("A02", for: "", counter: 0)
        cabinet.type(code)
        #expect(cabinet.answers == [.doorBusy])
        cabinet.openAndShut("A02")
        cabinet.type(code)
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("guessing locks typing as guessing codes does")
    mutating func guessed() {
        for guess in 1...5 { cabinet.type("000000000\(guess)") }
        #expect(cabinet.answers == [.locked])
        cabinet.type(cabinet.supportCode("A02", for: "", counter: 0))
        #expect(cabinet.answers == [.locked])
        #expect(cabinet.pulses.isEmpty)
        cabinet.wait(Limits.codeLockMilliseconds)
        cabinet.type(cabinet.supportCode("A02", for: "", counter: 0))
        #expect(cabinet.pulses == ["A02"])
    }

    @Test("marking needs a door of the session, and no inspector marks")
    mutating func unmarked() {
        cabinet.begin(.keeper)
        cabinet.card(.abnormal)
        #expect(cabinet.answers == [.nothingFollows])
        cabinet.begin(.inspector)
        cabinet.card(.abnormal)
        #expect(cabinet.event(DoorOutOfService.self) == nil)
    }
}
