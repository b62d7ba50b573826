import LockerDomain
import StationBooks

/// What a line says of shipments (上行), put into their rows with what the subsidy asks for.
struct ShipmentProjection {
    let base: PieceProjection

    func project<Ledger: StationLedger>(_ event: Event, into ledger: Ledger) throws(Ledger.Failure) {
        switch event {
        case .shipmentDroppedOff(let fact):
            try change(fact.waybill, fact.parties, ledger) { piece in
                if piece.endedAt != nil { piece.startAnew(as: .droppedOff, at: nil) }
                (piece.state, piece.place, piece.storedAt) = (.droppedOff, "\(fact.place)", base.when)
                (piece.evidence, piece.doorOpenedAt) = (fact.evidence.rawValue, fact.doorOpenedAt)
                piece.size = fact.size?.rawValue ?? piece.size
            }
        case .shipmentAccepted(let fact): try accept(fact, ledger)
        case .shipmentStored(let fact):
            try change(fact.waybill, fact.parties, ledger) { piece in
                piece.place = "\(fact.place)"
                if piece.state != .rejected { piece.state = .waiting }
                piece.storedAt = base.when
                (piece.evidence, piece.doorOpenedAt) = (fact.evidence.rawValue, fact.doorOpenedAt)
            }
        case .shipmentHandedOver(let fact):
            try change(fact.waybill, fact.parties, ledger) { piece in
                (piece.state, piece.place, piece.endedAt) = (.handedOver, nil, base.when)
                (piece.run, piece.bag, piece.endedBy) = (fact.run, fact.bag, fact.person)
                piece.subsidy?.seal = fact.seal
            }
        case .shipmentRejected(let fact):
            try change(fact.waybill, fact.parties, ledger) { piece in
                (piece.state, piece.endedBy, piece.subsidy) = (.rejected, fact.person, nil)
            }
        case .shipmentTakenOut(let fact):
            try change(fact.waybill, fact.parties, ledger) { piece in
                (piece.state, piece.place) = (piece.state == .droppedOff ? .takenOut : piece.state, nil)
            }
        case .shipmentReturned(let fact):
            try change(fact.waybill, fact.parties, ledger) { piece in
                (piece.state, piece.place, piece.endedAt) = (.returnedToSender, nil, base.when)
                piece.endedBy = fact.person
            }
        default: break
        }
    }

    private func accept<Ledger: StationLedger>(_ fact: ShipmentAccepted, _ ledger: Ledger) throws(Ledger.Failure) {
        try change(fact.waybill, fact.parties, ledger) { piece in
            if piece.endedAt != nil { piece.startAnew(as: .accepted, at: nil) }
            (piece.state, piece.arrivedAt, piece.broughtBy) = (.accepted, base.when, fact.person)
            piece.place = fact.place.map { "\($0)" }
            piece.doorOpenedAt = fact.doorOpenedAt
            piece.subsidy = Piece.Subsidy(
                kind: fact.kind.rawValue,
                category: fact.category,
                platform: fact.platform,
                order: fact.order,
                weightGrams: fact.weightGrams,
                isOutsideCounty: fact.outsideCounty,
                isPackagingReused: fact.reusedPackaging,
                isScreened: fact.screened,
                realName: fact.realName,
                inspectedBy: fact.inspectedBy
            )
        }
    }

    private func change<Ledger: StationLedger>(
        _ waybill: Waybill,
        _ parties: Parties,
        _ ledger: Ledger,
        _ change: (inout Piece) -> Void
    ) throws(Ledger.Failure) {
        try base.change(waybill, parties, .outbound, ledger, change)
    }
}
