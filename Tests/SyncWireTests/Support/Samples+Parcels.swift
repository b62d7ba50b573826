import LockerDomain
import StationBooks

extension Samples {
    private static let parties =
        #"{"brand":"SF","operator":"县共配中心","agent":"北留村便民站","cooperationMode":"expressExpress"}"#
    private static let entry = """
        {"waybill":"SF7444404156506","formerly":"YT8962646785389","brand":"SF","operator":"县共配中心",
        "cooperation":"expressExpress","recipientKey":"9f86d081884c7d65",
        "phoneMasked":"1******5678","n":0,"size":"M","chilled":true,"consent":"user_consent","senderAgreement":false,
        "reach":"low","run":"2026-05-12-1","bag":"B7","village":"140522102206","hamlet":"第三村民小组","station":"yc-beiliu-0232"}
        """
    private static let parcel = #""waybill":"SF7444404156506","parties":\#(parties),"direction":"inbound""#
    private static let atDoor = #""place":{"door":"A01"},"evidence":"sensor","doorOpenedAt":1778545861000"#

    /// Parcels on their way to a recipient (下行).
    static let parcels: [EventType: String] = [
        .parcelExpected:
            #"{"entry":\#(entry),"parties":\#(parties),"direction":"inbound","manifest":"m-17","late":true}"#,
        .parcelReceived: """
        {\(parcel),"announced":true,"size":"XL","n":128,"codeOf":"SF7444404156505",
        "person":"0000000000000401","run":"2026-05-12-1","bag":"B7",
        "how":"bag","consent":"sender_named_locker","exception":"fresh"}
        """,
        .parcelContactGiven: """
        {\(parcel),"phoneMasked":"1******5678","recipientKey":"4f3a0c51e9d27b6885aa10c3f7e2d946","person":"0000000000000402"}
        """,
        .parcelStored: """
        {\(parcel),\(atDoor),"n":0,"codeOf":"SF7444404156505","keyID":"630dcd2966c43366",
        "person":"0000000000000402","chilled":true}
        """,
        .parcelRelocated: """
        {\(parcel),"from":{"door":"A01"},"place":{"shelf":"S1-07"},"person":"0000000000000402","evidence":"scanned",
        "doorOpenedAt":1778545861000,"chilled":true}
        """,
        .parcelNoticeDue: #"{\#(parcel),"number":1}"#,
        .parcelNoticed: #"{\#(parcel),"by":"keeper","person":"0000000000000402"}"#,
        .parcelNoticeFailed: #"{\#(parcel),"reason":"短信未送达: 停机"}"#,
        .parcelCodeReissued:
            #"{\#(parcel),"n":129,"codeOf":"SF7444404156505","keyID":"630dcd2966c43366","by":"county"}"#,
        .parcelHoldExtended: #"{\#(parcel),"hours":24,"lateHours":48,"by":"0000000000000402"}"#,
        .parcelOverdue: #"{\#(parcel),"place":{"door":"A01"},"hours":72}"#,
        .parcelRecalled: #"{\#(parcel),"reason":"chilled"}"#,
        .parcelHandedToAgent: #"{\#(parcel),\#(atDoor),"person":"0000000000000403"}"#,
        .parcelCollected: """
        {\(parcel),"place":{"shelf":"S1-07"},"by":"keeper","means":"badge","evidence":"scanned",
        "doorOpenedAt":1778545861000,"person":"0000000000000402","delegate":{"relative":"9f86d081884c7d65"},"fee":{"line":"超期保管费","fen":100}}
        """,
        .parcelRefused: #"{\#(parcel),\#(atDoor)}"#,
        .parcelDamaged: #"{\#(parcel),"report":\#(report("courier", "0000000000000401"))}"#,
        .parcelShort: #"{\#(parcel),"report":\#(report("agent", "0000000000000403"))}"#,
        .parcelLost: #"{\#(parcel),"report":\#(report("keeper", "0000000000000402"))}"#,
        .parcelRetrieved: #"{\#(parcel),\#(atDoor),"reason":"overdue","person":"0000000000000401"}"#,
        .parcelReturned: #"{\#(parcel),"run":"2026-05-12-1","person":"0000000000000401"}"#,
        .parcelJoined: """
        {\(parcel),"formerly":"YT8962646785389","n":3,"codeOf":"YT8962646785389","person":"0000000000000402",
        "manifest":"m-17"}
        """,
    ]

    private static func report(_ reporter: String, _ person: String) -> String {
        #"{"by":"\#(reporter)","person":"\#(person)","place":{"door":"A01"},"doorOpenedAt":1778545861000}"#
    }
}
