public import LockerDomain
public import StationBooks

extension ParcelReceived {
    /// An announced parcel of middle size that a courier brought.
    public static func brought(
        _ waybill: Waybill,
        _ parties: Parties,
        how: How = .scan,
        consent: Consent = .userConsent
    ) -> ParcelReceived {
        ParcelReceived(
            waybill: waybill,
            parties: parties,
            direction: .inbound,
            announced: true,
            size: .medium,
            n: 0,
            person: "1001",
            how: how,
            consent: consent
        )
    }
}
