public import LockerDomain

extension Policy {
    /// What is due for a parcel; `nil` inside the hold period, in public welfare, and without a published line.
    public func fee(of parcel: Parcel, at now: Moment) -> Fee? {
        guard !publicWelfare, now.clock.isConfirmed, !parcel.hold.owesReminder,
            let end = parcel.hold.end(chilled: parcel.isCold, self), now.wall > end, let line = tariff
        else { return nil }
        let period = Int64(max(line.periodHours, 1)) * 3_600_000
        let periods = (now.wall - end + period - 1) / period
        return Fee(line: line.name, fen: Int(min(periods * Int64(line.fen), Int64(line.fenMax))))
    }
}
