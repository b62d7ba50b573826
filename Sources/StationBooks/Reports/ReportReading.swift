package import LockerDomain

/// One change of the figures of a report.
package struct ReportChange<Bin: Sendable & Hashable>: Sendable, Hashable {
    /// What is counted.
    package enum Counted: Sendable, Hashable {
        case figure(ReportFigure, Tally.Owner)
        case breakdown(ReportBreakdown, String, Tally.Owner)
        case station(StationFigure)
        case words(StationBreakdown, String)
        /// A score that was given to a question of the survey, by its place.
        case survey(question: Int, score: Int)
    }

    package var counted: Counted
    package var count: Int
    /// The parcel or shipment that it is about; `nil` for what is no parcel's.
    package var waybill: Waybill?
    /// Where that was counted which this takes off again: only a period that holds both is changed. `nil` for what is counted.
    package var takesOff: Bin?
    /// Whether this takes something off again whose place is not known: no figure changes.
    package var isVoid = false

    init(_ counted: Counted, _ count: Int = 1, of waybill: Waybill? = nil) {
        (self.counted, self.count, self.waybill) = (counted, count, waybill)
    }

    /// Takes off what was counted in `bin`.
    init(_ counted: Counted, _ count: Int, of waybill: Waybill, from bin: Bin?) {
        self.init(counted, count, of: waybill)
        takesOff = bin
        isVoid = bin == nil
    }
}

