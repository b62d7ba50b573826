import LockerDomain
import StationCore
import StationRules

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
    /// What the station was told last, and what is about to count.
    var settling = SensorSettling(level: .closed, hasEdges: true, at: 0)
    /// Readings that will find an edge since the one before: a contact may bounce.
    var edges = 0
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

extension RealDoor {
    /// The program starts and takes the level that it finds.
    mutating func beWatched(at now: Int64) {
        settling = SensorSettling(level: reading, hasEdges: true, at: now)
        edges = 0
    }
}

extension World {
    /// The line of a sensor moves. While its level settles edges wake nobody: the next reading finds them.
    private func senses(_ door: DoorName) {
        guard machine.isRunning, var real = cabinet.doors[door], real.settings.hasSensor else { return }
        real.edges = chance.happens(Self.bouncesPerMille) ? 2 : 1
        let wakes = !real.settling.isSettling
        if wakes { real.settling.edge(at: clock.now) }
        cabinet.doors[door] = real
        if wakes { read(door) }
    }

    private static var bouncesPerMille: Int { 150 }

    /// Reads a sensor as the thread "doors" does, again while its level settles. What never moves is not read: half a
    /// second's look at a line that stands still changes nothing.
    private func read(_ door: DoorName) {
        guard outputs.energised.isEmpty else {
            if !outputs.unread.contains(door) { outputs.unread.append(door) }
            return
        }
        guard var real = cabinet.doors[door] else { return }
        let settled = real.settling.read(real.reading, edges: real.edges > 0, at: clock.now)
        real.edges = max(0, real.edges - 1)
        cabinet.doors[door] = real
        if let settled { post(Post(.level(door, settled))) }
        guard real.settling.isSettling else { return }
        after(real.settling.nextReadAt - clock.now, run: machine.run) { $0.read(door) }
    }

    /// Between two pulses: those whose time came while a coil was on.
    func readSensors() {
        guard outputs.energised.isEmpty, !outputs.unread.isEmpty else { return }
        let doors = outputs.unread
        outputs.unread = []
        for door in doors { read(door) }
    }

    func move(_ door: DoorName, open: Bool) {
        guard cabinet.doors[door]?.isOpen != open else { return }
        moves += 1
        cabinet.doors[door]?.isOpen = open
        cabinet.doors[door]?.since = clock.now
        log.note(clock.now, .word("\(door) is \(open ? "open" : "shut")"))
        senses(door)
        if open { _ = crashes(at: .whileDoorOpens) }
    }

    func change(_ sensor: RealDoor.Sensor, of door: DoorName) {
        moves += 1
        cabinet.doors[door]?.sensor = sensor
        log.note(clock.now, .word("sensor of \(door): \(sensor)"))
        // A wire that is torn takes the eyes off the door: what the books make of it is no proof.
        if case .lies(let level) = sensor, level != .unknown { excuse(.door(door), .sensorLied) }
        senses(door)
    }
}
