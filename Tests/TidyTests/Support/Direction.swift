/// Which target may import which module (DESIGN 3.2). A target that is not here fails the test.
enum Direction {
    private static let system: Set<String> = ["FoundationEssentials", "Glibc", "Dispatch", "Synchronization"]
    private static let nio: Set<String> = ["NIOCore", "NIOPosix", "NIOHTTP1"]
    private static let server: Set<String> = ["Hummingbird", "HummingbirdCore", "HTTPTypes", "Logging"]
    private static let run: Set<String> = ["ArgumentParser", "ServiceLifecycle", "UnixSignals", "Logging"]
    private static let books: Set<String> = ["LockerDomain", "StationBooks"]
    private static let core: Set<String> = books.union(["StationPorts"])
    private static let adapters: Set<String> = [
        "GPIODoors", "USBScanner", "SQLiteJournal", "HTTPUplink", "CameraProbes", "HostSupport", "SimulatedDevices",
        "StationConfiguration", "ControlServer",
    ]

    static let allowed: [String: Set<String>] = [
        "LockerDomain": ["Crypto"],
        "StationBooks": ["LockerDomain"],
        "StationRules": books,
        "StationPorts": books,
        "CZlib": [], "CGPIOD": [], "CLibUSB": [], "CHost": [], "CZint": [], "CXlsxWriter": [], "CLinux": [],
        "CVersion": [],
        "LinuxSupport": system.union(["CLinux"]),
        "locker-outputs-off": ["CGPIOD", "CVersion"],
        "SyncWire": books.union(["CZlib", "Crypto", "FoundationEssentials", "RawStructuredFieldValues"]),
        "StationCore": core.union(["StationRules", "SyncWire"]),
        "StationEngine": core.union(system).union(["StationRules", "SyncWire", "StationCore", "Logging"]),
        "GPIODoors": core.union(system).union(["CGPIOD", "CLinux", "LinuxSupport"]),
        "USBScanner": core.union(system).union(["CLibUSB", "LinuxSupport"]),
        "SQLiteJournal": core.union(system).union(["GRDB"]),
        // What the books of both ends share of SQLite; it knows neither.
        "SQLiteCopy": system.union(["LockerDomain", "GRDB"]),
        "HTTPUplink": core.union(system).union(nio)
            .union(["SyncWire", "AsyncHTTPClient", "NIOSSL", "NIOTLS", "X509", "SwiftASN1"]),
        "CameraProbes": core.union(system).union(nio),
        "HostSupport": core.union(system).union(["CHost", "Crypto", "CryptoExtras", "Logging"]),
        "StationConfiguration": core.union(system).union(["TOMLKit"]),
        "SimulatedDevices": core.union(system),
        "LockerTestKit": books.union(["Crypto", "FoundationEssentials", "Glibc"]),
        "PortFakes": core.union(["SyncWire", "LockerTestKit", "Synchronization"]),
        "Simulator":
            core
            .union(["StationRules", "SyncWire", "StationCore", "LockerTestKit", "PortFakes", "Synchronization"]),
        // It reports to the tests that run it.
        "StoreContracts": [
            "LockerDomain", "StationBooks", "SyncWire", "CountyBooks", "LockerTestKit", "Dispatch", "Synchronization",
            "Testing",
        ],
        "OfficeSheets": ["LockerDomain"],
        "CountyBooks": books.union(["SyncWire", "OfficeSheets", "Crypto", "CryptoExtras", "FoundationEssentials"]),
        "Workbooks": system.union(["CountyBooks", "CXlsxWriter", "CZlib"]),
        "CountySQLite": system.union(books).union(["SyncWire", "CountyBooks", "SQLiteCopy", "GRDB"]),
        "CountyPages": system.union(nio).union(server)
            .union([
                "LockerDomain", "SyncWire", "OfficeSheets", "CountyBooks", "Workbooks", "CardSheet", "Crypto",
                "Mustache",
            ]),
        "ControlAPI": books,
        "CardSheet": ["LockerDomain", "CZint"],
        "ControlServer": core.union(system).union(nio).union(server).union(["ControlAPI"]),
        "CountyReceiver": system.union(nio).union(server)
            .union(books).union(["SyncWire", "OfficeSheets", "SQLiteCopy", "GRDB", "Crypto", "CryptoExtras"])
            .union(["CountyBooks", "CountySQLite"]),
        "lockerctl": system.union(nio)
            .union(["LockerDomain", "ControlAPI", "CardSheet", "CVersion", "AsyncHTTPClient", "ArgumentParser"]),
        "county-server": system.union(run)
            .union(books).union(["SyncWire", "OfficeSheets", "CountyReceiver", "SQLiteCopy", "HostSupport"])
            .union(["CountyBooks", "CountySQLite", "CountyPages"])
            .union([
                "CHost", "CVersion", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "NIOSSL", "NIOPosix",
                "TOMLKit",
            ]),
        "lockerd": core.union(system).union(nio).union(run).union(adapters).union([
            "StationEngine", "StationCore", "StationRules", "SyncWire", "CVersion", "SQLiteCopy", "LinuxSupport",
        ]),
        // Those that never ship: fuzzing, benchmarks, the recorded day.
        "lockerbench": core.union(system).union(nio).union(run).union(adapters)
            .union([
                "StationEngine", "StationCore", "StationRules", "SyncWire", "LockerTestKit", "PortFakes", "Simulator",
                "Foundation", "GRDB",
            ]),
        "FuzzEntries":
            core
            .union([
                "StationRules", "SyncWire", "StationCore", "StationEngine", "USBScanner", "CameraProbes",
                "OfficeSheets",
            ])
            .union(["CountyBooks", "CountyPages"]),
        "locker-fuzz": ["FuzzEntries"],
        "recorded-day": system.union(books).union(["SyncWire", "ControlAPI", "ArgumentParser", "Subprocess", "GRDB"])
            .union(["Foundation"]),
    ]

    /// Modules that the files of a target import.
    static func imports(of target: String) -> [(file: String, module: String)] {
        let pattern =
            /^\s*(?:@\w+(?:\(\w+\))?\s+)*(?:public |package |internal |fileprivate |private )?import (?:struct |class |enum |protocol |func |var |let |typealias )?(\w+)/
        return Tree.files(under: Manifest.folder(of: target), ending: ".swift").flatMap { file in
            Code(file).lines.compactMap { $0.firstMatch(of: pattern) }.map { (file, String($0.1)) }
        }
    }
}
