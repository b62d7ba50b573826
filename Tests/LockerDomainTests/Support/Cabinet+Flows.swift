import LockerDomain

extension Cabinet {
    /// Everybody's PIN is the keeper's, so that any role can prove itself.
    mutating func givePINs() {
        command(
            .pins(
                Role.allCases.map {
                    PINVerifier(
                        badge: Cabinet.badgeID($0),
                        salt: "00",
                        cost: 2,
                        blockSize: 8,
                        parallelism: 1,
                        hash: Cabinet.keeperPIN
                    )
                }
            )
        )
    }

    /// A session of a role, its badge never too old, with the PIN typed unless told otherwise.
    mutating func begin(_ role: Role, proven: Bool = true) {
        if state.session?.role != role { scan(badge(role, expiry: .max)) }
        guard proven, state.session?.proven == false else { return }
        if role != .keeper { givePINs() }
        type(Cabinet.keeperPIN)
    }

    mutating func end() { scan("VLK1:END") }

    /// Scans a command card.
    mutating func card(_ card: Card) { scan(card.text) }

    /// The door opens and is shut again.
    mutating func openAndShut(_ door: DoorName) {
        open(door)
        shut(door)
    }

    /// The recipient comes with the code and takes all that the door shows.
    mutating func collect(_ waybill: Waybill) {
        typeCode(of: waybill)
        for door in pulses { openAndShut(door) }
    }

    mutating func passHours(_ hours: Int64) { wait(hours * 3_600_000) }

    /// The timer of the hold periods runs out.
    mutating func keepHouse() { send(.timer(.housekeeping)) }

    func parcel(_ waybill: Waybill) -> Parcel? { state.parcels[waybill] }

    func place(of waybill: Waybill) -> String? { state.parcels[waybill]?.place?.description }

    /// Words of the answers to the last input.
    var reason: ScanRejected.Reason? { event(ScanRejected.self)?.reason }
}

extension ManifestEntry {
    /// A line of a manifest with what a test is about.
    init(
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
