public import LockerDomain

/// One shipment of a villager on its way out (上行), as far as the journal knows it.
public struct Shipment: Sendable, Hashable, Codable {
    public var waybill: Waybill
    public var parties: Parties
    public var status: Status
    /// Door or shelf place; `nil` on the counter.
    public var place: Place?
    /// Counter of the code by which its sender gets it back.
    public var n: UInt32
    public var keyID: String?
    /// Wall time of the last change of status.
    public var changed: Int64
    /// The door it was dropped off in and when that was opened to look at it, for the camera recording.
    public var takenFrom: Place?
    public var takenOutAt: Int64?

    /// Wall time until which its code works again after a return that nobody saw (DESIGN rule 8).
    public var reusableUntil: Int64?
    /// The door of that return.
    public var leftFrom: Place?

    /// The size of the door that its sender asked for.
    public var size: Size?

    /// Whether it lies at a place of the station.
    public var isInside: Bool {
        place != nil && (status == .droppedOff || status == .accepted || status == .rejected)
    }

    /// Whether it is in the care of the station.
    public var isHere: Bool { status != .handedOver && status != .returned }

    /// Where the shipment is in its life.
    public enum Status: String, Sendable, Codable, CaseIterable {
        /// In a door, nobody looked at it yet.
        case droppedOff
        /// On the counter, being looked at.
        case onCounter
        /// All three systems are met; waits for a run.
        case accepted
        /// Left with a run.
        case handedOver
        /// Not taken; waits for its sender.
        case rejected
        /// With its sender again.
        case returned
    }
}

/// What is known so far of the shipment on the counter.
public struct ShipmentDraft: Sendable, Hashable, Codable {
    public var waybill: Waybill
    public var kind = ShipmentKind.ordinary
    public var category: String?
    public var platform: String?
    public var order: String?
    public var realName: String?
    public var inspected = false
    public var screened = false
    public var outside = false
    public var reuse = false
    public var photo: String?
    public var weightGrams: Int?

    public init(waybill: Waybill) { self.waybill = waybill }

    /// Whether anything was said of it.
    public var isBegun: Bool { self != ShipmentDraft(waybill: waybill) }

    /// Which of the three systems (三项制度) is not met yet, in the order of the counter.
    public var missing: [SessionNoted.Note] {
        (realName == nil ? [.realName] : []) + (inspected ? [] : [.inspected]) + (screened ? [] : [.screened])
    }

    /// Takes one note into the draft.
    public mutating func take(_ note: SessionNoted.Note, _ value: String?) {
        switch note {
        case .kind: kind = value.flatMap(ShipmentKind.init(rawValue:)) ?? kind
        case .category: category = value
        case .platform: platform = value
        case .order: order = value
        case .realName: realName = value
        case .inspected: inspected = true
        case .screened: screened = true
        case .outside: outside = true
        case .reuse: reuse = true
        case .photo: photo = value
        case .weightGrams: weightGrams = value.flatMap { Int($0) }
        case .checked, .exception, .reason, .villager, .bag, .seal, .shipment, .label, .awaits: break
        }
    }
}

extension Shipment {
    /// A shipment of which only this is known.
    package init(
        waybill: Waybill,
        parties: Parties,
        status: Status,
        place: Place?,
        n: UInt32,
        keyID: String?,
        changed: Int64
    ) {
        self.init(
            waybill: waybill,
            parties: parties,
            status: status,
            place: place,
            n: n,
            keyID: keyID,
            changed: changed,
            size: nil
        )
    }
}
