import LockerDomain

extension Tally {
    /// Counts one event of a station's report. The trail knows whether it is a repeat, and whose parcel it is about.
    mutating func take(_ made: ReportEvent, _ trail: inout StationTrail, _ bin: StationTrail.Bin) {
        add(.events)
        if !made.moment.clock.isDated { add(.clockUncertain) }
        for change in ReportReading(made.event, &trail, bin).changes {
            // What another period counted stays there.
            if !change.isVoid, change.takesOff == nil || change.takesOff == bin { add(change) }
        }
    }

    /// Counts one change, whatever it takes off.
    package mutating func add<Bin>(_ change: ReportChange<Bin>) {
        switch change.counted {
        case .figure(let figure, let owner): add(figure, of: owner, change.count)
        case .breakdown(let breakdown, let word, let owner): add(breakdown, word, of: owner, change.count)
        case .station(let figure): add(figure, change.count)
        case .words(let breakdown, let word): add(breakdown, word, change.count)
        case .survey(let question, let score):
            survey[question].answers += 1
            survey[question].sum += score
        }
    }
}
