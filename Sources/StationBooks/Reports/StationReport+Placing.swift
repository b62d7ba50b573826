import LockerDomain

extension StationReport {
    /// A trusted reading dates all events buffered since this start, and ends what drifted before it.
    mutating func trust(_ moment: Moment) {
        let isFirst = clock.anchor == nil
        clock.trust(moment)
        if isFirst {
            let began = clock.began ?? moment.wall
            settle(before: clock.hasSpilled ? moment.wall : began)
            clock.watchedUntil = began
            let waiting = clock.waiting
            clock.waiting = []
            for made in waiting { place(made, at: clock.wall(at: made.moment.uptime) ?? began) }
        }
        watch(until: moment.wall)
    }

    /// Counts an event at the time it was made.
    mutating func place(_ made: ReportEvent, at wall: Int64) {
        noteLoss(made)
        mayHaveRun(on: loss.days(before: wall))
        latest = wall
        eventsBehind = wall >= period.end + Limits.reportTailMilliseconds ? eventsBehind + 1 : 0
        let day = ReportPeriod.day(ofWall: wall)
        if period.days.contains(day) {
            figures.take(made, &trail, .inside)
            spans.note(made.source)
            if case .runArrived(let fact) = made.event, fact.again != true {
                days[Int(day - period.days.lowerBound)].runs += 1
            }
        } else {
            elsewhere.take(made, &trail, .outside)
        }
        seeCamera(made.event, at: wall, isInside: period.days.contains(day))
    }

    /// The station ran without a break up to here.
    mutating func watch(until wall: Int64) {
        let from = max(clock.watchedUntil ?? wall, period.start)
        clock.watchedUntil = wall
        let to = min(wall, period.end)
        guard from < to else { return }
        for day in ReportPeriod.day(ofWall: from)...ReportPeriod.day(ofWall: to - 1) {
            let start = ReportPeriod.wall(ofDay: day)
            let length = min(to, start + 86_400_000) - max(from, start)
            days[Int(day - period.days.lowerBound)].watchedMilliseconds += length
        }
    }

    /// What follows is another start of the daemon.
    mutating func endStart() {
        letDrift()
        closeCameras(at: clock.watchedUntil)
        clock = ReportClock()
    }

    // MARK: Without a clock

    /// What waits for a reading that will not come.
    mutating func letDrift() {
        guard !clock.waiting.isEmpty else { return }
        if undated.tally.isEmpty { undated.after = latest }
        for made in clock.waiting {
            noteLoss(made)
            undated.tally.take(made, &trail, .undated)
            undated.spans.note(made.source)
        }
        clock.waiting = []
    }

    /// What drifted was made before this time (`nil`: nobody knows) and behind what was known last.
    mutating func settle(before wall: Int64?) {
        guard !undated.tally.isEmpty else { return }
        let (tally, spans) = (undated.tally, undated.spans)
        let first = undated.after.map(ReportPeriod.day(ofWall:))
        let last = wall.map(ReportPeriod.day(ofWall:))
        undated = Undated()
        let from = min(first ?? .min, last ?? .max)
        let to = max(first ?? .min, last ?? .max)
        guard from < period.days.upperBound, to >= period.days.lowerBound else { return }
        for span in spans { self.spans.note(span) }
        if period.days.contains(from), period.days.contains(to) {
            figures.merge(tally)
            if from == to {
                days[Int(from - period.days.lowerBound)].runs += tally[.runs]
                return
            }
            runsWithoutDay += tally[.runs]
        } else {
            unplaced.merge(tally)
        }
        guard tally[.runs] > 0 else { return }
        mayHaveRun(on: from...to)
    }

    /// A run may have come on each of these days.
    mutating func mayHaveRun(on touched: ClosedRange<Int64>?) {
        guard let touched else { return }
        for index in days.indices where touched.contains(days[index].number) { days[index].mayHaveRun = true }
    }

    private mutating func noteLoss(_ made: ReportEvent) {
        guard let source = made.source else { return }
        loss.note(made.event, source.incarnation, source.sequence, latest: latest)
    }

    // MARK: Cameras

    private mutating func seeCamera(_ event: Event, at wall: Int64, isInside: Bool) {
        switch event {
        case .cameraOffline(let fact):
            if camerasDown[fact.camera] == nil { camerasDown[fact.camera] = wall }
            if isInside { cameras[fact.camera, default: CameraTime()].times += 1 }
        case .cameraOnline(let fact): close(fact.camera, at: wall)
        default: break
        }
    }

    /// While the station is off nobody asks the cameras: that time is neither.
    mutating func closeCameras(at wall: Int64?) {
        for name in camerasDown.keys {
            if let wall { close(name, at: wall) } else { camerasDown[name] = nil }
        }
    }

    private mutating func close(_ camera: CameraName, at wall: Int64) {
        guard let since = camerasDown.removeValue(forKey: camera) else { return }
        let length = min(wall, period.end) - max(since, period.start)
        guard length > 0 else { return }
        cameras[camera, default: CameraTime()].offlineMilliseconds += length
    }
}
