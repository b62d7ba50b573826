import LockerDomain

/// The trail of a report, kept in the books: a piece's last counted step for ever, so that a repeat a year later is one.
struct BooksTrail<Ledger: StationLedger>: ReportTrail {
    let ledger: Ledger

    func place(of waybill: Waybill) throws(Ledger.Failure) -> ReportPlace<DayMark>? {
        guard let step = try ledger.step(of: waybill) else { return nil }
        return ReportPlace(step)
    }

    func keep(_ place: ReportPlace<DayMark>?, of waybill: Waybill) throws(Ledger.Failure) {
        guard let place else { return try ledger.keep(nil as CountedStep?, of: waybill) }
        try ledger.keep(CountedStep(place, village: try ledger.village(of: waybill)), of: waybill)
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
    fileprivate init(_ place: ReportPlace<DayMark>, village: String?) {
        self.init(brand: place.owner.brand, direction: place.owner.direction)
        (figure, mark, feeFen, self.village) = (place.figure?.rawValue, place.bin, place.feeFen, village)
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

extension StationLedger {
    /// The village that the manifest of a piece names.
    func village(of waybill: Waybill) throws(Failure) -> String? {
        if let village = try step(of: waybill)?.village { return village }
        return try piece(waybill)?.village
    }
}
