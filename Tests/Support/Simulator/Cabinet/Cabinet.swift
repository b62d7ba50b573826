import LockerDomain
import StationCore

/// A door as it really is, whatever the books say.
struct RealDoor {
    /// How its sensor fares.
    enum Sensor: Equatable {
        case good
        /// Reads this, whatever the door does: a cut or shorted wire.
        case lies(DoorLevel)
    }

    var settings: DoorSettings
    var isOpen = false
    /// Pulses that will move nothing.
    var stuckPulses = 0
    var sensor = Sensor.good
    /// What the station was told last.
    var told = DoorLevel.closed
    /// True time since when it stands as it stands.
    var since: Int64 = 0

    /// What the sensor reads now.
    var reading: DoorLevel {
        guard settings.hasSensor else { return .unknown }
        guard case .lies(let level) = sensor else { return isOpen ? .open : .closed }
        return level
    }
}

/// Steel, springs and switches.
struct Cabinet {
    var doors: [DoorName: RealDoor]
    /// Fixed order, so that runs repeat.
    let names: [DoorName]
    let shelf: [ShelfPlace]

    init(_ settings: [DoorSettings], shelf: [ShelfPlace]) {
        doors = Dictionary(settings.map { ($0.name, RealDoor(settings: $0)) }) { $1 }
        names = settings.map(\.name).sorted()
        self.shelf = shelf
    }

    func isOpen(_ door: DoorName) -> Bool { doors[door]?.isOpen == true }

    /// The place that a person reads in an answer.
    func place(in text: String) -> Place? {
        for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "-") }) {
            let door = DoorName(rawValue: String(word))
            if doors[door] != nil { return .door(door) }
            let place = ShelfPlace(rawValue: String(word))
            if shelf.contains(place) { return .shelf(place) }
        }
        return nil
    }
}

extension World {
    /// The sensor takes its time to settle; then the station is told what it reads by then.
    private func senses(_ door: DoorName) {
        after(Limits.sensorSettleMilliseconds, run: machine.run) { world in
            guard let real = world.cabinet.doors[door], real.settings.hasSensor else { return }
            world.tell(door, real.reading)
        }
    }

    /// The port tells only changes.
    func tell(_ door: DoorName, _ level: DoorLevel) {
        guard machine.isRunning, cabinet.doors[door]?.told != level else { return }
        cabinet.doors[door]?.told = level
        post(Post(.level(door, level)))
    }

    func move(_ door: DoorName, open: Bool) {
        guard cabinet.doors[door]?.isOpen != open else { return }
        cabinet.doors[door]?.isOpen = open
        cabinet.doors[door]?.since = clock.now
        log.note(clock.now, .word("\(door) is \(open ? "open" : "shut")"))
        senses(door)
        if open { _ = crashes(at: .whileDoorOpens) }
    }

    func change(_ sensor: RealDoor.Sensor, of door: DoorName) {
        cabinet.doors[door]?.sensor = sensor
        log.note(clock.now, .word("sensor of \(door): \(sensor)"))
        // A wire that is torn takes the eyes off the door: what the books make of it is no proof.
        if case .lies(let level) = sensor, level != .unknown { excuse(.door(door), .sensorLied) }
        senses(door)
    }
}
