import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("A door opened again after its parcel was taken back")
struct ReopenRetrievedTests {
    private var cabinet = Lives.cabinet(.stored)
    private let one = Lives.waybill

    private mutating func retrieve(_ role: Role) {
        cabinet.begin(role)
        if role == .courier { cabinet.card(.run("R1")) }
        cabinet.card(.retrieve)
        cabinet.scan(one.rawValue)
        cabinet.openAndShut("A02")
        cabinet.card(.reopen)
    }

    @Test("REOPEN shows the empty door and changes nothing in the books", arguments: [Role.courier, .keeper])
    mutating func looks(role: Role) {
        retrieve(role)
        #expect(cabinet.answers == [.reopened] && cabinet.pulses == ["A02"])
        let opening = cabinet.event(DoorUnlockRequested.self)
        #expect(opening?.purpose == .reopen && opening?.waybills.isEmpty == true)
        cabinet.openAndShut("A02")
        #expect(cabinet.types == [.doorClosed])
        #expect(cabinet.status(one) == .retrieved && cabinet.parcel(one)?.reopens == 0)
        #expect(cabinet.state.door("A02").contents == .empty && cabinet.state.door("A02").cycle == nil)
        cabinet.end()
        #expect(cabinet.status(one) == (role == .courier ? .returned : .retrieved))
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("NO at the door that was opened again tells that nothing was inside")
    mutating func nothingInside() {
        retrieve(.keeper)
        cabinet.open("A02")
        cabinet.card(.no)
        #expect(cabinet.event(AuditDifference.self)?.finding == .missing)
        #expect(cabinet.event(AuditDifference.self)?.waybill == one)
        #expect(cabinet.status(one) == .missing)
        cabinet.shut("A02")
        #expect(cabinet.types == [.doorClosed])
        #expect(cabinet.state.door("A02").contents == .empty)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("the parcel may be put in again: it is scanned and gets a door, with the same code")
    mutating func putBackIn() {
        retrieve(.keeper)
        let code = cabinet.code(of: one)
        cabinet.openAndShut("A02")
        cabinet.card(.receive)
        cabinet.scan(one.rawValue)
        #expect(cabinet.pulses == ["A02"])
        cabinet.openAndShut("A02")
        #expect(cabinet.status(one) == .stored)
        #expect(cabinet.code(of: one) == code)
    }
}
