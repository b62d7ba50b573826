import LockerDomain
public import StationBooks

/// Reply to `GET /v1/shipments`: shipments of villagers (上行) that are still here.
public struct ShipmentsReply: Sendable, Hashable, Codable {
    /// What needs a hand comes first, then by waybill.
    public var shipments: [ShipmentEntry]
    /// The number that somebody looks at on the counter, not accepted yet; a label of the station's own is known by it alone.
    public var draft: String?

    /// One shipment.
    public struct ShipmentEntry: Sendable, Hashable, Codable {
        /// Waybill number (运单号).
        public var waybill: String
        /// Where it is in its life.
        public var status: Shipment.Status
        /// Owner of the waybill (品牌).
        public var brand: String
        /// Who handles it (经营企业).
        public var `operator`: String
        /// Door or shelf place; absent on the counter.
        public var place: String?
        /// Last change of status.
        public var changed: TimeStamp
    }

    /// The open shipments of a station.
    public init(state: StationState) {
        draft = state.session?.draft?.waybill.rawValue
        shipments = state.shipments.values
            .compactMap { shipment in Self.rank(shipment.status).map { ($0, shipment) } }
            .sorted { ($0.0, $0.1.waybill) < ($1.0, $1.1.waybill) }
            .map { _, shipment in
                ShipmentEntry(
                    waybill: shipment.waybill.rawValue,
                    status: shipment.status,
                    brand: shipment.parties.brand,
                    operator: shipment.parties.operatorName,
                    place: shipment.place?.description,
                    changed: TimeStamp(shipment.changed)
                )
            }
    }

    /// `nil` for one that has left.
    private static func rank(_ status: Shipment.Status) -> Int? {
        switch status {
        case .onCounter: 0
        case .droppedOff: 1
        case .rejected: 2
        case .accepted: 3
        case .handedOver, .returned: nil
        }
    }
}
