public import LockerDomain

/// Parcels, shipments, delegations and doors that events are about.
public struct Topics: Sendable, Hashable, Codable {
    public private(set) var waybills: Set<Waybill> = []
    /// Villagers whose delegation it is, by `recipientKey`.
    public private(set) var recipients: Set<String> = []
    public private(set) var doors: Set<DoorName> = []
    /// More than can be remembered: everything counts as touched.
    public private(set) var isFull = false

    public init() {}

    /// Remembers what an event is about, unless it only passes on what was said.
    public mutating func add(_ event: Event) {
        guard !isFull, !event.isHearsay else { return }
        let topic = event.topic
        waybills.formUnion(topic.waybills)
        if let recipient = topic.recipient { recipients.insert(recipient) }
        if let door = topic.door { doors.insert(door) }
        guard waybills.count + recipients.count > Limits.recoveryTopicsMax else { return }
        self = Topics()
        isFull = true
    }

    /// Remembers all of others, too.
    public mutating func add(_ others: Topics) {
        guard !isFull else { return }
        guard !others.isFull else { return self = others }
        waybills.formUnion(others.waybills)
        recipients.formUnion(others.recipients)
        doors.formUnion(others.doors)
    }

    /// Whether a parcel or shipment is one of them.
    package func contain(_ waybill: Waybill) -> Bool { isFull || waybills.contains(waybill) }

    /// Whether an event is about any of them.
    public func contain(_ event: Event) -> Bool {
        let topic = event.topic
        if isFull { return !topic.isEmpty }
        return topic.waybills.contains { waybills.contains($0) }
            || topic.recipient.map { recipients.contains($0) } ?? false
            || topic.door.map { doors.contains($0) } ?? false
    }
}
