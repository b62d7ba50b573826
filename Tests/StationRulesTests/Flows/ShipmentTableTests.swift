import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// What every input and every event that names a shipment leads to in every status. A status or an event without its
/// place in the table fails.
@Suite("Every status of a shipment")
struct ShipmentTableTests {
    static let waybill: Waybill = "YT8962646785380"

    /// Rows: who does what with its number; columns: nobody heard of it, then its status.
    private static let inputs = """
        .            unknown droppedOff onCounter accepted handedOver rejected returned
        keeperScans  draft   door       draft     no       no         door     draft
        courierScans draft   door       draft     leaves   no         no       draft
        keeperOpens  audit   door       audit     audit    audit      door     audit
        isDeposited  in      no         no        no       in         no       in
        isDroppedOff door    no         no        no       no         no       door
        senderCode   wrong   door       wrong     wrong    wrong      door     wrong
        """

    private static let effects: [String: [EventType]] = [
        "no": [.scanRejected], "wrong": [.pickupFailed], "draft": [.sessionNoted], "door": [.doorUnlockRequested],
        "leaves": [.runArrived, .shipmentHandedOver], "in": [.parcelReceived, .doorUnlockRequested],
        "audit": [.auditStarted, .doorUnlockRequested],
    ]

    /// The status after each event; a point where nothing moves.
    private static let events = """
        .                   unknown    droppedOff onCounter  accepted   handedOver rejected   returned
        shipment.droppedOff droppedOff droppedOff droppedOff droppedOff droppedOff droppedOff droppedOff
        shipment.accepted   accepted   accepted   accepted   accepted   accepted   accepted   accepted
        shipment.stored     .          .          .          .          .          .          .
        shipment.handedOver .          handedOver handedOver handedOver handedOver handedOver handedOver
        shipment.rejected   rejected   rejected   rejected   rejected   rejected   rejected   rejected
        shipment.takenOut   .          onCounter  onCounter  onCounter  onCounter  onCounter  onCounter
        shipment.returned   .          returned   returned   returned   returned   returned   returned
        """

    private static let columns = [nil] + Shipment.Status.allCases.map(Optional.some)

    private static func rows(_ table: String) -> [[String]] {
        table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }

    @Test("the tables have a column for each status and a row for each event, in their order")
    func complete() {
        for table in [Self.inputs, Self.events] {
            #expect(Self.rows(table).first == [".", "unknown"] + Shipment.Status.allCases.map(\.rawValue))
        }
        let types = EventType.allCases.map(\.rawValue).filter { $0.hasPrefix("shipment.") }
        #expect(Set(Self.rows(Self.events).dropFirst().map(\.[0])) == Set(types))
    }

    @Test("each input in each status does what the table says", arguments: rows(inputs).dropFirst().map(\.[0]))
    func input(name: String) throws {
        let row = try #require(Self.rows(Self.inputs).first { $0.first == name }).dropFirst()
        try #require(row.count == Self.columns.count)
        for (word, status) in zip(row, Self.columns) {
            var cabinet = Self.cabinet(status)
            Self.act(name, on: &cabinet)
            #expect(cabinet.types == Self.effects[word], "\(name) while \(status?.rawValue ?? "unknown")")
        }
    }

    @Test("each event in each status moves what the table says", arguments: rows(events).dropFirst().map(\.[0]))
    func event(type: String) throws {
        let row = try #require(Self.rows(Self.events).first { $0.first == type }).dropFirst()
        try #require(row.count == Self.columns.count)
        let event = try GoldenLines.event(try #require(EventType(rawValue: type)))
        let waybill = Waybill(rawValue: try #require(event.payload.subject))
        for (word, status) in zip(row, Self.columns) {
            var cabinet = Cabinet()
            if let status {
                cabinet = Self.cabinet(status)
                var state = cabinet.state
                state.shipments[waybill] = state.shipments[Self.waybill]
                state.shipments[waybill]?.waybill = waybill
                let before = state.shipments[waybill]
                state.apply(event, at: cabinet.now)
                let expected = word == "." ? before?.status.rawValue : word
                #expect(state.shipments[waybill]?.status.rawValue == expected, "\(type) while \(status)")
            } else {
                var state = cabinet.state
                state.apply(event, at: cabinet.now)
                let expected = word == "." ? nil : word
                #expect(state.shipments[waybill]?.status.rawValue == expected, "\(type) while unknown")
            }
        }
    }

    @Test("each status is reached by what people do", arguments: Shipment.Status.allCases)
    func reached(status: Shipment.Status) {
        let cabinet = Self.cabinet(status)
        #expect(cabinet.state.shipments[Self.waybill]?.status == status)
        #expect(cabinet.replayed == cabinet.state)
        #expect(cabinet.station.isIdle)
        #expect(Judge(cabinet).faults(in: cabinet).isEmpty)
    }

    private static func act(_ name: String, on cabinet: inout Cabinet) {
        switch name {
        case "keeperScans", "courierScans", "isDeposited":
            cabinet.begin(name == "courierScans" ? .courier : .keeper)
            cabinet.card(name == "isDeposited" ? .receive : .outbound)
            cabinet.scan(waybill.rawValue)
        case "keeperOpens":
            cabinet.begin(.keeper)
            cabinet.card(.outbound)
            cabinet.card(.door("A02"))
        case "isDroppedOff":
            cabinet.send(.camera("front", .good))
            cabinet.card(.dropOff)
            cabinet.scan(waybill.rawValue)
        default: cabinet.type(cabinet.takeBackCode(of: waybill))
        }
    }

    /// A cabinet without a session in which the shipment has the status, brought there by what people do.
    static func cabinet(_ status: Shipment.Status?) -> Cabinet {
        var cabinet = Cabinet()
        guard let status else { return cabinet }
        let isAccepted = status == .accepted || status == .handedOver
        if !isAccepted { cabinet.dropOff(waybill) }
        switch status {
        case .droppedOff: break
        case .returned:
            cabinet.type(cabinet.takeBackCode(of: waybill))
            cabinet.openAndShut("A02")
        case .onCounter, .rejected, .accepted, .handedOver:
            cabinet.begin(.keeper)
            cabinet.card(.outbound)
            if isAccepted {
                cabinet.scan(waybill.rawValue)
            } else {
                cabinet.card(.door("A02"))
                cabinet.openAndShut("A02")
            }
            if status == .rejected {
                cabinet.card(.reject(.forbidden))
                cabinet.openAndShut("A02")
            }
        }
        if isAccepted {
            for step in ["VLK1:REALNAME", "RN-2026-0001", "VLK1:INSPECTED", "VLK1:SCREENED", "VLK1:ACCEPT"] {
                cabinet.scan(step)
            }
        }
        if status == .handedOver {
            cabinet.begin(.courier)
            cabinet.card(.outbound)
            cabinet.scan(waybill.rawValue)
        }
        if cabinet.state.session != nil { cabinet.end() }
        cabinet.wait(Limits.sameRunMilliseconds + 1)
        return cabinet
    }
}
