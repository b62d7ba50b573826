import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Hold periods while the county's copy comes back")
struct RecoverHoldTests {
    private let one: Waybill = "SF7444404156506"
    private var before = Cabinet()
    private var cabinet = Cabinet()
    private let lost = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)

    private var hold: Hold? { cabinet.parcel(one)?.hold }

    @Test("what an audit finds before all is back is held from the day on which its recipient is told again")
    mutating func foundUnreckoned() {
        _ = before.deposit(one)
        before.end()
        before.command(.notices([Notice(waybill: one)]))
        cabinet.now = before.now
        cabinet.passHours(24 * 4)
        cabinet.send(.journalReplaced(lost))
        cabinet.getBack(before.journal)
        #expect(hold?.began == before.now.wall)
        cabinet.audit("A02")
        cabinet.open("A02")
        cabinet.scan(one.rawValue)
        cabinet.shut("A02")
        cabinet.end()
        cabinet.keepHouse()
        #expect(hold == Hold())
        cabinet.getNoMoreBack()
        cabinet.keepHouse()
        #expect(hold == Hold())
        cabinet.command(.notices([Notice(waybill: one)]))
        #expect(hold?.began == cabinet.now.wall && hold?.isOverdue == false)
    }

    @Test("who is told between two pages was told first when a later page says so, and is not reminded at once")
    mutating func toldBetween() {
        _ = before.deposit(one)
        before.end()
        let page = before.journal.count
        before.command(.notices([Notice(waybill: one)]))
        let told = before.now.wall
        cabinet.now = before.now
        cabinet.passHours(24 * 4)
        cabinet.send(.journalReplaced(lost))
        cabinet.getBack(before.journal[..<page])
        cabinet.command(.notices([Notice(waybill: one)]))
        #expect(hold?.began == cabinet.now.wall)
        cabinet.getBack(before.journal[page...])
        #expect(hold?.began == told && hold?.lastNotice == cabinet.now.wall)
        cabinet.getNoMoreBack()
        #expect(hold?.paused == 345_600_000)
    }

    @Test("what a recipient was told of one delivery says nothing of the next one, which a later page brings")
    mutating func cameAgain() {
        _ = before.deposit(one)
        before.end()
        before.command(.notices([Notice(waybill: one)]))
        let page = before.journal.count
        before.collect(one)
        #expect(before.deposit(one) != nil)
        before.end()
        cabinet.now = before.now
        cabinet.send(.journalReplaced(lost))
        cabinet.getBack(before.journal[..<page])
        cabinet.getBack(before.journal[page...])
        cabinet.getNoMoreBack()
        #expect(cabinet.status(one) == .stored)
        #expect(hold == Hold())
    }

    @Test("chilled goods whose recipient was told are not called back by a station that did not know it")
    func calledBack() throws {
        var hold = Hold()
        hold.take(try GoldenLines.event(.parcelNoticed), at: before.now)
        hold.take(try GoldenLines.event(.parcelRecalled), at: before.now)
        #expect(hold.noticed && hold.isSpoiling == nil)
    }
}
