package import LockerDomain
package import StationBooks

extension StationSettings {
    /// The parties of something that no manifest announced.
    package func parties(brand: String?) -> Parties {
        Parties(
            brand: brand ?? "unknown",
            operatorName: operatorName,
            agent: agent,
            cooperationMode: cooperationMode
        )
    }
}

extension Parcel {
    /// A parcel that no manifest announced, as far as its place must be chosen.
    init(unannounced waybill: Waybill, _ settings: StationSettings) {
        self.init(
            waybill: waybill,
            parties: settings.parties(brand: nil),
            size: settings.defaultSize,
            n: 0,
            status: .expected,
            announced: false,
            changed: 0
        )
    }
}
