import FoundationEssentials
import LockerDomain
import StationBooks
import StationPorts

/// Gathers the tables of all files; a later scalar wins, a later list replaces the list before it.
struct ConfigurationBuilder {
    typealias Line = StationConfiguration.Line

    private let boards: [String]
    private var id: String?
    private var kind = StationConfiguration.Kind.locker
    private var village = ""
    private var operatorName = Parties.noOperator
    private var agent = "unknown"
    private var cooperation = CooperationMode.direct
    private var county: String?
    private var countyAuthorities: String?
    private var driver: StationConfiguration.Driver?
    private var profile: (name: String, file: ConfigurationFile)?
    private var doors: [(door: StationConfiguration.Door, reader: TableReader)] = []
    private var shelfPlaces: [ShelfPlace] = []
    private var scanners: [StationConfiguration.Scanner] = []
    private var affixWarnings: [String] = []
    private var signals = StationConfiguration.Signals()
    private var signalReaders: [String: TableReader] = [:]
    private var cameras: [CameraSettings] = []
    private var coverage: [CameraName: Set<StationSettings.Coverage>] = [:]
    private var policy = PolicyTable()
    private var promise = PromiseTable()
    private var bounds = JournalBounds()
    private var backup = BackupSettings()
    private var simulation = StationConfiguration.Simulation(start: nil, speed: 1, script: nil, shutSeconds: 8)

    init(boards: [String]) { self.boards = boards }

    mutating func take(_ file: ConfigurationFile) throws(ConfigurationFault) {
        var top = TableReader(file: file, path: [], values: file.tree)
        if var table = try top.table("station") { try readStation(&table) }
        if var table = try top.table("county") {
            if let text = try table.string("url") {
                county = "\(try table.url(text, NetworkURL.init(county:)))"
            }
            if let path = try table.string("ca") {
                guard path.hasPrefix("/"), path.isOneLine else {
                    throw table.fault(
                        "ca",
                        "ca is no absolute path (不是绝对路径)",
                        "write ca = \"/etc/lockerd/county-ca.pem\" (请写绝对路径)"
                    )
                }
                countyAuthorities = path
            }
            try table.finish()
        }
        if var table = try top.table("board") {
            driver = try table.choice("driver", of: StationConfiguration.Driver.self) ?? driver
            if let name = try table.string("profile") { profile = (name, file) }
            try table.finish()
        }
        try readThings(&top)
        if var table = try top.table("policy") {
            if table.values["tariff"] != nil, top.values["tariff"] != nil {
                throw table.fault("tariff", "[[policy.tariff]] and [[tariff]] in one file", "keep one of them")
            }
            try policy.take(&table)
        }
        try policy.takeTariff(&top)
        if var table = try top.table("promise") { try promise.take(&table) }
        if var table = try top.table("journal") { try bounds.take(&table) }
        if var table = try top.table("backup") { try backup.take(&table) }
        if var table = try top.table("simulation") { try readSimulation(&table) }
        try top.finish()
    }

    private mutating func readStation(_ table: inout TableReader) throws(ConfigurationFault) {
        id = try table.string("id") ?? id
        if let id, !StationID.isValid(id) {
            throw table.fault(
                "id",
                "id holds other than lower-case letters, digits and hyphens, or too many",
                "write \(StationID.form)"
            )
        }
        kind = try table.choice("kind", of: StationConfiguration.Kind.self) ?? kind
        if let code = try table.string("village") {
            guard code.utf8.count == 12, code.isDigits else {
                throw table.fault(
                    "village",
                    "village is not a 区划代码 of twelve digits (村的区划代码应为十二位数字)",
                    "write this village's code from the county's list (请按县里的名单填写本村代码)"
                )
            }
            village = code
        }
        operatorName = try table.text("operator", 1...Limits.firmCharactersMax) ?? operatorName
        agent = try table.text("agent", 1...Limits.firmCharactersMax) ?? agent
        if let text = try table.string("cooperation") {
            guard let mode = CooperationMode(written: text) else {
                let known = CooperationMode.known
                throw table.fault("cooperation", "cooperation = \"\(text)\" is not known", "write one of \(known)")
            }
            cooperation = mode
        }
        let zone = try table.string("timezone") ?? "Asia/Shanghai"
        guard zone == "Asia/Shanghai" else {
            throw table.fault("timezone", "days are Asia/Shanghai days", "write timezone = \"Asia/Shanghai\"")
        }
        try table.finish()
    }

