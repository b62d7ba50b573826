import LockerDomain
import Logging
import StationBooks

/// A line of the log about a door that needs somebody, beside its event: who looks after the machine reads the log.
struct DoorLogLine {
    var level: Logger.Level
    var door: DoorName
    var text: String

    /// `nil` for events that need nobody.
    init?(_ event: Event) {
        switch event {
        case .doorOpenFailed(let fact):
            (level, door) = (.warning, fact.door)
            text = "door \(fact.door) did not open in \(fact.attempts) attempts: \(fact.reason)"
        case .doorOpenedUnexpectedly(let fact):
            (level, door, text) = (.warning, fact.door, "door \(fact.door) opened without being asked")
        case .doorSensorFault(let fact):
            (level, door, text) = (.warning, fact.door, "door \(fact.door): its sensor does not answer: \(fact.reason)")
        case .doorOutOfService(let fact):
            (level, door, text) = (.warning, fact.door, "door \(fact.door) is out of service: \(fact.reason)")
        case .doorBackInService(let fact):
            (level, door, text) = (.notice, fact.door, "door \(fact.door) is back in service: \(fact.reason)")
        default: return nil
        }
    }
}
