extension ClockDiscipline {
    /// The moment of a reading, and what is wrong with it.
    mutating func judged(_ raw: Moment) -> (Moment, ClockTrouble?) {
        let said = word.map { Moment(wall: $0.wall + raw.uptime - $0.uptime, uptime: raw.uptime, clock: $0.clock) }
        if raw.clock == .manual { return (vouch(said?.clock == .manual ? said ?? raw : raw), nil) }
        if isSynchronised { return judged(ntp: Moment(wall: raw.wall, uptime: raw.uptime, clock: .ntp), said) }
        doubtedSince = nil
        return said.map { (vouch($0), nil) } ?? unconfirmed(raw)
    }

    /// What NTP shows, beside the last word.
    private mutating func judged(ntp: Moment, _ said: Moment?) -> (Moment, ClockTrouble?) {
        let isPlausible = isPlausible(ntp)
        if let said, said.clock == .manual || ntp.uptime - heard <= Limits.countyWordMilliseconds {
            doubtedSince = nil
            guard abs(ntp.wall - said.wall) <= Limits.clocksApartMilliseconds else {
                // A technician on the spot knows better; between the county and NTP the earlier counts.
                let isEarlier = isPlausible && said.clock == .county && ntp.wall < said.wall
                let trouble = ClockTrouble.apart(ntp: ntp.wall, said: said.wall, by: said.clock)
                return (isEarlier ? moveOn(ntp) : vouch(said), trouble)
            }
            // Only under the clock of who said it is the trusted time set back.
            if ntp.uptime < wordAlone { return (vouch(said), nil) }
            if said.clock == .manual { word = nil }
            return (vouch(ntp), nil)
        }
        guard !isPlausible else {
            doubtedSince = nil
            return (moveOn(ntp), nil)
        }
        let since = doubtedSince ?? ntp.uptime
        doubtedSince = since
        if ntp.uptime - since >= Limits.ntpStandsMilliseconds { return (vouch(ntp), nil) }
        let now = elapsed(at: ntp)
        let known = trustedWall(at: ntp.uptime) ?? now
        return (Moment(wall: now, uptime: ntp.uptime, clock: .fake), .doubted(shown: ntp.wall, confirmed: known))
    }

    /// A time that nobody vouches for.
    private func unconfirmed(_ raw: Moment) -> (Moment, ClockTrouble?) {
        var moment = raw
        guard trustedTime > 0 || confirmed != nil else {
            if raw.clock == .rtc { moment.clock = .fake }
            return (moment, .neverConfirmed)
        }
        let now = elapsed(at: raw)
        if raw.wall > now + Limits.clockAheadMilliseconds {
            let trouble = ClockTrouble.ahead(shown: raw.wall, confirmed: confirmed?.wall ?? trustedTime)
            return (Moment(wall: now, uptime: raw.uptime, clock: .fake), trouble)
        }
        guard raw.clock == .rtc else { return (moment, isStepped ? .stepped : .estimated) }
        moment.clock = .fake
        if raw.wall < trustedTime - Limits.clockBehindMilliseconds {
            return (moment, .behind(shown: raw.wall, confirmed: trustedTime))
        }
        if isStepped || isBatteryOut || confirmed != nil { return (moment, .stepped) }
        moment.clock = .rtc
        let days = (raw.wall - trustedTime) / 86_400_000
        return (moment, days >= Limits.clockUnconfirmedDays ? .unconfirmed(days: days) : nil)
    }

    /// The first time that anybody gives cannot be compared with another.
    private func isPlausible(_ ntp: Moment) -> Bool {
        guard let known = trustedWall(at: ntp.uptime) else { return true }
        return (known - Limits.ntpBehindMilliseconds...known + Limits.ntpAheadMilliseconds).contains(ntp.wall)
    }

    /// The moment is trusted, also when it sets the trusted time back.
    private mutating func vouch(_ moment: Moment) -> Moment {
        trusted = moment
        return moment
    }

    /// The moment counts, the trusted time does not fall: NTP could walk back day by day.
    private mutating func moveOn(_ moment: Moment) -> Moment {
        if trustedWall(at: moment.uptime).map({ $0 < moment.wall }) ?? true { trusted = moment }
        return moment
    }

    /// What has passed for certain since the last time that is known: the uptime.
    private func elapsed(at raw: Moment) -> Int64 {
        if let confirmed { return confirmed.wall + raw.uptime - confirmed.uptime }
        return lastWall + raw.uptime - (first?.uptime ?? raw.uptime)
    }
}