    private mutating func readThings(_ top: inout TableReader) throws(ConfigurationFault) {
        let doorTables = try top.tables("door")
        if !doorTables.isEmpty { doors = [] }
        for var table in doorTables { try readDoor(&table) }
        let shelves = try top.tables("shelf")
        if !shelves.isEmpty { shelfPlaces = [] }
        var shelfNames: Set<String> = []
        for var table in shelves {
            let name = try table.name("name", bytesMax: Limits.shelfNameBytesMax)
            guard shelfNames.insert(name).inserted else {
                throw table.fault("name", "shelf \(name) stands twice", "give each shelf its own name")
            }
            let places = try table.required(try table.integer("places", in: 1...Limits.shelfPlacesMax), "places")
            shelfPlaces += (1...places).map { ShelfPlace(shelf: name, number: $0) }
            try table.finish()
        }
        let scannerTables = try top.tables("scanner")
        if !scannerTables.isEmpty { (scanners, affixWarnings) = ([], []) }
        for var table in scannerTables { try readScanner(&table) }
        if var table = try top.table("signals") {
            signals.green = try line(try table.table("green")) ?? signals.green
            signals.red = try line(try table.table("red")) ?? signals.red
            signals.buzzer = try line(try table.table("buzzer")) ?? signals.buzzer
            for key in ["green", "red", "buzzer"] where table.values[key] != nil { signalReaders[key] = table }
            try table.finish()
        }
        let cameraTables = try top.tables("camera")
        if !cameraTables.isEmpty { (cameras, coverage) = ([], [:]) }
        for var table in cameraTables { try readCamera(&table) }
    }

    private mutating func readCamera(_ table: inout TableReader) throws(ConfigurationFault) {
        let name = CameraName(rawValue: try table.name("name"))
        guard !cameras.contains(where: { $0.name == name }) else {
            throw table.fault("name", "camera \(name) stands twice", "give each camera its own name")
        }
        let text = try table.required(try table.string("url"), "url")
        let url = try table.url(text, NetworkURL.init(camera:))
        if let covered = try table.choices("covers", of: StationSettings.Coverage.self) {
            coverage[name] = Set(covered)
        }
        cameras.append(CameraSettings(name: name, url: url))
        try table.finish()
    }

    private mutating func readDoor(_ table: inout TableReader) throws(ConfigurationFault) {
        let name = try table.name("name")
        // Cards are read in capital letters.
        guard !doors.contains(where: { $0.door.settings.name.rawValue.uppercased() == name.uppercased() }) else {
            throw table.fault("name", "door \(name) stands twice", "give each door its own name")
        }
        let lock = try line(try table.table("lock"))
        var sensor: StationConfiguration.Sensor?
        if var wires = try table.table("sensor") {
            let level = try wires.string("closed") ?? "high"
            guard level == "high" || level == "low" else {
                throw wires.fault("closed", "closed = \"\(level)\" is not known", "write \"high\" or \"low\"")
            }
            let bias = try wires.choice("bias", of: StationConfiguration.Sensor.Bias.self) ?? .pullUp
            if let line = try line(wires, alsoKnown: ["closed", "bias"]) {
                sensor = StationConfiguration.Sensor(line: line, closedIsHigh: level == "high", bias: bias)
            }
        }
        let settings = DoorSettings(
            name: DoorName(rawValue: name),
            size: try table.required(try table.choice("size", of: Size.self), "size"),
            reach: try table.choice("reach", of: Reach.self) ?? .mid,
            chilled: try table.bool("chilled") ?? false,
            hasSensor: sensor != nil
        )
        doors.append((StationConfiguration.Door(settings: settings, lock: lock, sensor: sensor), table))
        try table.finish()
    }

