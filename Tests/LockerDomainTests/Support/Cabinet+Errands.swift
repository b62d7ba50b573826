import LockerDomain

extension Cabinet {
    /// The county announces parcels, a courier brings them one after the other and leaves.
    mutating func bring(_ entries: ManifestEntry...) {
        announce(entries)
        begin(.courier, proven: false)
        for entry in entries { _ = deposit(entry.waybill) }
        end()
    }

    /// Two small parcels of a recipient go through the one door that is still open.
    mutating func bringTogether(_ first: Waybill, _ second: Waybill, of recipient: String) {
        announce([first, second].map { ManifestEntry($0, of: recipient, size: .small) })
        begin(.courier, proven: false)
        scan(first.rawValue)
        let door = pulses.first ?? ""
        open(door)
        scan(second.rawValue)
        shut(door)
        end()
    }

    /// The keeper writes down that the agent may take the parcels of a villager.
    mutating func delegateToAgent(_ waybill: Waybill) {
        begin(.keeper)
        card(.delegate(.agent))
        scan(waybill.rawValue)
        scan(badge(.agent, expiry: .max))
        end()
    }

    /// The QR code for whoever fetches the parcels of a recipient (代取码).
    func delegationToken(of recipient: String, expiry: UInt32 = .max, issued: UInt32? = nil) -> String {
        guard let key = Cabinet.codeKey else { return "" }
        return Token(
            kind: .delegation,
            keyID: key.tokenKeyID,
            id: issued.map { Token.id(issued: $0, random: [4, 3, 2, 1]) } ?? [8, 7, 6, 5, 4, 3, 2, 1],
            expiry: expiry,
            subject: Token.subject(ofRecipient: recipient),
            grants: issued == nil ? 0 : Token.dated
        ).authenticated(with: key)
    }

    /// What the hotline dictates.
    func supportCode(_ door: DoorName, for requester: String, counter: UInt32) -> String {
        guard let key = Cabinet.codeKey else { return "" }
        return SupportCode.text(counter: counter, door: door, requester: PersonNumber(wire: requester), key: key)
    }

    /// The code by which the sender of a shipment gets it back.
    func takeBackCode(of waybill: Waybill) -> String {
        guard let key = Cabinet.codeKey else { return "" }
        return PickupCode(waybill, n: state.shipments[waybill]?.n ?? 0, key: key).description
    }

    /// A villager leaves a shipment behind a door that a camera sees.
    mutating func dropOff(_ waybill: Waybill) {
        send(.camera("front", .good))
        card(.dropOff)
        scan(waybill.rawValue)
        for door in pulses { openAndShut(door) }
    }

    /// The same station with other settings and an empty journal.
    mutating func rebuild(_ change: (inout StationSettings) -> Void) {
        var settings = station.settings
        change(&settings)
        journal = []
        station = Station(settings: settings) { $0 == $1.hash }
        send(.enrolled(credentials, by: "tester"))
        start()
    }

    /// Chinese words of the last answer.
    var words: String {
        actions.compactMap { if case .answer(let answer) = $0 { answer.zh } else { nil } }.last ?? ""
    }

    static func person(_ role: Role) -> String { Hex.encode([0, 0, 0, 0, 0, 0, 4, UInt8(role.grant)]) }
}
