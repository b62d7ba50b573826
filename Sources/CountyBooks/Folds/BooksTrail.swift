import LockerDomain
import StationBooks

/// The trail of a report, kept in the books: a piece's last counted step for ever, so that a repeat a year later is one.
struct BooksTrail<Ledger: StationLedger>: ReportTrail {
    let ledger: Ledger

    func place(of waybill: Waybill) throws(Ledger.Failure) -> ReportPlace<DayMark>? {
        guard let step = try ledger.step(of: waybill) else { return nil }
        return ReportPlace(step)
    }

    func keep(_ place: ReportPlace<DayMark>?, of waybill: Waybill) throws(Ledger.Failure) {
        guard let place else { return try ledger.keep(nil as CountedStep?, of: waybill) }
        try ledger.keep(CountedStep(place, try ledger.origin(of: waybill)), of: waybill)
    }
}

extension ReportPlace<DayMark> {
    fileprivate init(_ step: CountedStep) {
        self.init(
            owner: Tally.Owner(brand: step.brand, direction: step.direction),
            figure: step.figure.flatMap(ReportFigure.init),
            bin: step.mark,
            feeFen: step.feeFen,
            accepted: step.accepted.map {
                ReportAccepted(
                    isOutside: $0.isOutside,
                    isReused: $0.isReused,
                    kind: $0.kind,
                    category: $0.category,
                    platform: $0.platform
                )
            }
        )
    }
}

extension CountedStep {
    fileprivate init(_ place: ReportPlace<DayMark>, _ origin: PieceOrigin) {
        self.init(brand: place.owner.brand, direction: place.owner.direction)
        (figure, mark, feeFen) = (place.figure?.rawValue, place.bin, place.feeFen)
        (village, operatorName) = (origin.village, origin.operatorName)
        accepted = place.accepted.map {
            Accepted(
                kind: $0.kind,
                category: $0.category,
                platform: $0.platform,
                isOutside: $0.isOutside,
                isReused: $0.isReused
            )
        }
    }
}

/// What a count keeps of its piece.
struct PieceOrigin {
    /// The village that its manifest names; `nil` for the site's own.
    var village: String?
    /// The firm that handles it; `nil` for that of the site.
    var operatorName: String?
}

extension StationLedger {
    /// Of a piece as it was counted last, so that what is taken off again is what was counted; else of what is known now.
    func origin(of waybill: Waybill) throws(Failure) -> PieceOrigin {
        let step = try step(of: waybill)
        if let step, step.village != nil, step.operatorName != nil {
            return PieceOrigin(village: step.village, operatorName: step.operatorName)
        }
        let piece = try piece(waybill)
        return PieceOrigin(
            village: step?.village ?? piece?.village,
            operatorName: step?.operatorName ?? piece?.firm
        )
    }
}
