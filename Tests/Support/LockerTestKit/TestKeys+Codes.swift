public import LockerDomain

/// Codes and tokens under the station's K.
extension TestKeys {
    /// The eight digits that a recipient types.
    public static func code(_ waybill: Waybill, n: UInt32 = 0) -> String {
        PickupCode(waybill, n: n, key: codeKey).description
    }

    /// The text of the QR code that the recipient of a parcel shows.
    ///
    /// - Parameter expiry: seconds since 1970.
    public static func pickupToken(_ waybill: Waybill, n: UInt32 = 0, expiry: UInt32 = .max) -> String {
        Token(
            kind: .pickup,
            keyID: codeKey.tokenKeyID,
            id: [1, 2, 3, 4, 5, 6, 7, 8],
            expiry: expiry,
            subject: Token.subject(of: waybill, n: n),
            grants: 0
        ).authenticated(with: codeKey)
    }

    /// The text of the QR code for the person who fetches the parcels of a recipient (代取码).
    ///
    /// - Parameters:
    ///   - expiry: seconds since 1970.
    ///   - issued: seconds since 1970, when the token says so.
    public static func delegationToken(_ recipient: String, expiry: UInt32 = .max, issued: UInt32? = nil) -> String {
        Token(
            kind: .delegation,
            keyID: codeKey.tokenKeyID,
            id: issued.map { Token.id(issued: $0, random: [4, 3, 2, 1]) } ?? [8, 7, 6, 5, 4, 3, 2, 1],
            expiry: expiry,
            subject: Token.subject(ofRecipient: recipient),
            grants: issued == nil ? 0 : Token.dated
        ).authenticated(with: codeKey)
    }

    /// The digits that the hotline dictates.
    public static func supportCode(counter: UInt32, door: DoorName, requester: PersonNumber?) -> String {
        SupportCode.text(counter: counter, door: door, requester: requester, key: codeKey)
    }

    /// Two numbers with one code, found by birthday: 10⁸ codes, 40,000 numbers.
    public static let twins: (one: Waybill, other: Waybill)? = {
        var seen: [PickupCode: Waybill] = [:]
        for index in 0..<40_000 {
            let waybill = Waybill(rawValue: "YT\(2_000_000_000_000 + index)")
            let code = PickupCode(waybill, n: 0, key: codeKey)
            if let one = seen[code] { return (one, waybill) }
            seen[code] = waybill
        }
        return nil
    }()
}
