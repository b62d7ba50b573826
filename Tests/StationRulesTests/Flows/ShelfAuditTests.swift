import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("A shelf place whose parcel is gone")
struct ShelfAuditTests {
    private var cabinet = Cabinet(doors: [])
    private let waybill: Waybill = "SF7444404156506"

    private mutating func taken() {
        _ = cabinet.deposit(waybill)
        cabinet.end()
        cabinet.wait(Limits.followUpMilliseconds)
    }

    @Test("the keeper's SHELF and EMPTY, with PIN and reason: it is missing, and the place is free")
    mutating func cleared() {
        taken()
        cabinet.begin(.keeper)
        cabinet.card(.reason(6))
        cabinet.card(.shelf("S1-01"))
        #expect(cabinet.reason == .awaitsScan)
        #expect(cabinet.answers == [.askShelfEmpty])
        cabinet.card(.empty)
        #expect(cabinet.types == [.auditDifference])
        let difference = cabinet.event(AuditDifference.self)
        #expect(difference?.shelf == "S1-01" && difference?.door == nil)
        #expect(difference?.finding == .missing)
        #expect(difference?.subject == "S1-01")
        #expect(cabinet.answers == [.auditEmpty])
        #expect(cabinet.status(waybill) == .missing)
        #expect(cabinet.replayed == cabinet.state)
        cabinet.card(.empty)
        #expect(cabinet.reason == .outOfContext)
        cabinet.scan("YT8962646785389")
        #expect(cabinet.place(of: "YT8962646785389") == "S1-01")
    }

    @Test("without PIN, reason or the SHELF card, and by anybody else, nothing is cleared")
    mutating func guarded() {
        taken()
        cabinet.begin(.courier)
        cabinet.card(.shelf("S1-01"))
        #expect(cabinet.answers == [.notHere])
        cabinet.begin(.keeper, proven: false)
        cabinet.card(.shelf("S1-01"))
        #expect(cabinet.answers == [.needsPIN])
        cabinet.begin(.keeper)
        cabinet.card(.shelf("S1-01"))
        #expect(cabinet.answers == [.askReason])
        cabinet.card(.empty)
        #expect(cabinet.status(waybill) == .stored)
        cabinet.card(.reason(6))
        cabinet.card(.shelf("S1-02"))
        #expect(cabinet.answers == [.notHere], "nothing is booked there")
        cabinet.card(.shelf("S1-01"))
        cabinet.wait(Limits.followUpMilliseconds)
        cabinet.card(.empty)
        #expect(cabinet.status(waybill) == .stored)
    }

    @Test("what turns up again keeps its code")
    mutating func found() {
        taken()
        let code = cabinet.code(of: waybill)
        cabinet.begin(.keeper)
        cabinet.card(.reason(6))
        cabinet.card(.shelf("S1-01"))
        cabinet.card(.empty)
        #expect(cabinet.deposit(waybill) == .shelf("S1-01"))
        #expect(cabinet.code(of: waybill) == code)
    }

    @Test("it says who found it, and another card ends the question")
    mutating func asked() {
        taken()
        cabinet.begin(.keeper)
        cabinet.card(.reason(6))
        cabinet.card(.shelf("S1-01"))
        cabinet.card(.shelf("S1-02"))
        cabinet.card(.empty)
        #expect(cabinet.types == [.scanRejected])
        #expect(cabinet.status(waybill) == .stored)
        cabinet.card(.shelf("S1-01"))
        cabinet.card(.empty)
        #expect(cabinet.event(AuditDifference.self)?.person == TestKeys.person(.keeper))
    }
}
