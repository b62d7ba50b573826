import LockerDomain

extension BooksExtract {
    /// The same books with what the latest statuses prove. Events tell of a station up to the last of them alone, and none is
    /// made at midnight: a quiet evening would be unknown until the first event of the next day.
    ///
    /// A status with a dated clock that leaves no event unsent, of a station whose chain ends where the status says, proves
    /// that nothing happened since the last event, and that the station ran without a break: a new start is an event. So the
    /// chain reaches up to the status, and the time between is watched. A status changes nothing where the books have not
    /// folded that last event yet, or it was made before it.
    ///
    /// - Parameter now: the county's clock, milliseconds since 1970: nothing reaches beyond it.
    public func heard(_ statuses: [LastStatus], now: Int64) -> BooksExtract {
        let byStation = Dictionary(statuses.map { ($0.station, $0) }) { first, _ in first }
        var extract = self
        for index in stations.indices {
            let standing = stations[index]
            // Of a station that waits to be folded anew some lines are in no figure.
            guard !standing.isWaiting, let reaches = standing.reaches,
                let status = byStation[standing.station], let end = status.end,
                // The newest line in the books, and dated by itself: none waits there for a reading of the clock.
                end.number <= through, end.made == reaches,
                let proven = status.proven(now: now), proven > reaches,
                proven - reaches <= CountyFoldLimits.watchedMillisecondsMax
            else { continue }
            extract.stations[index].reaches = proven
            extract.watch(standing.station, from: reaches, until: proven)
        }
        return extract
    }

    /// Adds the time in which a station ran to the days of the period in which it lies.
    private mutating func watch(_ station: String, from: Int64, until: Int64) {
        let first = max(ReportPeriod.day(ofWall: from), period.days.lowerBound)
        let last = min(ReportPeriod.day(ofWall: until - 1), period.days.upperBound)
        guard first <= last else { return }
        var kept = days[station] ?? []
        for day in first...last {
            let length =
                min(until, ReportPeriod.wall(ofDay: day + 1)) - max(from, ReportPeriod.wall(ofDay: day))
            let place = kept.firstIndex { $0.day >= day } ?? kept.endIndex
            if place == kept.endIndex || kept[place].day != day { kept.insert(StationDay(day: day), at: place) }
            kept[place].watchedMilliseconds += length
        }
        days[station] = kept
    }
}
