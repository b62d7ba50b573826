import LockerDomain
import LockerTestKit
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
}
