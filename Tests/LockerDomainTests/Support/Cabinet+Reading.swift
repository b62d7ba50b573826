import Crypto
import LockerDomain

extension Cabinet {
    static let keeperPIN = "246810"

    // MARK: What the last input led to

    var answers: [Answer.ID] {
        actions.compactMap { if case .answer(let answer) = $0 { answer.id } else { nil } }
    }

    var pulses: [DoorName] {
        actions.compactMap { if case .pulse(let door, _, _) = $0 { door } else { nil } }
    }

    var pulseLengths: [Int64] {
        actions.compactMap { if case .pulse(_, _, let length) = $0 { length } else { nil } }
    }

    var types: [EventType] { events.map(\.type) }

    func event<Payload: EventPayload>(_ type: Payload.Type) -> Payload? {
        events.lazy.compactMap { $0.payload as? Payload }.first
    }

    /// The state that the journal alone proves.
    var replayed: StationState {
        journal.reduce(into: StationState()) { $0.apply($1.event, at: $1.at) }
    }

    func status(_ waybill: Waybill) -> Parcel.Status? { state.parcels[waybill]?.status }

    // MARK: Keys, badges, codes

    var countyKey: CountyKey? { CountyKey(bytes: Array(county.publicKey.rawRepresentation)) }

    var credentials: Credentials {
        guard let countyKey, let codeKey = Cabinet.codeKey else { preconditionFailure("32 bytes are a key") }
        let pin = PINVerifier(
            badge: Cabinet.badgeID(.keeper),
            salt: "00",
            cost: 2,
            blockSize: 8,
            parallelism: 1,
            hash: Cabinet.keeperPIN
        )
        return Credentials(countyKey: countyKey, codeKey: codeKey, pins: [pin])
    }

    static func badgeID(_ role: Role) -> String { Hex.encode([0, 0, 0, 0, 0, 0, 0, UInt8(role.grant)]) }

    /// A badge of the county, as its barcode reads; it lives 30 days from the new year on unless told otherwise.
    func badge(
        _ role: Role,
        expiry: UInt32 = UInt32(Cabinet.newYear / 1_000) + 30 * 86_400,
        of person: PersonNumber? = nil
    ) -> String {
        let token = Token(
            kind: .badge,
            keyID: countyKey?.tokenKeyID ?? [],
            id: [0, 0, 0, 0, 0, 0, 0, UInt8(role.grant)],
            expiry: expiry,
            subject: person?.bytes ?? [0, 0, 0, 0, 0, 0, 4, UInt8(role.grant)],
            grants: role.grant
        )
        guard let text = try? token.signed(by: { Array(try county.signature(for: $0)) }) else { return "" }
        return text
    }

    /// The QR code that the recipient of a parcel shows.
    func pickupToken(of waybill: Waybill, n: UInt32 = 0, expiry: UInt32 = .max) -> String {
        guard let key = Cabinet.codeKey else { return "" }
        return Token(
            kind: .pickup,
            keyID: key.tokenKeyID,
            id: [1, 2, 3, 4, 5, 6, 7, 8],
            expiry: expiry,
            subject: Token.subject(of: waybill, n: n),
            grants: 0
        ).authenticated(with: key)
    }

    func code(of waybill: Waybill) -> String {
        guard let key = Cabinet.codeKey else { return "" }
        return PickupCode(waybill, n: state.parcels[waybill]?.n ?? 0, key: key).description
    }

    /// Codes that fit no parcel here.
    func wrongCodes(_ count: Int) -> [String] {
        let right = Set(state.parcels.keys.map { code(of: $0) })
        return (10_000_000..<10_000_000 + count + right.count).map { "\($0)" }.filter { !right.contains($0) }
            .prefix(count).map { $0 }
    }
}
