import Testing

@Suite("Who may import whom")
struct ImportTests {
    @Test("each target of Package.swift imports only what the table allows", arguments: Manifest.sources)
    func direction(target: String) throws {
        let allowed = try #require(Direction.allowed[target], "put \(target) into the table")
        for (file, module) in Direction.imports(of: target) {
            #expect(allowed.contains(module), "\(file) imports \(module)")
        }
    }

    @Test("the table names no target that is gone")
    func noneGone() {
        #expect(Set(Direction.allowed.keys).subtracting(Manifest.sources) == [])
    }

    @Test(
        "domain, books and rules import no Foundation at all",
        arguments: ["LockerDomain", "StationBooks", "StationRules"]
    )
    func noFoundation(target: String) {
        for (file, module) in Direction.imports(of: target) {
            #expect(!module.hasPrefix("Foundation"), "\(file)")
        }
    }

    @Test("adapters know neither each other nor the engine, the engine knows no adapter")
    func adapters() {
        let adapters = [
            "GPIODoors", "USBScanner", "SQLiteJournal", "HTTPUplink", "CameraProbes", "HostSupport", "SimulatedDevices",
            "StationConfiguration", "ControlServer",
        ]
        for target in adapters + ["StationEngine"] {
            let others = Set(adapters + ["StationEngine"]).subtracting([target])
            for (file, module) in Direction.imports(of: target) {
                #expect(!others.contains(module), "\(file) imports \(module)")
            }
        }
    }

    @Test("what adapters share of Linux knows nothing of the station")
    func system() {
        let ours = Manifest.sources.filter { $0 != "CLinux" }
        for (file, module) in Direction.imports(of: "LinuxSupport") {
            #expect(!ours.contains(module), "\(file) imports \(module)")
        }
    }

    @Test("a change of a flow rebuilds neither the county nor lockerctl: the core alone decides")
    func whoDecides() {
        let deciding: Set<String> = [
            "StationCore", "StationEngine", "Simulator", "FuzzEntries", "lockerbench", "lockerd",
        ]
        for target in Manifest.sources where !deciding.contains(target) {
            for (file, module) in Direction.imports(of: target) {
                #expect(module != "StationRules", "\(file) imports \(module)")
            }
        }
    }

    @Test("lockerctl links no GPIO, USB, SQLite or wire")
    func controlTool() {
        let banned: Set<String> = [
            "GPIODoors", "CGPIOD", "USBScanner", "CLibUSB", "SQLiteJournal", "GRDB", "SyncWire", "StationRules",
        ]
        for target in ["lockerctl", "ControlAPI", "LockerDomain", "StationBooks"] {
            for (file, module) in Direction.imports(of: target) {
                #expect(!banned.contains(module), "\(file) imports \(module)")
            }
        }
    }
}
