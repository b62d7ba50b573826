import LockerDomain
import StationBooks

extension Samples {
    private static let parties =
        #"{"brand":"YTO","operator":"阳城县邮政分公司","agent":"北留村供销社","cooperationMode":"postExpress"}"#
    private static let shipment = #""waybill":"YT8962646785389","parties":\#(parties),"direction":"outbound""#
    private static let atDoor = #""place":{"door":"A02"},"evidence":"sensor","doorOpenedAt":1778545861000"#

    /// Shipments of villagers on their way out (上行).
    static let shipments: [EventType: String] = [
        .shipmentDroppedOff: #"{\#(shipment),\#(atDoor),"n":0,"size":"L"}"#,
        .shipmentAccepted: """
        {\(shipment),"realName":"SM20260512000417","inspectedBy":"0000000000000402","screened":true,"kind":"produce",
        "weightGrams":4850,"category":"PINGGUO","platform":"PINDUODUO","order":"260512-417038295611",
        "outsideCounty":true,"reusedPackaging":true,"photo":"ZP-0041","person":"0000000000000402",
        "place":{"door":"A02"},"doorOpenedAt":1778545861000}
        """,
        .shipmentStored: """
        {\(shipment),"place":{"shelf":"S1-03"},"evidence":"scanned","doorOpenedAt":1778545861000}
        """,
        .shipmentHandedOver: """
        {\(shipment),"run":"2026-05-12-1","bag":"B8","seal":"F0041873","person":"0000000000000401"}
        """,
        .shipmentRejected: #"{\#(shipment),"reason":"forbidden","person":"0000000000000402","wasAccepted":true}"#,
        .shipmentTakenOut: #"{\#(shipment),\#(atDoor),"person":"0000000000000402"}"#,
        .shipmentReturned: #"{\#(shipment),\#(atDoor),"person":"0000000000000402"}"#,
    ]
}
