public import LockerDomain

/// What a report counts for each brand and direction: parcels and shipments, not events. A parcel that is scanned or
/// opened twice counts once.
public enum ReportFigure: String, Sendable, Codable, CaseIterable {
    // MARK: 下行

    /// Scanned in (收到).
    case received
    /// Found by an audit (盘点找回), so not received that day.
    case found
    /// Received although the recipient did not agree to a locker; part of `received`.
    case withoutConsent
    /// Received, and nobody said whether the recipient agrees; part of `received`.
    case consentUnknown
    /// At its place (入柜).
    case stored
    /// Taken by the recipient; a refused one (拒收) is taken off again.
    case collectedByRecipient
    /// Taken by a relative or agent.
    case collectedByDelegate
    /// Handed over by the keeper.
    case collectedByKeeper
    /// Collected with something to pay by the tariff (保管费); part of the collected ones.
    case fees
    /// What was to pay for them, in fen.
    case feesFen
    case handedToAgent
    /// The hold period ran out that day.
    case overdue
    case refused
    /// Reports of damage, not parcels.
    case damaged
    /// Reports of something missing, not parcels.
    case short
    case lost
    /// Taken back by a courier (取回).
    case retrieved
    /// Left with a run (退回).
    case returned

    // MARK: 上行

    case droppedOff
    /// Accepted (收寄); one that is rejected before it left is taken off again.
    case accepted
    /// Leaves the county; part of `accepted`.
    case acceptedOutside
    /// In used packaging; part of `accepted`.
    case acceptedReused
    case handedOver
    case rejected
    case returnedToSender

    /// Which way the parcels go that it counts.
    public var direction: Direction {
        switch self {
        case .droppedOff, .accepted, .acceptedOutside, .acceptedReused, .handedOver, .rejected, .returnedToSender:
            .outbound
        default: .inbound
        }
    }
}

/// How a figure of a brand divides.
public enum ReportBreakdown: String, Sendable, Codable, CaseIterable {
    /// `accepted` by `ShipmentKind`.
    case acceptedByKind
    /// `accepted` by category of the produce, where one was said.
    case acceptedByCategory
    /// `accepted` by platform, where one was said.
    case acceptedByPlatform
    /// `rejected` by `ShipmentRefusal`.
    case rejectedByReason
}

/// What a report counts for the station as a whole.
public enum StationFigure: String, Sendable, Codable, CaseIterable {
    /// Runs (班次) that arrived.
    case runs
    /// Doors seen open after they were unlocked.
    case doorOpenings
    /// Openings given up after the last attempt.
    case doorFailures
    /// Doors that opened without being asked.
    case doorsUnexpected
    /// Typed pickup codes that fit nothing.
    case wrongCodes
    /// Times that typing was locked.
    case typingLocks
    case supportCodes
    case surveys
    /// All events.
    case events
    /// Events whose own clock could not be believed.
    case clockUncertain
}

/// How what happened at the station divides.
public enum StationBreakdown: String, Sendable, Codable, CaseIterable {
    /// Sessions by role and person: `courier 1001`.
    case sessions
    /// Scans without effect by reason.
    case scansRejected
    /// Codes and tokens that opened nothing by reason.
    case pickupsFailed
    /// Complaints by the number of their `ComplaintCategory`.
    case complaints
}