/// What an event changes in the figures of a report. Station and county read events by this one function, so that both
/// count alike.
package struct ReportReading<Trail: ReportTrail> {
    package typealias Change = ReportChange<Trail.Bin>

    /// In the order in which they are counted.
    package private(set) var changes: [Change] = []

    /// Reads an event and takes the trail along.
    ///
    /// - Parameter bin: where the event is counted.
    package init(_ event: Event, _ trail: inout Trail, _ bin: Trail.Bin) throws(Trail.Failure) {
        if let step = ReportStep(event) {
            try read(step, event, &trail, bin)
            return
        }
        switch event {
        case .parcelReceived(let fact) where fact.how == .audit:
            let owner = Tally.Owner(brand: fact.parties.brand, direction: fact.direction)
            try trail.meet(fact.waybill, owner)
            add(.found, owner, fact.waybill)
        case .parcelJoined(let fact): try trail.join(fact.formerly, to: fact.waybill)
        case .parcelOverdue(let fact):
            let named = fact.parties.map { Tally.Owner(brand: $0.brand, direction: .inbound) }
            let owner = if let named { named } else { try trail.owner(of: fact.waybill) }
            add(.overdue, owner, fact.waybill)
        case .parcelDamaged(let fact):
            add(.damaged, Tally.Owner(brand: fact.parties.brand, direction: fact.direction), fact.waybill)
        case .parcelShort(let fact):
            add(.short, Tally.Owner(brand: fact.parties.brand, direction: fact.direction), fact.waybill)
        case .auditDifference(let fact) where fact.finding == .missing:
            // The recipient found the door empty.
            guard let waybill = fact.waybill, let taken = try trail.undoTaking(waybill), let figure = taken.figure
            else {
                return
            }
            takeOff(figure, taken, waybill)
        default: readOfStation(event)
        }
    }

    private mutating func readOfStation(_ event: Event) {
        switch event {
        case .runArrived(let fact): if fact.again != true { add(.runs) }
        case .sessionOpened(let fact): add(.sessions, "\(fact.role.rawValue) \(PersonNumber.shown(fact.person))")
        case .doorOpened: add(.doorOpenings)
        case .doorOpenFailed: add(.doorFailures)
        case .doorOpenedUnexpectedly: add(.doorsUnexpected)
        // A card that only waits for the next scan has its effect then.
        case .scanRejected(let fact) where fact.reason != .awaitsScan:
            add(.scansRejected, fact.reason.rawValue, fact.scans)
        case .pickupFailed(let fact):
            add(.pickupsFailed, fact.reason.rawValue)
            if fact.reason == .noMatch, fact.means == .code { add(.wrongCodes) }
        case .pickupLockedOut: add(.typingLocks)
        case .supportCodeUsed: add(.supportCodes)
        case .serviceComplaintFiled(let fact): add(.complaints, String(fact.category))
        case .serviceSurveyAnswered(let fact):
            add(.surveys)
            for (index, score) in fact.scores.enumerated() where SurveyQuestion.allCases.indices.contains(index) {
                changes.append(Change(.survey(question: index, score: score)))
            }
        default: break
        }
    }

    private mutating func read(
        _ step: ReportStep,
        _ event: Event,
        _ trail: inout Trail,
        _ bin: Trail.Bin
    ) throws(Trail.Failure) {
        let owner = Tally.Owner(brand: step.brand, direction: step.direction)
        guard let before = try trail.go(step, of: owner, bin) else { return }
        add(step.figure, owner, step.waybill)
        switch event {
        case .parcelReceived(let fact):
            if fact.consent == .none { add(.withoutConsent, owner, step.waybill) }
            if fact.consent == .unknown { add(.consentUnknown, owner, step.waybill) }
        case .parcelCollected: addFee(step.feeFen, owner, step.waybill)
        case .parcelRefused:
            // A recipient who looked inside and puts it back has not collected it.
            if let figure = before.figure, figure.isCollected { takeOff(figure, before, step.waybill) }
        case .shipmentAccepted(let fact):
            let accepted = ReportAccepted(fact)
            try trail.remember(accepted, of: fact.waybill)
            for counted in Self.divisions(of: accepted, owner) {
                changes.append(Change(counted, of: step.waybill))
            }
        case .shipmentRejected(let fact):
            changes.append(Change(.breakdown(.rejectedByReason, fact.reason.rawValue, owner), of: step.waybill))
            // What was accepted first is not accepted.
            if let accepted = before.accepted {
                for counted in [.figure(.accepted, before.owner)] + Self.divisions(of: accepted, before.owner) {
                    changes.append(Change(counted, -1, of: step.waybill, from: before.bin))
                }
            }
        default: break
        }
    }

    /// Takes off what was counted of a parcel, with its fee.
    private mutating func takeOff(_ figure: ReportFigure, _ counted: ReportPlace<Trail.Bin>, _ waybill: Waybill) {
        var taken: [(ReportFigure, Int)] = [(figure, 1)]
        if counted.feeFen != 0 { taken += [(.fees, counted.feeFen.signum()), (.feesFen, counted.feeFen)] }
        for (figure, count) in taken {
            changes.append(Change(.figure(figure, counted.owner), -count, of: waybill, from: counted.bin))
        }
    }

    private mutating func addFee(_ fen: Int, _ owner: Tally.Owner, _ waybill: Waybill) {
        guard fen != 0 else { return }
        add(.fees, owner, waybill, fen.signum())
        add(.feesFen, owner, waybill, fen)
    }

    private static func divisions(of accepted: ReportAccepted, _ owner: Tally.Owner) -> [Change.Counted] {
        var divisions: [Change.Counted] = []
        if accepted.isOutside { divisions.append(.figure(.acceptedOutside, owner)) }
        if accepted.isReused { divisions.append(.figure(.acceptedReused, owner)) }
        let words: [(ReportBreakdown, String?)] = [
            (.acceptedByKind, accepted.kind), (.acceptedByCategory, accepted.category),
            (.acceptedByPlatform, accepted.platform),
        ]
        for case (let breakdown, let word?) in words where !word.isEmpty {
            divisions.append(.breakdown(breakdown, word, owner))
        }
        return divisions
    }

    private mutating func add(_ figure: ReportFigure, _ owner: Tally.Owner, _ waybill: Waybill, _ count: Int = 1) {
        changes.append(Change(.figure(figure, owner), count, of: waybill))
    }

    private mutating func add(_ figure: StationFigure) { changes.append(Change(.station(figure))) }

    private mutating func add(_ breakdown: StationBreakdown, _ word: String, _ count: Int = 1) {
        changes.append(Change(.words(breakdown, word), count))
    }
}

extension ReportFigure {
    /// Whether the parcel is with its recipient.
    var isCollected: Bool {
        self == .collectedByRecipient || self == .collectedByDelegate || self == .collectedByKeeper
    }
}
