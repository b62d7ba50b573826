public import LockerDomain

extension ManifestEntry {
    /// A line of a manifest with what a test is about.
    public init(
        _ waybill: Waybill,
        of recipient: String? = nil,
        phone: String? = nil,
        size: Size = .medium,
        bag: String? = nil,
        run: String? = nil,
        _ change: (inout ManifestEntry) -> Void = { _ in }
    ) {
        self.init(
            waybill: waybill,
            brand: "YTO",
            operatorName: "yto",
            recipientKey: recipient,
            phoneMasked: phone.map(Masking.phone),
            size: size,
            consent: .userConsent,
            run: run,
            bag: bag
        )
        change(&self)
    }
}
