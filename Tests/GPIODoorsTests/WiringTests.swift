import GPIODoors
import Glibc
import LockerDomain
import StationPorts
import Testing

private let bank = ChipTable.Chip(
    path: "/dev/gpiochip0",
    label: "gpio-sim.0-node0",
    lineCount: 32,
    devices: ["platform:gpio-sim.0"],
    names: ["A01-LOCK": [3], "TWICE": [4, 5]]
)
private let expanders = [
    ChipTable.Chip(path: "/dev/gpiochip1", label: "mcp23017", lineCount: 16, devices: ["i2c:1-0020", "platform:soc"]),
    ChipTable.Chip(path: "/dev/gpiochip2", label: "mcp23017", lineCount: 16, devices: ["i2c:1-0021", "platform:soc"]),
]
private let table = ChipTable(chips: [bank] + expanders)

private func found(_ address: LineAddress, in table: ChipTable = table) throws -> FoundLine {
    try table.find(address, for: "door A01 lock")
}

private func trouble(_ address: LineAddress, in table: ChipTable = table) throws -> GPIOError {
    try #require(throws: GPIOError.self) { try found(address, in: table) }
}

@Suite("Finding a line")
struct FindingALineTests {
    @Test("a label, a file, a device and a name all lead to the line")
    func addresses() throws {
        let line = FoundLine(path: "/dev/gpiochip0", label: "gpio-sim.0-node0", offset: 3)
        #expect(try found(LineAddress(chip: "gpio-sim.0-node0", line: 3)) == line)
        #expect(try found(LineAddress(chip: "/dev/gpiochip0", line: 3)) == line)
        #expect(try found(LineAddress(chip: "platform:gpio-sim.0", line: 3)) == line)
        #expect(try found(LineAddress(name: "A01-LOCK")) == line)
        #expect(try found(LineAddress(chip: "i2c:1-0021", line: 0)).path == "/dev/gpiochip2")
    }

