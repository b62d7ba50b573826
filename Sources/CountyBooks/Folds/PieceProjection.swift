import LockerDomain
import StationBooks

/// What a line says of parcels and shipments, put into their rows.
struct PieceProjection {
    /// When the line was made, as well as it is known; milliseconds since 1970.
    let when: Int64
    /// Whether `when` is but the time at which it came.
    let isUncertain: Bool
    let number: Int64

    func project<Ledger: StationLedger>(_ event: Event, into ledger: Ledger) throws(Ledger.Failure) {
        switch event {
        case .parcelExpected(let fact): try expect(fact, ledger)
        case .parcelReceived(let fact): try receive(fact, ledger)
        case .parcelStored(let fact): try store(fact, ledger)
        case .parcelRelocated(let fact):
            try change(fact.waybill, fact.parties, .inbound, ledger) { piece in
                (piece.state, piece.place, piece.doorOpenedAt) = (.stored, "\(fact.place)", fact.doorOpenedAt)
                if fact.chilled == true { piece.isChilled = true }
            }
        case .parcelNoticed(let fact): try touch(fact.waybill, ledger) { $0.noticedAt = when }
        case .parcelOverdue(let fact): try touch(fact.waybill, ledger) { $0.overdueAt = when }
        case .parcelHoldExtended(let fact): try touch(fact.waybill, ledger) { $0.overdueAt = nil }
        case .parcelCollected(let fact):
            try end(fact.waybill, fact.parties, .collected, ledger) { piece in
                (piece.collector, piece.means) = (fact.by.rawValue, fact.means.rawValue)
                (piece.evidence, piece.doorOpenedAt, piece.endedBy) = (
                    fact.evidence.rawValue, fact.doorOpenedAt, fact.person
                )
                piece.feeFen = fact.fee?.fen ?? 0
            }
        case .parcelHandedToAgent(let fact):
            try change(fact.waybill, fact.parties, .inbound, ledger) { piece in
                (piece.state, piece.place, piece.endedBy) = (.withAgent, nil, fact.person)
                (piece.evidence, piece.doorOpenedAt) = (fact.evidence.rawValue, fact.doorOpenedAt)
            }
        case .parcelRefused(let fact):
            try change(fact.waybill, fact.parties, .inbound, ledger) { piece in
                (piece.state, piece.place, piece.endedAt, piece.feeFen) = (.refused, "\(fact.place)", nil, 0)
                (piece.evidence, piece.doorOpenedAt) = (fact.evidence.rawValue, fact.doorOpenedAt)
            }
        case .parcelRetrieved(let fact):
            try change(fact.waybill, fact.parties, .inbound, ledger) { piece in
                (piece.state, piece.place, piece.endedBy) = (.retrieved, nil, fact.person)
                (piece.evidence, piece.doorOpenedAt) = (fact.evidence.rawValue, fact.doorOpenedAt)
            }
        case .parcelReturned(let fact):
            try end(fact.waybill, fact.parties, .returned, ledger) { $0.endedBy = fact.person }
        case .parcelLost(let fact):
            try end(fact.waybill, fact.parties, .lost, ledger) { $0.endedBy = fact.report.person }
        case .parcelJoined(let fact): try join(fact, ledger)
        case .auditDifference(let fact):
            guard fact.finding == .missing, let waybill = fact.waybill else { return }
            try touch(waybill, ledger) { ($0.state, $0.place, $0.endedAt) = (.missing, nil, nil) }
        default: try projectTraces(event, ledger)
        }
    }

    /// Lines that stand in the custody line and change no row.
    private func projectTraces<Ledger: StationLedger>(_ event: Event, _ ledger: Ledger) throws(Ledger.Failure) {
        switch event {
        case .parcelContactGiven(let fact): try touch(fact.waybill, ledger) { _ in }
        case .parcelNoticeDue(let fact): try touch(fact.waybill, ledger) { _ in }
        case .parcelNoticeFailed(let fact): try touch(fact.waybill, ledger) { _ in }
        case .parcelCodeReissued(let fact): try touch(fact.waybill, ledger) { _ in }
        case .parcelRecalled(let fact): try touch(fact.waybill, ledger) { _ in }
        case .parcelDamaged(let fact): try change(fact.waybill, fact.parties, fact.direction, ledger) { _ in }
        case .parcelShort(let fact): try change(fact.waybill, fact.parties, fact.direction, ledger) { _ in }
        case .pickupAuthorised(let fact): try touch(fact.waybill, ledger) { _ in }
        case .doorUnlockRequested(let fact): for waybill in fact.waybills { try touch(waybill, ledger) { _ in } }
        case .doorParcelAdded(let fact): try touch(fact.waybill, ledger) { _ in }
        default: try ShipmentProjection(base: self).project(event, into: ledger)
        }
    }

    // MARK: Parcels

    private func expect<Ledger: StationLedger>(_ fact: ParcelExpected, _ ledger: Ledger) throws(Ledger.Failure) {
        let entry = fact.entry
        // A line of another station's parcel is told here so that it is known on the wrong van.
        guard entry.station == nil else { return try ledger.trace(entry.waybill, number) }
        try change(entry.waybill, fact.parties, .inbound, ledger) { piece in
            if fact.late != true, !piece.state.isAtSite { piece.startAnew(as: .expected, at: when) }
            piece.village = entry.village ?? piece.village
            piece.hamlet = entry.hamlet ?? piece.hamlet
            piece.size = piece.size ?? entry.size.rawValue
            piece.bag = piece.bag ?? entry.bag
            piece.run = piece.run ?? entry.run
            piece.consent = entry.consent.rawValue
            piece.isChilled = piece.isChilled || entry.chilled
            piece.formerly = piece.formerly ?? entry.formerly
            piece.expectedAt = piece.expectedAt ?? when
        }
    }

