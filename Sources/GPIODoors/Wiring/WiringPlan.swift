package import LockerDomain

/// The wiring, with every address found on the chips that are there. Nothing is requested yet.
package struct WiringPlan: Sendable {
    package struct Output: Sendable {
        package var thing: String
        package var line: FoundLine
        package var activeLow: Bool
    }

    package struct Sensor: Sendable {
        package var door: DoorName
        package var thing: String
        package var line: FoundLine
        package var wiring: SensorWiring
    }

    package private(set) var locks: [(door: DoorName, output: Output)] = []
    package private(set) var sensors: [Sensor] = []
    package private(set) var signals: [Output] = []
    /// Locks and sensors that are not there.
    package private(set) var doorFaults: [(door: DoorName, isLock: Bool, error: GPIOError)] = []
    /// Lights and buzzer that are not there.
    package private(set) var signalFaults: [GPIOError] = []

    /// Throws when a door or a line is used twice: no guess is safe then. What is not there is only a fault.
    package init(doors: [DoorWiring], signals wiring: SignalWiring, table: ChipTable) throws(GPIOError) {
        for door in doors { add(door, table) }
        for (thing, output) in wiring.outputs {
            do {
                let line = try table.find(output.address, for: thing)
                signals.append(Output(thing: thing, line: line, activeLow: output.activeLow))
            } catch {
                signalFaults.append(error)
            }
        }
        try refuseDoubledDoors(doors)
        try refuseDoubledLines()
    }

    /// Every output that is there, locks first.
    package var rows: [OutputsFile.Row] {
        (locks.map(\.output) + signals).map { OutputsFile.Row(line: $0.line, activeLow: $0.activeLow) }
    }

    /// Whether any address is a name, so that the names of all lines are needed.
    package static func needsNames(_ doors: [DoorWiring], _ signals: SignalWiring) -> Bool {
        let addresses =
            doors.flatMap { [$0.lock.address, $0.sensor?.address] } + signals.outputs.map(\.output.address)
        return addresses.contains { address in
            if case .name = address?.place { true } else { false }
        }
    }

    private mutating func add(_ wiring: DoorWiring, _ table: ChipTable) {
        let lock = "door \(wiring.door) lock"
        do {
            let line = try table.find(wiring.lock.address, for: lock)
            locks.append((wiring.door, Output(thing: lock, line: line, activeLow: wiring.lock.activeLow)))
        } catch {
            doorFaults.append((wiring.door, true, error))
        }
        guard let sensor = wiring.sensor else { return }
        let thing = "door \(wiring.door) sensor"
        do {
            let line = try table.find(sensor.address, for: thing)
            sensors.append(Sensor(door: wiring.door, thing: thing, line: line, wiring: sensor))
        } catch {
            doorFaults.append((wiring.door, false, error))
        }
    }

    private func refuseDoubledDoors(_ doors: [DoorWiring]) throws(GPIOError) {
        var seen: Set<DoorName> = []
        for door in doors where !seen.insert(door.door).inserted {
            throw GPIOError(
                .doubled,
                "door \(door.door)",
                "it is there twice",
                mend: "rename or remove one of them in station.toml"
            )
        }
    }

    private func refuseDoubledLines() throws(GPIOError) {
        let used =
            locks.map { ($0.output.thing, $0.output.line) } + sensors.map { ($0.thing, $0.line) }
            + signals.map { ($0.thing, $0.line) }
        var first: [FoundLine: String] = [:]
        for (thing, line) in used {
            if let other = first.updateValue(thing, forKey: line) {
                throw GPIOError(
                    .doubled,
                    thing,
                    "\(line) is already the line of \(other)",
                    mend: "give each its own line in station.toml"
                )
            }
        }
    }
}
