public import LockerDomain

/// Reply to `GET /v1/promise`, and part of the screen: what the station promises in public (公开服务承诺). What the
/// configuration does not say is absent.
public struct PromiseReply: Sendable, Hashable, Codable {
    /// Opening hours as they are printed.
    public var hours: String?
    /// Phone of the keeper.
    public var phone: String?
    /// Number of the outlet's filing (末端网点备案).
    public var filingNumber: String?
    /// Hotline for complaints.
    public var hotline: String
    /// Hold period (保管期) from the notice on, in hours.
    public var holdHours: Int
    /// Hold period of chilled goods.
    public var chilledHoldHours: Int
    /// Hours after the notice at which the recipient is reminded.
    public var reminderHours: [Int]
    /// What is due behind the hold period; absent when nothing ever costs anything.
    public var tariff: TariffLine?

    /// The promise of a station.
    public init(_ promise: PublicPromise, _ policy: Policy) {
        hours = promise.hours.isEmpty ? nil : promise.hours
        phone = promise.phone.isEmpty ? nil : promise.phone
        filingNumber = promise.filingNumber.isEmpty ? nil : promise.filingNumber
        hotline = promise.hotline
        holdHours = policy.holdHours
        chilledHoldHours = policy.chilledHoldHours
        reminderHours = policy.reminderHours
        // As `Policy.fee` reckons: public welfare knows no fee.
        tariff = policy.publicWelfare ? nil : policy.tariff
    }
}
