package import LockerDomain

/// One step in the life of a parcel or shipment that a report counts.
package struct ReportStep {
    package var waybill: Waybill
    package var figure: ReportFigure
    package var brand: String
    package var direction: Direction
    /// What was to pay for it, in fen.
    package var feeFen = 0

    /// `nil` for an event that is no such step.
    package init?(_ event: Event) {
        switch event {
        case .parcelReceived(let fact):
            // A parcel that moves, or that an audit finds, was received before.
            guard fact.how != .move, fact.how != .audit else { return nil }
            self.init(fact.waybill, .received, fact.parties, fact.direction)
        case .parcelStored(let fact): self.init(fact.waybill, .stored, fact.parties, fact.direction)
        case .parcelCollected(let fact):
            let figure: ReportFigure =
                switch fact.by {
                case .recipient: .collectedByRecipient
                case .delegate: .collectedByDelegate
                case .keeper: .collectedByKeeper
                }
            self.init(fact.waybill, figure, fact.parties, fact.direction)
            feeFen = fact.fee?.fen ?? 0
        case .parcelHandedToAgent(let fact): self.init(fact.waybill, .handedToAgent, fact.parties, fact.direction)
        case .parcelRefused(let fact): self.init(fact.waybill, .refused, fact.parties, fact.direction)
        case .parcelLost(let fact): self.init(fact.waybill, .lost, fact.parties, fact.direction)
        case .parcelRetrieved(let fact): self.init(fact.waybill, .retrieved, fact.parties, fact.direction)
        case .parcelReturned(let fact): self.init(fact.waybill, .returned, fact.parties, fact.direction)
        case .shipmentDroppedOff(let fact): self.init(fact.waybill, .droppedOff, fact.parties, fact.direction)
        case .shipmentAccepted(let fact): self.init(fact.waybill, .accepted, fact.parties, fact.direction)
        case .shipmentHandedOver(let fact): self.init(fact.waybill, .handedOver, fact.parties, fact.direction)
        case .shipmentRejected(let fact): self.init(fact.waybill, .rejected, fact.parties, fact.direction)
        case .shipmentReturned(let fact): self.init(fact.waybill, .returnedToSender, fact.parties, fact.direction)
        default: return nil
        }
    }

    private init(_ waybill: Waybill, _ figure: ReportFigure, _ parties: Parties, _ direction: Direction) {
        self.waybill = waybill
        self.figure = figure
        brand = parties.brand
        self.direction = direction
    }
}

/// How an accepted shipment was counted, so that it can be taken off again.
package struct ReportAccepted: Sendable, Hashable, Codable {
    package var isOutside: Bool
    package var isReused: Bool
    package var kind: String
    package var category: String?
    package var platform: String?

    package init(_ fact: ShipmentAccepted) {
        isOutside = fact.outsideCounty
        isReused = fact.reusedPackaging
        kind = fact.kind.rawValue
        category = fact.category
        platform = fact.platform
    }

    package init(isOutside: Bool, isReused: Bool, kind: String, category: String?, platform: String?) {
        (self.isOutside, self.isReused, self.kind) = (isOutside, isReused, kind)
        (self.category, self.platform) = (category, platform)
    }
}

/// The last step of one parcel, and where it was counted.
package struct ReportPlace<Bin: Sendable & Hashable>: Sendable, Hashable {
    package var owner: Tally.Owner
    package var figure: ReportFigure?
    /// Where `figure` was counted; `nil` when it was not.
    package var bin: Bin?
    package var feeFen = 0
    /// Of a shipment whose last step was that it was accepted.
    package var accepted: ReportAccepted?

    package init(
        owner: Tally.Owner,
        figure: ReportFigure? = nil,
        bin: Bin? = nil,
        feeFen: Int = 0,
        accepted: ReportAccepted? = nil
    ) {
        (self.owner, self.figure, self.bin, self.feeFen, self.accepted) = (owner, figure, bin, feeFen, accepted)
    }
}

