import LinuxSupport
import LockerDomain

/// The requested lines of all doors; used by one thread at a time. They are released with it.
struct DoorLines {
    /// The coil of one door.
    struct Lock {
        var thing: String
        var line: GPIOLine?
        /// Why it cannot be driven.
        var fault: String?
        /// Some chips cannot read an output back: only one that read off while it was off can prove anything by it.
        var readsOff = false
        /// The same for on: set once it was read so.
        var readsOn = false
        /// It was not proven off after a pulse; switching it off is tried again.
        var isSuspect = false
    }

    /// The contact of one door.
    struct Sensor {
        var door: DoorName
        var line: GPIOLine
        var closed: SensorWiring.Level
        var settling: SensorSettling
        /// What to poll; `nil` without edge events, or when the descriptor broke.
        var descriptor: Int32?

        /// What the line says at this moment.
        var present: DoorLevel { Self.present(line, closed) }

        static func present(_ line: GPIOLine, _ closed: SensorWiring.Level) -> DoorLevel {
            guard let isHigh = line.isActive else { return .unknown }
            return isHigh == (closed == .high) ? .closed : .open
        }
    }

    private(set) var faults: [String] = []
    var locks: [DoorName: Lock] = [:]
    var sensors: [Sensor] = []

    /// Requests what is there: locks first, all off. What fails is a fault and holds up nothing else.
    init(plan: WiringPlan, chips: ChipSet) {
        for (door, isLock, error) in plan.doorFaults {
            faults.append(error.description)
            if isLock { locks[door] = Lock(thing: error.thing, fault: "\(error.cause); \(error.mend)") }
        }
        for (door, output) in plan.locks { locks[door] = request(output, chips) }
        for sensor in plan.sensors { request(sensor, chips) }
    }

    /// Reads every sensor twice, `Limits.sensorSettleMilliseconds` apart: what differs is unknown for now.
    mutating func settle() -> [DoorName: DoorLevel] {
        let first = sensors.map { sensor in
            _ = sensor.line.drain()
            return sensor.present
        }
        if !sensors.isEmpty { Monotonic.sleep(milliseconds: Limits.sensorSettleMilliseconds) }
        var levels: [DoorName: DoorLevel] = [:]
        for index in sensors.indices {
            let sensor = sensors[index]
            let moved = sensor.line.drain()
            let second = sensor.present
            let level = moved || second != first[index] ? DoorLevel.unknown : second
            let now = Monotonic.milliseconds
            sensors[index].settling = SensorSettling(level: level, hasEdges: sensor.descriptor != nil, at: now)
            levels[sensor.door] = level
        }
        return levels
    }

    private mutating func request(_ output: WiringPlan.Output, _ chips: ChipSet) -> Lock {
        var lock = Lock(thing: output.thing)
        do {
            let line = try chips.output(output.line, activeLow: output.activeLow, for: output.thing)
            lock.line = line
            lock.readsOff = line.isActive == false
            if line.isActive == true {
                faults.append(
                    "\(output.thing): \(output.line) reads energised although it is off; "
                        + "check active_low and the wiring (some chips cannot read outputs)"
                )
            }
        } catch {
            faults.append(error.description)
            lock.fault = "\(error.cause); \(error.mend)"
        }
        return lock
    }

    private mutating func request(_ sensor: WiringPlan.Sensor, _ chips: ChipSet) {
        do {
            let line = try chips.input(sensor.line, bias: sensor.wiring.bias, for: sensor.thing)
            let settling = SensorSettling(
                level: .unknown,
                hasEdges: line.descriptor != nil,
                at: Monotonic.milliseconds
            )
            sensors.append(
                Sensor(
                    door: sensor.door,
                    line: line,
                    closed: sensor.wiring.closed,
                    settling: settling,
                    descriptor: line.descriptor
                )
            )
        } catch {
            faults.append(error.description)
        }
    }
}
