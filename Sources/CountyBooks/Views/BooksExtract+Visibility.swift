import LockerDomain

extension BooksExtract {
    /// The same books with those pieces alone that the reader may see. Whether a village was visited may be seen by
    /// all who see the village, so days and stations stay: a report that is made of it holds the figures of the
    /// reader's own pieces.
    public func seen(by context: ViewContext) -> BooksExtract {
        guard context.visibility != .county else { return self }
        var (extract, filter) = (self, CountFilter(context))
        extract.pieces = pieces.filter { piece in
            let day: Int64 =
                switch piece.mark {
                case .day(let day): day
                case .drift(let number): drifts[number]?.last ?? period.days.upperBound
                }
            return filter.allows(
                countAt: piece.station,
                village: piece.village,
                brand: piece.brand,
                operatorName: piece.operatorName,
                on: day
            )
        }
        return extract
    }

    /// The books of two periods as one; those that both hold stand in it once. The period is that of this one.
    func joined(with other: BooksExtract) -> BooksExtract {
        guard other.period != period else { return self }
        var extract = self
        extract.days.merge(other.days) { own, others in
            own + others.filter { day in !own.contains { $0.day == day.day } }
        }
        extract.drifts.merge(other.drifts) { own, _ in own }
        return extract
    }
}