    private func receive<Ledger: StationLedger>(_ fact: ParcelReceived, _ ledger: Ledger) throws(Ledger.Failure) {
        let parent = ChildParcel(fact.waybill)?.stem
        // The parts of an announced parcel take its village.
        let whole = if let parent { try ledger.piece(parent) } else { Piece?.none }
        if var whole, whole.state == .expected, whole.waybill != fact.waybill {
            whole.state = .inParts
            try ledger.keep(whole, of: whole.waybill)
        }
        try change(fact.waybill, fact.parties, fact.direction, ledger) { piece in
            if fact.how != .move, fact.how != .audit { piece.startAnew(as: .received, at: piece.expectedAt) }
            (piece.state, piece.place) = (.received, nil)
            (piece.size, piece.consent) = (fact.size.rawValue, fact.consent.rawValue)
            (piece.village, piece.hamlet) = (piece.village ?? whole?.village, piece.hamlet ?? whole?.hamlet)
            guard fact.how != .move else { return }
            (piece.arrivedAt, piece.broughtBy) = (when, fact.person)
            (piece.run, piece.bag) = (fact.run ?? piece.run, fact.bag ?? piece.bag)
        }
    }

    private func store<Ledger: StationLedger>(_ fact: ParcelStored, _ ledger: Ledger) throws(Ledger.Failure) {
        try change(fact.waybill, fact.parties, fact.direction, ledger) { piece in
            (piece.state, piece.place, piece.endedAt) = (.stored, "\(fact.place)", nil)
            piece.storedAt = piece.storedAt ?? when
            piece.arrivedAt = piece.arrivedAt ?? when
            (piece.evidence, piece.doorOpenedAt) = (fact.evidence.rawValue, fact.doorOpenedAt)
            if fact.chilled == true { piece.isChilled = true }
        }
    }

    /// The two numbers are one parcel, which goes on under the one on its label.
    private func join<Ledger: StationLedger>(_ fact: ParcelJoined, _ ledger: Ledger) throws(Ledger.Failure) {
        let other = try ledger.piece(fact.formerly)
        try ledger.keep(nil as Piece?, of: fact.formerly)
        try ledger.trace(fact.formerly, number)
        try change(fact.waybill, fact.parties, fact.direction, ledger) { piece in
            if let other, piece.arrivedAt == nil || other.arrivedAt != nil {
                let number = piece.waybill
                piece = other
                piece.waybill = number
            }
            piece.village = piece.village ?? other?.village
            piece.formerly = fact.formerly
        }
    }

    // MARK: Rows

    private func end<Ledger: StationLedger>(
        _ waybill: Waybill,
        _ parties: Parties,
        _ state: Piece.State,
        _ ledger: Ledger,
        _ more: (inout Piece) -> Void
    ) throws(Ledger.Failure) {
        try change(waybill, parties, .inbound, ledger) { piece in
            (piece.state, piece.place, piece.endedAt) = (state, nil, when)
            more(&piece)
        }
    }

    /// Changes the row of a piece, which is made if there is none: a line may be the first that came.
    func change<Ledger: StationLedger>(
        _ waybill: Waybill,
        _ parties: Parties,
        _ direction: Direction,
        _ ledger: Ledger,
        _ change: (inout Piece) -> Void
    ) throws(Ledger.Failure) {
        var piece =
            try ledger.piece(waybill)
            ?? Piece(waybill: waybill, direction: direction, state: direction.firstState, parties: parties)
        if piece.direction != direction {
            piece = Piece(waybill: waybill, direction: direction, state: direction.firstState, parties: parties)
        }
        (piece.brand, piece.operatorName, piece.agent) = (parties.brand, parties.operatorName, parties.agent)
        piece.cooperation = parties.cooperationMode.rawValue
        change(&piece)
        if isUncertain { piece.isTimeUncertain = true }
        piece.lastEvent = number
        try ledger.keep(piece, of: waybill)
        try ledger.trace(waybill, number)
    }

    /// Changes the row of a piece that the books have; a line about another one is in its custody line alone.
    func touch<Ledger: StationLedger>(
        _ waybill: Waybill,
        _ ledger: Ledger,
        _ change: (inout Piece) -> Void
    ) throws(Ledger.Failure) {
        if var piece = try ledger.piece(waybill) {
            change(&piece)
            piece.lastEvent = number
            try ledger.keep(piece, of: waybill)
        }
        try ledger.trace(waybill, number)
    }
}

extension Piece {
    /// The number comes again: what was said of the parcel before it is in its custody line alone.
    mutating func startAnew(as state: State, at expected: Int64?) {
        if endedAt != nil || state == .expected {
            (storedAt, noticedAt, overdueAt, endedAt, collector, means, endedBy) = (nil, nil, nil, nil, nil, nil, nil)
            (arrivedAt, evidence, doorOpenedAt, feeFen, isTimeUncertain) = (nil, nil, nil, 0, false)
        }
        self.state = state
        expectedAt = expected
    }
}

extension Direction {
    /// What a piece is of which no other line came.
    fileprivate var firstState: Piece.State { self == .inbound ? .expected : .droppedOff }
}
