import LockerDomain
import StationBooks

extension Samples {
    /// Scans and codes of people without a badge, and what they say of the service.
    static let pickups: [EventType: String] = [
        .scanRejected: #"{"reason":"doubled","device":"1-1.2","length":6,"text":"755W/\"1","count":90}"#,
        .pickupAuthorised: """
        {"waybill":"SF7444404156506","place":{"shelf":"S1-07"},"means":"token","by":"delegate",
        "delegate":{"token":"0807060504030201"}}
        """,
        .pickupFailed: #"{"means":"code","reason":"noMatch","device":"1-1.3"}"#,
        .pickupLockedOut: #"{"lockMilliseconds":120000,"means":"badge"}"#,
        .supportCodeUsed: #"{"counter":4,"door":"A03","requester":"0000000000000402"}"#,
        .serviceComplaintFiled: #"{"category":3,"waybill":"SF7444404156506"}"#,
        .serviceSurveyAnswered: #"{"scores":[5,4,5,3,5],"waybill":"SF7444404156506"}"#,
    ]
}
