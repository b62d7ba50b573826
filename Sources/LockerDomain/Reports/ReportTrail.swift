/// One step in the life of a parcel or shipment that a report counts.
struct ReportStep {
    var waybill: Waybill
    var figure: ReportFigure
    var brand: String
    var direction: Direction
    /// What was to pay for it, in fen.
    var feeFen = 0

    /// `nil` for an event that is no such step.
    init?(_ event: Event) {
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
struct ReportAccepted: Sendable {
    var isOutside: Bool
    var isReused: Bool
    var kind: String
    var category: String?
    var platform: String?

    init(_ fact: ShipmentAccepted) {
        isOutside = fact.outsideCounty
        isReused = fact.reusedPackaging
        kind = fact.kind.rawValue
        category = fact.category
        platform = fact.platform
    }
}

/// What became last of each parcel and shipment: an event that repeats the last step is no second parcel, and one that
/// names no brand finds it here.
struct ReportTrail: Sendable {
    /// Where an event was counted.
    enum Bin: Sendable {
        /// Another period.
        case outside
        case inside
        /// No day is known.
        case adrift
    }

    /// The last step of one parcel.
    struct Place: Sendable {
        var owner: Tally.Owner
        var figure: ReportFigure?
        var bin = Bin.outside
        var feeFen = 0
        /// Of a shipment whose last step was that it was accepted.
        var accepted: ReportAccepted?
    }

    private var places: [Waybill: Place] = [:]

    /// Begins with what the station knows now, for parcels that came before the events that are read.
    init(_ state: StationState) {
        for parcel in state.parcels.values where places.count < Limits.reportTrailParcelsMax {
            meet(parcel.waybill, Tally.Owner(brand: parcel.parties.brand, direction: .inbound))
        }
    }

    /// What a brand is called that nobody can tell any more.
    static let unknown = "unknown"

    /// Whose parcel it is.
    func owner(of waybill: Waybill) -> Tally.Owner {
        places[waybill]?.owner ?? Tally.Owner(brand: Self.unknown, direction: .inbound)
    }

    /// Remembers whose parcel it is; its last step stays.
    mutating func meet(_ waybill: Waybill, _ owner: Tally.Owner) {
        guard places[waybill] == nil else { return }
        keep(Place(owner: owner), for: waybill)
    }

    /// The two numbers are one parcel: its last step is that of either.
    mutating func join(_ other: Waybill, to waybill: Waybill) {
        guard let place = places.removeValue(forKey: other) else { return }
        if places[waybill]?.figure == nil { places[waybill] = place }
    }

    /// Takes a step and returns where the parcel was before; `nil` when it is there already.
    mutating func go(_ step: ReportStep, of owner: Tally.Owner, _ bin: Bin) -> Place? {
        let before = places[step.waybill] ?? Place(owner: owner)
        guard before.figure != step.figure else { return nil }
        // The first part of what came with its bag as one was counted with it.
        if step.figure == .received, let parent = ChildParcel(step.waybill)?.stem, let one = places[parent],
            one.figure == .received, before.figure == nil
        {
            places[parent]?.figure = nil
            keep(Place(owner: owner, figure: .received, bin: one.bin), for: step.waybill)
            return nil
        }
        // A code that works again after an assumed pickup collects the same parcel, whoever types it.
        if step.figure.isCollected, before.figure?.isCollected == true { return nil }
        keep(Place(owner: owner, figure: step.figure, bin: bin, feeFen: step.feeFen), for: step.waybill)
        return before
    }

    /// Forgets that staff took the parcel, when it was counted in the same period; what another period counted stays there.
    mutating func undoTaking(_ waybill: Waybill, _ bin: Bin) -> (figure: ReportFigure, place: Place)? {
        guard let place = places[waybill], let figure = place.figure, place.bin == bin,
            [.retrieved, .handedToAgent, .collectedByKeeper].contains(figure)
        else { return nil }
        places[waybill]?.figure = nil
        return (figure, place)
    }

    /// Keeps how an accepted shipment was counted until its next step.
    mutating func remember(_ accepted: ReportAccepted, of waybill: Waybill) { places[waybill]?.accepted = accepted }

    private mutating func keep(_ place: Place, for waybill: Waybill) {
        guard places[waybill] != nil || places.count < Limits.reportTrailParcelsMax else { return }
        places[waybill] = place
    }
}
