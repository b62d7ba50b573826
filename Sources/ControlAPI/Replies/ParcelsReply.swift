public import LockerDomain
public import StationBooks

/// Reply to `GET /v1/parcels`. A view for people at the station: the recipient's key and all that leads to a code stay
/// behind.
public struct ParcelsReply: Sendable, Hashable, Codable {
    /// What needs a hand comes first, then by waybill.
    public var parcels: [ParcelEntry]

    /// One parcel in open work.
    public struct ParcelEntry: Sendable, Hashable, Codable {
        /// Waybill number (运单号).
        public var waybill: String
        /// Where it is in its life.
        public var status: Parcel.Status
        /// Owner of the waybill (品牌).
        public var brand: String
        /// Who handles it (经营企业).
        public var `operator`: String
        /// Announced or assumed size.
        public var size: Size
        /// Whether it needs a cold door.
        public var chilled: Bool
        /// Whether a manifest announced it (预报).
        public var announced: Bool
        /// Door or shelf place where it lies, or lay last.
        public var place: String?
        /// As masked as the manifest had it.
        public var phoneMasked: String?
        /// Last change of status.
        public var changed: TimeStamp
        /// Why a courier has to take it back (取回); absent when nobody has to.
        public var retrieval: ParcelRetrieved.Reason?
        /// Number on the badge of the agent, courier or keeper who has it, decimal.
        public var holder: String?
    }

    /// The parcels of a station.
    public init(state: StationState) {
        // What came in parts lies here as those parts.
        parcels = state.parcels.values.filter { $0.status != .inParts }
            .sorted { (Self.rank($0), $0.waybill) < (Self.rank($1), $1.waybill) }
            .map { parcel in
                ParcelEntry(
                    waybill: parcel.waybill.rawValue,
                    status: parcel.status,
                    brand: parcel.parties.brand,
                    operator: parcel.parties.operatorName,
                    size: parcel.size,
                    chilled: parcel.isCold,
                    announced: parcel.announced,
                    place: parcel.place?.description,
                    phoneMasked: parcel.phoneMasked,
                    changed: TimeStamp(parcel.changed),
                    retrieval: parcel.needsRetrieval ? parcel.retrievalReason : nil,
                    holder: parcel.status == .withAgent || parcel.status == .retrieved
                        ? parcel.holder.map { PersonNumber.shown($0) } : nil
                )
            }
    }

    // What needs a hand comes first.
    private static func rank(_ parcel: Parcel) -> Int {
        if parcel.needsRetrieval { return 1 }
        return switch parcel.status {
        case .missing: 0
        case .received: 2
        case .stored, .refused: 3
        case .withAgent, .retrieved: 4
        case .expected, .inParts: 5
        case .collected, .returned: 6
        case .lost: 7
        }
    }
}
