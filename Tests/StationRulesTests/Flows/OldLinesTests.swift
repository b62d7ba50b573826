import FoundationEssentials
import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

/// Lines as stations wrote them before these events carried parties, direction, delegate and place.
@Suite("Lines of older journals")
struct OldLinesTests {
    private static let lines = [
        #"""
        {"data":{"by":"county","keyID":"630dcd2966c43366","n":129,"waybill":"SF7444404156506"},
          "type":"dev.villagelocker.parcel.codeReissued.v1"}
        """#,
        #"""
        {"data":{"person":"0000000000000402","phoneMasked":"1******5678","waybill":"SF7444404156506"},
          "type":"dev.villagelocker.parcel.contactGiven.v1"}
        """#,
        #"""
        {"data":{"by":"0000000000000402","hours":24,"lateHours":48,"waybill":"SF7444404156506"},
          "type":"dev.villagelocker.parcel.holdExtended.v1"}
        """#,
        #"""
        {"data":{"number":1,"waybill":"SF7444404156506"},"type":"dev.villagelocker.parcel.noticeDue.v1"}
        """#,
        #"""
        {"data":{"reason":"短信未送达: 停机","waybill":"SF7444404156506"},
          "type":"dev.villagelocker.parcel.noticeFailed.v1"}
        """#,
        #"""
        {"data":{"by":"keeper","person":"0000000000000402","waybill":"SF7444404156506"},
          "type":"dev.villagelocker.parcel.noticed.v1"}
        """#,
        #"""
        {"data":{"hours":72,"place":{"door":"A01"},"waybill":"SF7444404156506"},
          "type":"dev.villagelocker.parcel.overdue.v1"}
        """#,
        #"""
        {"data":{"waybill":"SF7444404156506"},"type":"dev.villagelocker.parcel.recalled.v1"}
        """#,
        #"""
        {"data":{"by":"keeper","direction":"inbound","doorOpenedAt":1778545861000,"evidence":"scanned",
          "fee":{"fen":100,"line":"超期保管费"},"means":"badge","parties":{"agent":"北留村便民站","brand":"SF",
          "cooperationMode":"expressExpress","operator":"县共配中心"},"person":"0000000000000402",
          "place":{"shelf":"S1-07"},"waybill":"SF7444404156506"},"type":"dev.villagelocker.parcel.collected.v1"}
        """#,
        #"""
        {"data":{"by":"delegate","means":"token","place":{"shelf":"S1-07"},"waybill":"SF7444404156506"},
          "type":"dev.villagelocker.pickup.authorised.v1"}
        """#,
        #"""
        {"data":{"attempt":2,"authority":"badge 0000000000000401","cycle":3,"door":"A01","pulseMilliseconds":300,
          "purpose":"deposit","waybills":["SF7444404156506"]},"type":"dev.villagelocker.door.unlockRequested.v1"}
        """#,
        #"""
        {"data":{"category":"PINGGUO","direction":"outbound","inspectedBy":"0000000000000402","kind":"produce",
          "order":"260512-417038295611","outsideCounty":true,"parties":{"agent":"北留村供销社","brand":"YTO",
          "cooperationMode":"postExpress","operator":"阳城县邮政分公司"},"person":"0000000000000402","photo":"ZP-0041",
          "platform":"PINDUODUO","realName":"SM20260512000417","reusedPackaging":true,"screened":true,
          "waybill":"YT8962646785389","weightGrams":4850},"type":"dev.villagelocker.shipment.accepted.v1"}
        """#,
    ]

    @Test("are read and replayed, and say nothing that nobody wrote", arguments: lines)
    func read(text: String) throws {
        let event = try GoldenLines.event(in: Array(text.utf8))
        var cabinet = Cabinet()
        cabinet.bring(ManifestEntry("SF7444404156506", of: "k1", phone: "13800000000"))
        var state = cabinet.state
        state.apply(event, at: cabinet.now)
        #expect(state != cabinet.state)
        let data = try JSONEncoder().encode(event.payload)
        let free = text.filter { !$0.isWhitespace }
        for name in ["parties", "direction", "delegate", "place", "doorOpenedAt", "reason"] {
            let isWritten = free.contains("\"\(name)\":")
            #expect(String(decoding: data, as: UTF8.self).contains("\"\(name)\":") == isWritten, "\(name)")
        }
    }

    @Test("every parcel event says whose parcel it is and which way it goes")
    func parties() throws {
        var cabinet = Cabinet()
        let waybill: Waybill = "SF7444404156506"
        cabinet.announce([ManifestEntry(waybill, of: "k1", phone: "13812345678")])
        cabinet.begin(.keeper)
        _ = cabinet.deposit(waybill)
        cabinet.type("13812345678")
        cabinet.command(.notices([Notice(waybill: waybill, failure: "no signal")]))
        cabinet.command(.notices([Notice(waybill: waybill)]))
        cabinet.command(.reissue(waybill, n: 5))
        for _ in 0..<73 {
            cabinet.passHours(1)
            cabinet.keepHouse()
        }
        cabinet.command(.extendHold(waybill, hours: 24))
        cabinet.command(.recall([waybill]))
        let events = cabinet.journal.map(\.event).filter { $0.type.rawValue.hasPrefix("parcel.") }
        #expect(Set(events.map(\.type)).count == 11)
        for event in events {
            let data = String(decoding: try JSONEncoder().encode(event.payload), as: UTF8.self)
            #expect(data.contains(#""brand":"YTO""#) && data.contains(#""direction":"inbound""#), "\(event.type)")
        }
    }

    @Test("an accepted drop-off names the door it was taken out of, and when that was opened")
    func accepted() {
        for isDroppedOff in [true, false] {
            var cabinet = Cabinet()
            let waybill: Waybill = "YT8962646785389"
            if isDroppedOff { cabinet.dropOff(waybill) }
            cabinet.begin(.keeper)
            cabinet.card(.outbound)
            if isDroppedOff { cabinet.card(.door("A02")) } else { cabinet.scan(waybill.rawValue) }
            for door in cabinet.pulses { cabinet.openAndShut(door) }
            let seen = cabinet.event(ShipmentTakenOut.self)?.doorOpenedAt
            for text in [Card.realName.text, "SM20260512000417", Card.inspected.text, Card.screened.text] {
                cabinet.scan(text)
            }
            cabinet.card(.accept)
            let fact = cabinet.event(ShipmentAccepted.self)
            #expect(fact != nil && (fact?.place != nil) == isDroppedOff)
            #expect(fact?.doorOpenedAt == seen && (seen != nil) == isDroppedOff)
            #expect(cabinet.replayed == cabinet.state)
        }
    }
}
