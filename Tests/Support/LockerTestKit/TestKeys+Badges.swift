public import LockerDomain

/// Badges of people: one for each role, whose number ends in the grant of the role.
extension TestKeys {
    /// The eight bytes that name the badge of a role.
    public static func badgeBytes(_ role: Role) -> [UInt8] { [0, 0, 0, 0, 0, 0, 0, UInt8(role.grant)] }

    /// The badge of a role, as events carry it.
    public static func badgeID(_ role: Role) -> String { Hex.encode(badgeBytes(role)) }

    /// The person who wears the badge of a role.
    public static func personBytes(_ role: Role) -> [UInt8] { [0, 0, 0, 0, 0, 0, 4, UInt8(role.grant)] }

    /// The person who wears the badge of a role, as events carry it.
    public static func person(_ role: Role) -> String { Hex.encode(personBytes(role)) }

    /// The text of the barcode of a badge that the county signed.
    ///
    /// - Parameters:
    ///   - expiry: seconds since 1970.
    ///   - person: who wears it, if not the usual person of the role.
    ///   - id: eight bytes that name it, if not those of the role.
    public static func badge(
        _ role: Role,
        expiry: UInt32 = .max,
        of person: PersonNumber? = nil,
        id: [UInt8]? = nil,
        isForged: Bool = false
    ) -> String {
        let token = Token(
            kind: .badge,
            keyID: countyKey.tokenKeyID,
            id: id ?? badgeBytes(role),
            expiry: expiry,
            subject: person?.bytes ?? personBytes(role),
            grants: role.grant
        )
        return isForged ? forged(token) : signed(token)
    }

    /// What a station keeps of a PIN. The tests compare a typed PIN with the hash itself.
    ///
    /// - Parameter blockSize: of scrypt; nothing computes it here.
    public static func pin(_ role: Role, _ hash: String, blockSize: Int = 8) -> PINVerifier {
        PINVerifier(badge: badgeID(role), salt: "00", cost: 2, blockSize: blockSize, parallelism: 1, hash: hash)
    }
}