    @Test("a chip that is not there is named, with those that are")
    func chipMissing() throws {
        let error = try trouble(LineAddress(chip: "gpio-sim.9", line: 3), in: ChipTable(chips: [bank]))
        #expect(error.code == .chipMissing)
        #expect(
            error.description == """
                door A01 lock: no GPIO chip with label "gpio-sim.9"; chips here: "gpio-sim.0-node0" (/dev/gpiochip0, \
                32 lines); run gpiodetect and correct chip in station.toml
                """
        )
    }

    @Test("a label that two chips carry is refused, and their devices are offered")
    func chipAmbiguous() throws {
        let error = try trouble(LineAddress(chip: "mcp23017", line: 3))
        #expect(error.code == .chipAmbiguous)
        #expect(error.description.contains("2 GPIO chips are \"mcp23017\""))
        #expect(error.description.contains("\"i2c:1-0020\", \"i2c:1-0021\""))
    }

    @Test("a device with two chips is refused too")
    func deviceAmbiguous() throws {
        #expect(try trouble(LineAddress(chip: "platform:soc", line: 3)).code == .chipAmbiguous)
    }

    @Test("every address that an error offers leads to one chip, and all of them to all", arguments: Twins.tables)
    func offers(_ row: Twins) throws {
        for wanted in row.ambiguous {
            let error = try trouble(LineAddress(chip: wanted, line: 0), in: row.table)
            #expect(error.code == .chipAmbiguous)
            let paths = try error.offers.map { try found(LineAddress(chip: $0, line: 0), in: row.table).path }
            #expect(paths.sorted() == row.table.chips.map(\.path).sorted(), "\(error)")
        }
        let missing = try trouble(LineAddress(chip: "gone", line: 0), in: row.table)
        let paths = try missing.offers.map { try found(LineAddress(chip: $0, line: 0), in: row.table).path }
        #expect(paths.sorted() == row.table.chips.map(\.path).sorted(), "\(missing)")
    }

    @Test("banks of one device are counted in the kernel's order, whatever their numbers and the table's order")
    func banks() throws {
        let table = ChipTable(chips: [10, 9, 2].map { Twins.chip($0, "x", ["i2c:1-0020"]) })
        let paths = try (1...3).map { try found(LineAddress(chip: "i2c:1-0020#\($0)", line: 0), in: table).path }
        #expect(paths == ["/dev/gpiochip2", "/dev/gpiochip9", "/dev/gpiochip10"])
        #expect(try trouble(LineAddress(chip: "i2c:1-0020#4", line: 0), in: table).code == .chipMissing)
    }

    @Test("a bank that cannot be opened keeps its place: no other one is taken for it")
    func closedBank() throws {
        let device = "i2c:1-0020"
        var table = ChipTable(chips: [Twins.chip(3, "x", [device])])
        table.closed = [ChipTable.Closed(path: "/dev/gpiochip2", errno: EACCES, devices: [device])]
        #expect(try found(LineAddress(chip: "\(device)#2", line: 0), in: table).path == "/dev/gpiochip3")
        for wanted in ["\(device)#1", device] {
            let error = try trouble(LineAddress(chip: wanted, line: 0), in: table)
            #expect(error.code == .permission && error.description.contains("/dev/gpiochip2"), "\(wanted): \(error)")
        }
        table.closed[0].devices = []
        for bank in 1...2 {
            #expect(try trouble(LineAddress(chip: "\(device)#\(bank)", line: 0), in: table).code == .permission)
        }
        table.closed = []
        #expect(try trouble(LineAddress(chip: "\(device)#1", line: 0), in: table).code == .chipMissing)
    }

    @Test("a line beyond the chip is refused", arguments: [-1, 32, Int.max])
    func lineMissing(offset: Int) throws {
        let error = try trouble(LineAddress(chip: "gpio-sim.0-node0", line: offset))
        #expect(error.code == .lineMissing)
        #expect(error.description.contains("its lines are 0 to 31"))
    }

    @Test("a name that no line or two lines have is refused")
    func names() throws {
        #expect(try trouble(LineAddress(name: "B01")).code == .lineMissing)
        let error = try trouble(LineAddress(name: "TWICE"))
        #expect(error.code == .lineAmbiguous)
        #expect(error.description.contains("line 4 of /dev/gpiochip0, line 5 of /dev/gpiochip0"))
        #expect(error.mend.hasPrefix("write one of: { chip = \"gpio-sim.0-node0\", line = 4 }, { chip = "))
        #expect(try error.offers.map { try found(LineAddress(chip: $0, line: 5)).path } == [bank.path, bank.path])
    }

    @Test("without permission that is the cause, not a missing chip")
    func permission() throws {
        let closed = ChipTable(chips: [], closed: [ChipTable.Closed(path: "/dev/gpiochip0", errno: EACCES)])
        for address in [LineAddress(chip: "x", line: 0), LineAddress(chip: "/dev/gpiochip0", line: 0)] {
            let error = try trouble(address, in: closed)
            #expect(error.code == .permission)
            #expect(error.description.contains("no permission for /dev/gpiochip0"))
        }
        #expect(try trouble(LineAddress(chip: "/dev/gpiochip7", line: 0), in: closed).code == .chipMissing)
        let permission = try trouble(LineAddress(chip: "x", line: 0), in: closed)
        #expect(permission.mend.contains("group gpio") && permission.mend.contains("udev 规则"))
    }

    @Test("on a machine without any GPIO chip that is said, and how to try it without doors")
    func noChips() throws {
        for address in [LineAddress(chip: "x", line: 0), LineAddress(name: "A01-LOCK")] {
            let error = try trouble(address, in: ChipTable())
            #expect(error.mend.contains("no /dev/gpiochip*") && error.mend.contains("simulated"), "\(error)")
            #expect(error.mend.contains("本机没有 GPIO"), "\(error)")
        }
    }

    @Test("a busy line names who has it, if anybody knows")
    func busy() {
        let named = GPIOError(errno: EBUSY, "door A01 lock", at: "line 3 of x (/dev/gpiochip0)", consumer: "gpioset")
        #expect(named.code == .busy)
        #expect(
            named.description
                == "door A01 lock: line 3 of x (/dev/gpiochip0) is taken by \"gpioset\"; "
                + "stop that program (gpioinfo lists it) or correct the line in station.toml"
        )
        #expect(GPIOError(errno: EBUSY, "t", at: "p").description.contains("another program or the kernel"))
    }
}

@Suite("The wiring of a cabinet")
struct WiringPlanTests {
    private func door(_ name: DoorName, lock: Int, sensor: Int? = nil, chip: String = bank.label) -> DoorWiring {
        DoorWiring(
            door: name,
            lock: OutputWiring(address: LineAddress(chip: chip, line: lock), activeLow: lock == 7),
            sensor: sensor.map { SensorWiring(address: LineAddress(chip: bank.label, line: $0), closed: .high) }
        )
    }

    private let signals = SignalWiring(
        green: OutputWiring(address: LineAddress(chip: "i2c:1-0020", line: 1), activeLow: true),
        buzzer: OutputWiring(address: LineAddress(name: "NONE"))
    )

