import LockerDomain
import StationBooks
import StationRules
import Testing

@Suite("A shipment without a label of its own")
struct LabelTests {
    private var cabinet = Cabinet()

    /// The number that the LABEL card gave to the shipment on the counter.
    private var label: Waybill? { cabinet.state.session?.draft?.waybill }

    private mutating func accept() {
        for step in ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED", "VLK1:ACCEPT"] {
            cabinet.scan(step)
        }
    }

    @Test("LABEL gives a number with a right check digit, and ACCEPT takes the shipment under it")
    mutating func accepted() throws {
        cabinet.begin(.keeper)
        cabinet.card(.outbound)
        cabinet.card(.label)
        #expect(cabinet.types == [.sessionNoted] && cabinet.answers == [.shipmentSteps])
        #expect(cabinet.event(SessionNoted.self)?.note == .label)
        let label = try #require(label)
        let digits = Array(label.rawValue.utf8.dropFirst(2))
        #expect(label.rawValue.hasPrefix("VL") && digits.count == 22)
        // From the right, the check digit first: once, thrice, once, as GS1 weighs them.
        let sum = digits.reversed().enumerated().reduce(0) {
            $0 + Int($1.element - 0x30) * ($1.offset.isMultiple(of: 2) ? 1 : 3)
        }
        #expect(sum % 10 == 0)
        cabinet.card(.accept)
        #expect(cabinet.types == [.scanRejected], "a label alone is no acceptance")
        accept()
        #expect(cabinet.types == [.shipmentAccepted])
        #expect(cabinet.event(ShipmentAccepted.self)?.waybill == label)
        #expect(cabinet.state.shipments[label]?.status == .accepted)
        cabinet.end()
        cabinet.begin(.courier)
        cabinet.card(.outbound)
        cabinet.scan(label.rawValue)
        #expect(cabinet.state.shipments[label]?.status == .handedOver, "what was printed is read as what was made")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("the next shipment has another number, also in the same second and after a power cut")
    mutating func another() throws {
        var seen: Set<Waybill> = []
        for round in 0..<3 {
            cabinet.begin(.keeper)
            cabinet.send(.text("VLK1:OUTBOUND", from: TextSource(device: "scanner \(round)", role: .scanner)))
            cabinet.send(.text("VLK1:LABEL", from: TextSource(device: "scanner \(round)", role: .scanner)))
            seen.insert(try #require(label))
            if round == 1 { cabinet.restart() } else { accept() }
        }
        #expect(seen.count == 3)
    }

    @Test("only at the counter, and only with a place to keep it in the books")
    mutating func elsewhere() {
        cabinet.begin(.keeper)
        cabinet.card(.label)
        #expect(cabinet.reason == .outOfContext && label == nil)
        cabinet.card(.outbound)
        cabinet.send(.storage(.reserve))
        cabinet.card(.label)
        #expect(cabinet.reason == .storage && label == nil)
        #expect(cabinet.state.labels == 0)
    }
}
