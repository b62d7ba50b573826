public import LockerDomain

/// A parcel (下行) or shipment (上行) as the books have it: what every event of it so far has said.
public struct Piece: Sendable, Hashable {
    /// Where a piece stands: of a parcel as `Parcel.Status` has it, of a shipment its own words.
    public enum State: String, Sendable, Codable, CaseIterable {
        case expected, received, stored, withAgent, collected, refused, retrieved, returned, lost, missing, inParts
        case droppedOff, accepted, waiting, handedOver, rejected, takenOut, returnedToSender

        /// As lists write it.
        public var chinese: String {
            switch self {
            case .expected: "预报"
            case .received: "收到"
            case .stored: "已入柜"
            case .withAgent: "代取人保管"
            case .collected: "已收取"
            case .refused: "拒收"
            case .retrieved: "已取回"
            case .returned: "已退回"
            case .lost: "丢失"
            case .missing: "未找到"
            case .inParts: "子母件"
            case .droppedOff: "已投入"
            case .accepted: "已收寄"
            case .waiting: "待发运"
            case .handedOver: "已发运"
            case .rejected: "未收寄"
            case .takenOut: "查验中"
            case .returnedToSender: "已退寄件人"
            }
        }

        /// Whether the site has the piece, or should have it.
        public var isAtSite: Bool {
            switch self {
            case .received, .stored, .withAgent, .refused, .retrieved, .missing, .droppedOff, .accepted, .waiting,
                .rejected,
                .takenOut:
                true
            case .expected, .inParts, .collected, .returned, .lost, .handedOver, .returnedToSender: false
            }
        }
    }

    public var waybill: Waybill
    public var direction: Direction
    public var state: State
    public var brand: String
    public var operatorName: String
    /// The site as the station names it.
    public var agent: String
    public var cooperation: String
    /// Door or shelf place; `nil` where it is at none.
    public var place: String?
    /// The village of the manifest, as it is written there.
    public var village: String?
    public var hamlet: String?
    public var size: String?
    public var run: String?
    public var bag: String?
    /// Its other number (原单号).
    public var formerly: Waybill?
    /// Consent of the recipient to a locker, as `Consent` has it.
    public var consent: String?
    public var isChilled = false
    /// Milliseconds since 1970 at which it came to be so; `nil` where it did not.
    public var expectedAt: Int64?
    /// Received or accepted.
    public var arrivedAt: Int64?
    public var storedAt: Int64?
    /// The recipient was told; the hold period began.
    public var noticedAt: Int64?
    public var overdueAt: Int64?
    public var endedAt: Int64?
    /// Whether one of these times is that of the arrival of the line, since the station's clock could not know it.
    public var isTimeUncertain = false
    /// 16 hex digits of the person who brought it, and of the one who ended it.
    public var broughtBy: String?
    public var endedBy: String?
    /// Who took it, as `ParcelCollected.Collector` has it.
    public var collector: String?
    public var means: String?
    public var evidence: String?
    /// For the camera recording of the last step.
    public var doorOpenedAt: Int64?
    public var feeFen = 0
    /// What the subsidy asks of a shipment (上行补贴).
    public var subsidy: Subsidy?
    /// Number of the last event of it.
    public var lastEvent: Int64 = 0

    /// What the subsidy of a shipment asks for; the identity itself is never here.
    public struct Subsidy: Sendable, Hashable {
        public var kind: String
        public var category: String?
        public var platform: String?
        public var order: String?
        public var weightGrams: Int?
        public var isOutsideCounty: Bool
        public var isPackagingReused: Bool
        public var isScreened: Bool
        /// Reference of the carrier's real-name record (实名收寄).
        public var realName: String
        /// 16 hex digits of the person who looked inside (收寄验视).
        public var inspectedBy: String
        public var seal: String?

        public init(
            kind: String,
            category: String? = nil,
            platform: String? = nil,
            order: String? = nil,
            weightGrams: Int? = nil,
            isOutsideCounty: Bool,
            isPackagingReused: Bool,
            isScreened: Bool,
            realName: String,
            inspectedBy: String,
            seal: String? = nil
        ) {
            (self.kind, self.category, self.platform, self.order) = (kind, category, platform, order)
            (self.weightGrams, self.isOutsideCounty) = (weightGrams, isOutsideCounty)
            (self.isPackagingReused, self.isScreened) = (isPackagingReused, isScreened)
            (self.realName, self.inspectedBy, self.seal) = (realName, inspectedBy, seal)
        }
    }

    public init(waybill: Waybill, direction: Direction, state: State, parties: Parties) {
        self.waybill = waybill
        self.direction = direction
        self.state = state
        brand = parties.brand
        operatorName = parties.operatorName
        agent = parties.agent
        cooperation = parties.cooperationMode.rawValue
    }
}

extension Piece {
    /// The firm that a piece names; `nil` where that of the site handles it.
    static func firm(_ operatorName: String) -> String? {
        operatorName.isEmpty || operatorName == Parties.noOperator ? nil : operatorName
    }

    /// The firm that handles it; `nil` for that of the site.
    var firm: String? { Self.firm(operatorName) }
}
