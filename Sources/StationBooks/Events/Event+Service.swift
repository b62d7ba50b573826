public import LockerDomain

/// Somebody complains (投诉); the answer names the hotline.
public struct ComplaintFiled: EventPayload {
    /// 1 … 9 of the printed list.
    public var category: Int
    /// The parcel that was collected just before.
    public var waybill: Waybill?

    package init(category: Int, waybill: Waybill? = nil) {
        (self.category, self.waybill) = (category, waybill)
    }

    public var subject: String? { waybill?.rawValue }
}

/// The five questions of the county's survey (满意度调查), 1 … 5 each, in the printed order.
public struct SurveyAnswered: EventPayload {
    public var scores: [Int]
    /// The parcel that was collected just before.
    public var waybill: Waybill?

    package init(scores: [Int], waybill: Waybill? = nil) {
        (self.scores, self.waybill) = (scores, waybill)
    }

    private enum CodingKeys: String, CodingKey { case scores, waybill }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        scores = try box.decode([Int].self, forKey: .scores)
        waybill = try box.decodeIfPresent(Waybill.self, forKey: .waybill)
        // They are added up.
        guard scores.allSatisfy(SurveyQuestion.scores.contains) else {
            throw DecodingError.dataCorruptedError(forKey: .scores, in: box, debugDescription: "a score is 1 to 5")
        }
    }

    public var subject: String? { waybill?.rawValue }
}

/// A support code dictated by phone opened a door (DESIGN 4.4).
public struct SupportCodeUsed: EventPayload {
    public var counter: UInt32
    public var door: DoorName
    /// The person it was made for, as 16 hex digits; empty when nobody was signed in.
    public var requester: String

    package init(counter: UInt32, door: DoorName, requester: String) {
        (self.counter, self.door, self.requester) = (counter, door, requester)
    }

    public var subject: String? { door.rawValue }
}

/// A parcel of the same recipient goes through a door that is still open for another: no pulse.
public struct DoorParcelAdded: EventPayload {
    public var door: DoorName
    public var cycle: Int
    public var waybill: Waybill

    package init(door: DoorName, cycle: Int, waybill: Waybill) {
        (self.door, self.cycle, self.waybill) = (door, cycle, waybill)
    }

    public var subject: String? { door.rawValue }
}

/// Who stands at the open door does something else than it was opened for: puts the parcel back, or nothing in.
public struct DoorPurposeChanged: EventPayload {
    public var door: DoorName
    public var cycle: Int
    public var purpose: Purpose
    /// The parcel of a deposit, or the shipment of a drop-off, that does not go in here after all.
    public var notPutIn: Waybill?
    /// Who said so; nobody knows at a drop-off.
    public var person: String?

    package init(door: DoorName, cycle: Int, purpose: Purpose, notPutIn: Waybill? = nil, person: String? = nil) {
        self.door = door
        self.cycle = cycle
        self.purpose = purpose
        self.notPutIn = notPutIn
        self.person = person
    }

    public var subject: String? { door.rawValue }
}