    private mutating func readScanner(_ table: inout TableReader) throws(ConfigurationFault) {
        let roleText = try table.string("role") ?? "scanner"
        guard let role = ScannerRole(rawValue: roleText) else {
            throw table.fault("role", "role = \"\(roleText)\" is not known", "write \"scanner\" or \"keypad\"")
        }
        var match = try table.required(try table.table("match"), "match")
        let scanner = StationConfiguration.Scanner(
            usb: try match.string("usb"),
            port: try match.string("port"),
            serial: try match.string("serial"),
            role: role,
            prefix: try table.affix("prefix", of: role),
            suffix: try table.affix("suffix", of: role)
        )
        guard [scanner.usb, scanner.port, scanner.serial].compactMap({ $0 }).count == 1 else {
            throw match.fault(nil, "match names not exactly one of usb, port, serial", "keep one")
        }
        for (key, affix) in [("prefix", scanner.prefix), ("suffix", scanner.suffix)] {
            if let affix, let warning = table.warning(ofAffix: affix, key) { affixWarnings.append(warning) }
        }
        scanners.append(scanner)
        try match.finish()
        try table.finish()
    }

    private func line(_ reader: TableReader?, alsoKnown: [String] = []) throws(ConfigurationFault) -> Line? {
        guard var reader else { return nil }
        let line = Line(
            chip: try reader.string("chip"),
            line: try reader.integer("line", in: 0...1_023),
            name: try reader.string("name"),
            activeLow: try reader.bool("active_low") ?? false
        )
        guard line.name != nil ? line.chip == nil && line.line == nil : line.chip != nil && line.line != nil else {
            throw reader.fault(nil, "a line is chip and line, or a name, not both", "write { chip = \"…\", line = 3 }")
        }
        // The caller has read these from its own copy of the table.
        for key in alsoKnown { _ = try reader.string(key) }
        try reader.finish()
        return line
    }

    private mutating func readSimulation(_ table: inout TableReader) throws(ConfigurationFault) {
        if let start = try table.string("start") {
            guard let milliseconds = SimulationStart.milliseconds(start) else {
                throw table.fault("start", "start is no time", "write start = \"2026-05-12 07:55\"")
            }
            simulation.start = milliseconds
        }
        simulation.speed = try table.integer("speed", in: 1...10_000) ?? simulation.speed
        simulation.clock = try table.choice("clock", of: ClockTrust.self) ?? simulation.clock
        simulation.script = try table.string("script") ?? simulation.script
        simulation.shutSeconds = try table.integer("shut_seconds", in: 1...3_600) ?? simulation.shutSeconds
        try table.finish()
    }

    // MARK: As a whole

    mutating func finished(in file: ConfigurationFile) throws(ConfigurationFault) -> StationConfiguration {
        if let profile { try takeProfile(profile.name, from: profile.file) }
        guard let id else { throw ConfigurationFault(file.path, nil, "[station] has no id", "add id = \"…\"") }
        guard let county else {
            throw ConfigurationFault(file.path, nil, "[county] has no url", "add url = \"https://…\"")
        }
        guard let driver else {
            throw ConfigurationFault(file.path, nil, "[board] has no driver", "add driver = \"gpiod\"")
        }
        guard doors.count <= Limits.doorsMax else {
            throw ConfigurationFault(file.path, nil, "more than \(Limits.doorsMax) doors", "split the cabinet")
        }
        if driver == .gpiod { try checkWires() }
        try policy.check()
        // A simulated door is seen by the simulation; the driver may stand in a later file than the doors.
        if driver == .simulated { for index in doors.indices { doors[index].door.settings.hasSensor = true } }
        var warnings = affixWarnings
        if kind != .terminal, !scanners.contains(where: { $0.role == .keypad }) {
            warnings.append(
                "\(file.path): a locker without a keypad: codes cannot be typed; add [[scanner]] with "
                    + "match = { usb = \"…\" } as lsusb lists it, and role = \"keypad\""
            )
        }
        if let warning = policy.warning(village: village) { warnings.append(warning) }
        if kind != .terminal, doors.isEmpty {
            throw ConfigurationFault(file.path, nil, "a locker without doors", "add [[door]] blocks or a board profile")
        }
        let settings = StationSettings(
            id: id,
            doors: doors.map(\.door.settings),
            shelfPlaces: shelfPlaces,
            cameras: cameras.map(\.name),
            operatorName: operatorName,
            agent: agent,
            cooperationMode: cooperation,
            defaultSize: policy.defaultSize,
            village: village,
            coverage: coverage,
            policy: policy.policy,
            promise: promise.promise,
            bounds: bounds
        )
        return StationConfiguration(
            settings: settings,
            kind: kind,
            county: Self.withoutSlash(county),
            countyAuthorities: countyAuthorities,
            driver: driver,
            doors: doors.map(\.door),
            scanners: scanners,
            signals: signals,
            cameras: cameras,
            simulation: simulation,
            backup: backup,
            warnings: warnings
        )
    }