/// What became last of each parcel and shipment: an event that repeats the last step is no second parcel, and one that
/// names no brand finds it here. A station's report keeps it in memory, the county in its books.
package protocol ReportTrail {
    /// Where something is counted: inside or outside of a period, or the day.
    associatedtype Bin: Sendable & Hashable
    /// What goes wrong where it is kept.
    associatedtype Failure: Error

    /// Where a parcel is.
    func place(of waybill: Waybill) throws(Failure) -> ReportPlace<Bin>?
    /// Keeps where it is now; `nil` forgets it.
    mutating func keep(_ place: ReportPlace<Bin>?, of waybill: Waybill) throws(Failure)
}

extension ReportTrail {
    /// Whose parcel it is.
    func owner(of waybill: Waybill) throws(Failure) -> Tally.Owner {
        try place(of: waybill)?.owner ?? Tally.Owner(brand: Tally.unknownBrand, direction: .inbound)
    }

    /// Remembers whose parcel it is; its last step stays.
    mutating func meet(_ waybill: Waybill, _ owner: Tally.Owner) throws(Failure) {
        guard try place(of: waybill) == nil else { return }
        try keep(ReportPlace(owner: owner), of: waybill)
    }

    /// The two numbers are one parcel: its last step is that of either.
    mutating func join(_ other: Waybill, to waybill: Waybill) throws(Failure) {
        guard let old = try place(of: other) else { return }
        try keep(nil, of: other)
        if try place(of: waybill)?.figure == nil { try keep(old, of: waybill) }
    }

    /// Takes a step and returns where the parcel was before; `nil` when it is there already.
    mutating func go(_ step: ReportStep, of owner: Tally.Owner, _ bin: Bin) throws(Failure) -> ReportPlace<Bin>? {
        let before = try place(of: step.waybill) ?? ReportPlace(owner: owner)
        guard before.figure != step.figure else { return nil }
        // The first part of what came with its bag as one was counted with it.
        if step.figure == .received, before.figure == nil, let parent = ChildParcel(step.waybill)?.stem,
            var one = try place(of: parent), one.figure == .received
        {
            let counted = one.bin
            one.figure = nil
            try keep(one, of: parent)
            try keep(ReportPlace(owner: owner, figure: .received, bin: counted), of: step.waybill)
            return nil
        }
        // A code that works again after an assumed pickup collects the same parcel, whoever types it.
        if step.figure.isCollected, before.figure?.isCollected == true { return nil }
        try keep(ReportPlace(owner: owner, figure: step.figure, bin: bin, feeFen: step.feeFen), of: step.waybill)
        return before
    }

    /// Forgets that staff took the parcel, and returns where that was counted.
    mutating func undoTaking(_ waybill: Waybill) throws(Failure) -> ReportPlace<Bin>? {
        guard let before = try place(of: waybill), let figure = before.figure,
            [.retrieved, .handedToAgent, .collectedByKeeper].contains(figure)
        else { return nil }
        var after = before
        (after.figure, after.bin) = (nil, nil)
        try keep(after, of: waybill)
        return before
    }

    /// Keeps how an accepted shipment was counted until its next step.
    mutating func remember(_ accepted: ReportAccepted, of waybill: Waybill) throws(Failure) {
        guard var place = try place(of: waybill) else { return }
        place.accepted = accepted
        try keep(place, of: waybill)
    }
}

/// The trail of a station's own report.
struct StationTrail: ReportTrail, Sendable {
    /// Where an event was counted.
    enum Bin: Sendable {
        /// Another period.
        case outside
        case inside
        /// No day is known.
        case undated
    }

    private var places: [Waybill: ReportPlace<Bin>] = [:]

    /// Begins with what the station knows now, for parcels that came before the events that are read.
    init(_ state: StationState) {
        for parcel in state.parcels.values where places.count < Limits.reportTrailParcelsMax {
            meet(parcel.waybill, Tally.Owner(brand: parcel.parties.brand, direction: .inbound))
        }
    }

    func place(of waybill: Waybill) -> ReportPlace<Bin>? { places[waybill] }

    mutating func keep(_ place: ReportPlace<Bin>?, of waybill: Waybill) {
        guard place == nil || places[waybill] != nil || places.count < Limits.reportTrailParcelsMax else { return }
        places[waybill] = place
    }
}