    @Test("the outputs file lists locks and signals with path, label, line and sense")
    func outputsFile() throws {
        let plan = try WiringPlan(
            doors: [door("A01", lock: 6, sensor: 19), door("A02", lock: 7), door("A03", lock: 1, chip: "gone")],
            signals: signals,
            table: table
        )
        #expect(
            OutputsFile.text(plan.rows) == """
                /dev/gpiochip0\tgpio-sim.0-node0\t6\t0
                /dev/gpiochip0\tgpio-sim.0-node0\t7\t1
                /dev/gpiochip1\tmcp23017\t1\t1

                """
        )
        #expect(plan.doorFaults.map(\.door) == ["A03"])
        #expect(plan.signalFaults.map(\.thing) == ["buzzer"])
    }

    @Test("a tab in a label cannot break the outputs file")
    func tabs() {
        let line = FoundLine(path: "/dev/gpiochip0", label: "a\tb\nc", offset: 1)
        #expect(OutputsFile.text([.init(line: line, activeLow: false)]) == "/dev/gpiochip0\ta b c\t1\t0\n")
    }

    @Test("the outputs file is written whole, and a folder that is not there is an error")
    func writing() throws {
        let path = "/tmp/villagelocker-outputs-\(getpid())"
        defer { unlink(path) }
        let line = FoundLine(path: "/dev/gpiochip0", label: "x", offset: 1)
        try OutputsFile.write([.init(line: line, activeLow: false)], to: path)
        try OutputsFile.write([.init(line: line, activeLow: true)], to: path)
        var bytes = [UInt8](repeating: 0, count: 100)
        let file = try #require(fopen(path, "r"))
        let count = fread(&bytes, 1, bytes.count, file)
        fclose(file)
        #expect(String(decoding: bytes.prefix(count), as: UTF8.self) == "/dev/gpiochip0\tx\t1\t1\n")
        #expect(access(path + ".new", F_OK) != 0)
        let error = try #require(throws: GPIOError.self) { try OutputsFile.write([], to: "/nowhere/outputs") }
        #expect(error.code == .file)
        #expect(error.description.contains("No such file or directory"))
    }

    @Test("a line that is used twice is refused, whatever it is called")
    func doubledLine() throws {
        let twice = [door("A01", lock: 3), door("A02", lock: 5, sensor: 3)]
        let error = try #require(throws: GPIOError.self) {
            try WiringPlan(doors: twice, signals: SignalWiring(), table: table)
        }
        #expect(
            error.description == "door A02 sensor: line 3 of gpio-sim.0-node0 (/dev/gpiochip0) is already the line of "
                + "door A01 lock; give each its own line in station.toml"
        )
        let byName = SignalWiring(red: OutputWiring(address: LineAddress(name: "A01-LOCK")))
        #expect(throws: GPIOError.self) { try WiringPlan(doors: [twice[0]], signals: byName, table: table) }
    }

    @Test("a door that is there twice is refused")
    func doubledDoor() throws {
        let error = try #require(throws: GPIOError.self) {
            try WiringPlan(doors: [door("A01", lock: 3), door("A01", lock: 4)], signals: SignalWiring(), table: table)
        }
        #expect(error.code == .doubled)
        #expect(error.thing == "door A01")
    }

    @Test("names of lines are read only when an address needs them")
    func needsNames() {
        #expect(!WiringPlan.needsNames([door("A01", lock: 3, sensor: 4)], SignalWiring()))
        #expect(WiringPlan.needsNames([], signals))
    }
}

@Suite("Doors on a machine without their chips")
struct AbsentChipTests {
    private let wiring = [
        DoorWiring(
            door: "A01",
            lock: OutputWiring(address: LineAddress(chip: "no-such-chip", line: 3)),
            sensor: SensorWiring(address: LineAddress(chip: "no-such-chip", line: 19), closed: .high)
        )
    ]

    @Test("they start with unknown levels, say what is missing, and end every pulse with the fault")
    func start() async throws {
        let path = "/tmp/villagelocker-doors-\(getpid())"
        defer { unlink(path) }
        let doors = GPIODoors(wiring: wiring, outputsFile: path)
        #expect(!doors.pulse(PulseOrder(door: "A01", cycle: 1, milliseconds: 200)))
        let (reports, report) = AsyncStream.makeStream(of: DoorReport.self)
        let levels = try doors.start { report.yield($0) }
        #expect(levels == ["A01": .unknown])
        #expect(doors.faults.count == 2)
        #expect(doors.faults[0].hasPrefix("door A01 lock: no GPIO chip with label \"no-such-chip\"; "))
        #expect(doors.faults[1].hasPrefix("door A01 sensor: no GPIO chip with label \"no-such-chip\"; "))
        #expect(access(path, F_OK) == 0)
        #expect(doors.pulse(PulseOrder(door: "A01", cycle: 7, milliseconds: 200)))
        let ended = await reports.first { _ in true }
        guard case .pulseEnded("A01", cycle: 7, let fault?) = ended else {
            Issue.record("no fault but \(String(describing: ended))")
            return
        }
        #expect(fault.contains("no-such-chip"))
        doors.stop()
        #expect(!doors.pulse(PulseOrder(door: "A01", cycle: 8, milliseconds: 200)))
    }

    @Test("a check finds the same without taking a line")
    func check() throws {
        #expect(
            try GPIODoors.check(wiring: wiring, signals: SignalWiring()).map(\.code) == [.chipMissing, .chipMissing]
        )
    }

    @Test("doors cannot be started twice, and stopping signals or doors that never started is harmless")
    func twice() throws {
        let doors = GPIODoors(wiring: [], outputsFile: nil)
        _ = try doors.start { _ in }
        #expect(throws: GPIOError.self) { try doors.start { _ in } }
        doors.stop()
        GPIODoors(wiring: [], outputsFile: nil).stop()
        let signals = GPIOSignals(wiring: SignalWiring(green: wiring[0].lock))
        signals.show(.green, .short)
        signals.start()
        #expect(signals.faults.count == 1)
        signals.show(.green, .short)
        signals.stop()
    }
}