    private static func withoutSlash(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }

    private mutating func takeProfile(_ name: String, from file: ConfigurationFile) throws(ConfigurationFault) {
        let line = file.line(of: [.key("board"), .key("profile")])
        guard doors.isEmpty else {
            throw ConfigurationFault(
                file.path,
                line,
                "a board profile and [[door]] blocks (电路板配置与 [[door]] 不能并存)",
                "remove profile = … (in an enrolment file board = …), or the [[door]] blocks of all files (请二选一)"
            )
        }
        guard !name.contains("/"),
            let path = boards.map({ "\($0)/\(name).toml" }).first(where: FileManager.default.fileExists(atPath:))
        else {
            throw ConfigurationFault(
                file.path,
                line,
                "no board profile \(name) in \(boards.joined(separator: ", ")) (没有这个电路板配置)",
                profileNames.isEmpty
                    ? "put its file there (请放入配置文件)"
                    : "write one of (请从中选一个) \(profileNames.joined(separator: ", "))"
            )
        }
        let profile = try ConfigurationFile(path: path)
        var top = TableReader(file: profile, path: [], values: profile.tree)
        try readThings(&top)
        try top.finish()
    }

    /// The profiles that are there, in quotes.
    private var profileNames: [String] {
        let files = boards.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        return Set(files.filter { $0.hasSuffix(".toml") }).sorted().map { "\"\($0.dropLast(".toml".count))\"" }
    }

    private func checkWires() throws(ConfigurationFault) {
        var used: [Line: String] = [:]
        func use(_ line: Line, for what: String, _ reader: TableReader, _ key: String) throws(ConfigurationFault) {
            var wire = line
            wire.activeLow = false
            if let other = used[wire] {
                throw reader.fault(key, "line \(line.text) of \(what) is also used by \(other)", "correct one of them")
            }
            used[wire] = what
        }
        for (door, reader) in doors {
            guard let lock = door.lock else {
                throw reader.fault(
                    nil,
                    "door \(door.settings.name) has no lock",
                    "add lock = { chip = \"…\", line = … }"
                )
            }
            try use(lock, for: "door \(door.settings.name) lock", reader, "lock")
            if let sensor = door.sensor {
                try use(sensor.line, for: "door \(door.settings.name) sensor", reader, "sensor")
            }
        }
        for (line, key) in [(signals.green, "green"), (signals.red, "red"), (signals.buzzer, "buzzer")] {
            if let line, let reader = signalReaders[key] { try use(line, for: "signals \(key)", reader, key) }
        }
    }
}

/// `2026-05-12 07:55` in Asia/Shanghai.
enum SimulationStart {
    static func milliseconds(_ text: String) -> Int64? {
        let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
            .dateTimeSeparator(.space).time(includingFractionalSeconds: false)
        guard text.utf8.count == 16, let date = try? style.parse(text + ":00") else { return nil }
        return Int64(date.timeIntervalSince1970) * 1_000 - 8 * 3_600_000
    }
}
