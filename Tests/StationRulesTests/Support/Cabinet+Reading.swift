import LockerDomain
import LockerTestKit
import StationBooks
import StationRules

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

    var credentials: Credentials { TestKeys.credentials(pins: [TestKeys.pin(.keeper, Cabinet.keeperPIN)]) }

    /// A badge of the county, as its barcode reads; it lives 30 days from the new year on unless told otherwise, and with
    /// `.max` as long as a badge may.
    func badge(
        _ role: Role,
        expiry: UInt32 = UInt32(Cabinet.newYear / 1_000) + 30 * 86_400,
        of person: PersonNumber? = nil
    ) -> String {
        let latest = UInt32(clamping: max(now.wall, state.trustedTime) / 1_000 + Limits.badgeDaysMax * 86_400)
        return TestKeys.badge(role, expiry: min(expiry, latest), of: person)
    }

    func code(of waybill: Waybill) -> String { TestKeys.code(waybill, n: state.parcels[waybill]?.n ?? 0) }

    /// Codes that fit no parcel here.
    func wrongCodes(_ count: Int) -> [String] {
        let right = Set(state.parcels.keys.map { code(of: $0) })
        return (10_000_000..<10_000_000 + count + right.count).map { "\($0)" }.filter { !right.contains($0) }
            .prefix(count).map { $0 }
    }
}
