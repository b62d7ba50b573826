extension Tally {
    /// Takes one event. The trail knows whether it is a repeat, and whose parcel it is about.
    mutating func take(_ made: ReportEvent, _ trail: inout ReportTrail, _ bin: ReportTrail.Bin) {
        let event = made.event
        add(.events)
        if !made.moment.clock.isDated { add(.clockUncertain) }
        if let step = ReportStep(event) { return take(step, event, &trail, bin) }
        switch event {
        case .parcelReceived(let fact) where fact.how == .audit:
            let owner = Owner(brand: fact.parties.brand, direction: fact.direction)
            trail.meet(fact.waybill, owner)
            add(.found, of: owner)
        case .parcelJoined(let fact): trail.join(fact.formerly, to: fact.waybill)
        case .parcelOverdue(let fact):
            let named = fact.parties.map { Owner(brand: $0.brand, direction: .inbound) }
            add(.overdue, of: named ?? trail.owner(of: fact.waybill))
        case .parcelDamaged(let fact): add(.damaged, of: Owner(brand: fact.parties.brand, direction: fact.direction))
        case .parcelShort(let fact): add(.short, of: Owner(brand: fact.parties.brand, direction: fact.direction))
        case .auditDifference(let fact) where fact.finding == .missing:
            // Who was to have it found the door empty.
            if let taken = fact.waybill.flatMap({ trail.undoTaking($0, bin) }) {
                add(taken.figure, of: taken.place.owner, -1)
                addFee(-taken.place.feeFen, of: taken.place.owner)
            }
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
            for (index, score) in fact.scores.enumerated() where survey.indices.contains(index) {
                survey[index].answers += 1
                survey[index].sum += score
            }
        default: break
        }
    }

    private mutating func take(
        _ step: ReportStep,
        _ event: Event,
        _ trail: inout ReportTrail,
        _ bin: ReportTrail.Bin
    ) {
        let owner = Owner(brand: step.brand, direction: step.direction)
        guard let before = trail.go(step, of: owner, bin) else { return }
        add(step.figure, of: owner)
        switch event {
        case .parcelReceived(let fact):
            if fact.consent == .none { add(.withoutConsent, of: owner) }
            if fact.consent == .unknown { add(.consentUnknown, of: owner) }
        case .parcelCollected: addFee(step.feeFen, of: owner)
        case .parcelRefused:
            // Who looked inside and puts it back has not collected it; what another period counted stays there.
            guard let figure = before.figure, figure.isCollected, before.bin == bin else { return }
            add(figure, of: owner, -1)
            addFee(-before.feeFen, of: owner)
        case .shipmentAccepted(let fact):
            let accepted = ReportAccepted(fact)
            trail.remember(accepted, of: fact.waybill)
            add(accepted, of: owner)
        case .shipmentRejected(let fact):
            add(.rejectedByReason, fact.reason.rawValue, of: owner)
            // What was accepted first is not accepted; what another period counted stays there.
            if let accepted = before.accepted, before.bin == bin {
                add(.accepted, of: before.owner, -1)
                add(accepted, of: before.owner, -1)
            }
        default: break
        }
    }

    /// Below zero it is taken off again.
    private mutating func addFee(_ fen: Int, of owner: Owner) {
        guard fen != 0 else { return }
        add(.fees, of: owner, fen.signum())
        add(.feesFen, of: owner, fen)
    }

    private mutating func add(_ accepted: ReportAccepted, of owner: Owner, _ count: Int = 1) {
        if accepted.isOutside { add(.acceptedOutside, of: owner, count) }
        if accepted.isReused { add(.acceptedReused, of: owner, count) }
        add(.acceptedByKind, accepted.kind, of: owner, count)
        add(.acceptedByCategory, accepted.category, of: owner, count)
        add(.acceptedByPlatform, accepted.platform, of: owner, count)
    }
}

extension ReportFigure {
    /// Whether the parcel is with its recipient.
    var isCollected: Bool {
        self == .collectedByRecipient || self == .collectedByDelegate || self == .collectedByKeeper
    }
}
