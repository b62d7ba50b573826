// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

// Some tests look into the simulated world; it ships in nothing.
let seen: [SwiftSetting] = strict + [.unsafeFlags(["-enable-testing"])]

// Optimising the tests themselves takes ten minutes of a release build and makes no test quicker.
let tests: [SwiftSetting] = strict + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let structuredFields: Target.Dependency = .product(
    name: "RawStructuredFieldValues",
    package: "swift-http-structured-headers"
)
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let certificates: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let toml: Target.Dependency = .product(name: "TOMLKit", package: "TOMLKit")

// Another version number than the one in cversion.h, for packages that tests install and upgrade.
let otherVersion = Context.environment["LOCKER_VERSION"] ?? ""
let version: [CSetting] =
    otherVersion.isEmpty ? [] : [.define("VILLAGELOCKER_VERSION", to: "\"\(otherVersion)\"")]

let package = Package(
    name: "VillageLocker",
    products: [
        .executable(name: "lockerd", targets: ["lockerd"]),
        .executable(name: "locker-outputs-off", targets: ["locker-outputs-off"]),
        .executable(name: "lockerctl", targets: ["lockerctl"]),
        .executable(name: "county-server", targets: ["county-server"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "LockerDomain", dependencies: [crypto], swiftSettings: strict),
        .target(name: "StationBooks", dependencies: ["LockerDomain", crypto], swiftSettings: strict),
        .target(
            name: "StationRules",
            dependencies: ["LockerDomain", "StationBooks"],
            swiftSettings: strict
        ),
        .target(name: "StationPorts", dependencies: ["LockerDomain", "StationBooks"], swiftSettings: strict),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(
            name: "SyncWire",
            dependencies: ["LockerDomain", "StationBooks", "CZlib", crypto, structuredFields],
            exclude: ["Schemas"],
            swiftSettings: strict
        ),
        .target(name: "OfficeSheets", dependencies: ["LockerDomain"], swiftSettings: strict),
        .testTarget(
            name: "OfficeSheetsTests",
            dependencies: ["OfficeSheets", "LockerDomain"],
            exclude: ["Fixtures"],
            swiftSettings: tests
        ),
        .target(
            name: "CountyBooks",
            dependencies: ["LockerDomain", "StationBooks", "SyncWire", "OfficeSheets", crypto, cryptoExtras],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CountyBooksTests",
            dependencies: [
                "CountyBooks", "OfficeSheets", "LockerDomain", "StationBooks", "SyncWire", "StationCore",
                "StationPorts",
                "LockerTestKit",
                "PortFakes", "Simulator", "StoreContracts", crypto,
            ],
            swiftSettings: tests
        ),
        .target(name: "CXlsxWriter", linkerSettings: [.linkedLibrary("xlsxwriter")]),
        .target(name: "Workbooks", dependencies: ["CountyBooks", "CXlsxWriter", "CZlib"], swiftSettings: strict),
        .testTarget(
            name: "WorkbooksTests",
            dependencies: ["Workbooks", "CountyBooks", "CZlib"],
            swiftSettings: tests
        ),
        .target(
            name: "CountyPages",
            dependencies: [
                "CountyBooks", "LockerDomain", "SyncWire", "OfficeSheets", "Workbooks", "CardSheet", crypto,
                hummingbird,
                hummingbirdCore, httpTypes, logging, mustache,
            ] + nio,
            swiftSettings: strict
        ),
        .testTarget(
            name: "CountyPagesTests",
            dependencies: [
                "CountyPages", "CountyBooks", "LockerDomain", "StationBooks", "SyncWire", "OfficeSheets", "Workbooks",
                crypto,
                hummingbird, httpTypes, logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ] + nio,
            swiftSettings: tests
        ),
        .target(
            name: "CountySQLite",
            dependencies: ["CountyBooks", "LockerDomain", "StationBooks", "SyncWire", "SQLiteCopy", grdb],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CountySQLiteTests",
            dependencies: [
                "CountySQLite", "CountyBooks", "CountyReceiver", "LockerDomain", "StationBooks", "SyncWire",
                "Simulator", "PortFakes",
                "StationPorts", "LockerTestKit", "StoreContracts", grdb,
            ],
            swiftSettings: tests
        ),
        .target(
            name: "CountyReceiver",
            dependencies: [
                "LockerDomain", "StationBooks", "SyncWire", "OfficeSheets", "SQLiteCopy", "CountyBooks", "CountySQLite",
                crypto,
                cryptoExtras, grdb, hummingbird,
                hummingbirdCore,
                httpTypes,
                logging,
            ] + nio,
            swiftSettings: strict
        ),
        .executableTarget(
            name: "county-server",
            dependencies: [
                "LockerDomain", "StationBooks", "SyncWire", "OfficeSheets", "CountyBooks", "CountySQLite",
                "CountyPages",
                "CountyReceiver", "SQLiteCopy", "HostSupport", "CHost", "CVersion", arguments, hummingbird,
                hummingbirdCore, hummingbirdTLS, nioSSL, lifecycle, unixSignals, logging, toml,
            ] + nio,
            swiftSettings: strict
        ),
        .testTarget(
            name: "CountyReceiverTests",
            dependencies: [
                "CountyReceiver", "CountyBooks", "CountySQLite", "LockerDomain", "StationBooks", "StationRules",
                "SyncWire", "StationPorts",
                "StationEngine", "SQLiteJournal", "SQLiteCopy",
                "SimulatedDevices", "LockerTestKit", "PortFakes", grdb, hummingbird, httpTypes, logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: tests
        ),
        .target(name: "ControlAPI", dependencies: ["LockerDomain", "StationBooks"], swiftSettings: strict),
        .target(
            name: "ControlServer",
            dependencies: [
                "LockerDomain", "StationBooks", "StationPorts", "ControlAPI", hummingbird, hummingbirdCore, httpTypes,
                logging,
            ] + nio,
            swiftSettings: strict
        ),
        .target(name: "CZint", linkerSettings: [.linkedLibrary("zint")]),
        .target(name: "CardSheet", dependencies: ["LockerDomain", "CZint"], swiftSettings: strict),
        .testTarget(name: "CardSheetTests", dependencies: ["CardSheet", "LockerDomain"], swiftSettings: tests),
        .executableTarget(
            name: "lockerctl",
            dependencies: ["LockerDomain", "ControlAPI", "CardSheet", "CVersion", arguments, httpClient] + nio,
            swiftSettings: strict
        ),
        .testTarget(
            name: "ControlServerTests",
            dependencies: [
                "ControlServer", "ControlAPI", "LockerDomain", "StationBooks", "StationPorts", "LockerTestKit",
                hummingbird, httpClient,
                nioHTTP1,
                lifecycle, logging,
            ] + nio,
            swiftSettings: tests
        ),
        .target(
            name: "SQLiteJournal",
            dependencies: ["LockerDomain", "StationPorts", grdb],
            swiftSettings: strict
        ),
        .target(name: "SQLiteCopy", dependencies: ["LockerDomain", grdb], swiftSettings: strict),
        .testTarget(
            name: "SQLiteCopyTests",
            dependencies: ["SQLiteCopy", "LockerDomain", grdb],
            swiftSettings: tests
        ),
        .target(
            name: "StationCore",
            dependencies: ["LockerDomain", "StationBooks", "StationRules", "StationPorts", "SyncWire"],
            swiftSettings: strict
        ),
        .target(
            name: "StationEngine",
            dependencies: [
                "LockerDomain", "StationBooks", "StationRules", "StationPorts", "SyncWire", "StationCore", logging,
            ],
            swiftSettings: strict
        ),
        .target(
            name: "HTTPUplink",
            dependencies: [
                "LockerDomain", "StationPorts", "SyncWire", httpClient, nioHTTP1, nioSSL, nioTLS, certificates, asn1,
            ] + nio,
            swiftSettings: strict
        ),
        .target(
            name: "CameraProbes",
            dependencies: ["LockerDomain", "StationPorts"] + nio,
            swiftSettings: strict
        ),
        .target(
            name: "HostSupport",
            dependencies: ["LockerDomain", "StationPorts", "CHost", crypto, cryptoExtras, logging],
            swiftSettings: strict
        ),
        .target(name: "CHost"),
        .target(name: "CVersion", cSettings: version),
        .target(
            name: "SimulatedDevices",
            dependencies: ["LockerDomain", "StationPorts"],
            swiftSettings: strict
        ),
        .target(
            name: "LockerTestKit",
            dependencies: ["LockerDomain", "StationBooks", crypto],
            path: "Tests/Support/LockerTestKit",
            swiftSettings: strict
        ),
        .target(
            name: "PortFakes",
            dependencies: ["LockerDomain", "StationPorts", "SyncWire", "LockerTestKit"],
            path: "Tests/Support/PortFakes",
            swiftSettings: strict
        ),
        .target(
            name: "Simulator",
            dependencies: [
                "LockerDomain", "StationBooks", "StationRules", "StationPorts", "SyncWire", "StationCore",
                "LockerTestKit", "PortFakes",
            ],
            path: "Tests/Support/Simulator",
            swiftSettings: seen
        ),
        .target(
            name: "StoreContracts",
            dependencies: ["CountyBooks", "LockerDomain", "StationBooks", "SyncWire", "LockerTestKit"],
            path: "Tests/Support/StoreContracts",
            swiftSettings: strict
        ),
        .target(
            name: "StationConfiguration",
            dependencies: ["LockerDomain", "StationBooks", "StationPorts", toml],
            swiftSettings: strict
        ),
        .target(name: "CLinux"),
        .target(name: "LinuxSupport", dependencies: ["CLinux"], swiftSettings: strict),
        .target(name: "CGPIOD", linkerSettings: [.linkedLibrary("gpiod")]),
        .target(
            name: "GPIODoors",
            dependencies: ["LockerDomain", "StationPorts", "CGPIOD", "CLinux", "LinuxSupport"],
            swiftSettings: strict
        ),
        .target(name: "CLibUSB", linkerSettings: [.linkedLibrary("usb-1.0")]),
        .target(
            name: "USBScanner",
            dependencies: ["LockerDomain", "StationPorts", "CLibUSB", "LinuxSupport"],
            swiftSettings: strict
        ),
        .executableTarget(name: "locker-outputs-off", dependencies: ["CGPIOD", "CVersion"]),
        .testTarget(
            name: "LockerDomainTests",
            dependencies: ["LockerDomain", "StationBooks", "LockerTestKit", crypto],
            swiftSettings: tests
        ),
        .testTarget(
            name: "StationBooksTests",
            dependencies: ["LockerDomain", "StationBooks", "LockerTestKit"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "StationRulesTests",
            dependencies: ["LockerDomain", "StationBooks", "StationRules", "LockerTestKit", crypto],
            exclude: ["Snapshots"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SyncWireTests",
            dependencies: [
                "LockerDomain", "StationBooks", "StationRules", "SyncWire", "LockerTestKit", "PortFakes", crypto,
            ],
            exclude: ["Golden", "validate_schemas.py"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "StationCoreTests",
            dependencies: ["LockerDomain", "StationBooks", "StationPorts", "SyncWire", "StationCore", "PortFakes"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "StationEngineTests",
            dependencies: [
                "LockerDomain", "StationBooks", "StationRules", "StationPorts", "SyncWire", "StationCore",
                "StationEngine", "SimulatedDevices",
                "CountyReceiver", "LockerTestKit", "PortFakes", "SQLiteJournal", grdb, hummingbird, httpTypes, logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ] + nio,
            swiftSettings: tests
        ),
        .testTarget(
            name: "JournalContractTests",
            dependencies: [
                "LockerDomain", "StationPorts", "SQLiteJournal", "SimulatedDevices", "PortFakes", "Simulator",
                "SyncWire",
                "HostSupport", "StationEngine", grdb,
            ],
            swiftSettings: tests
        ),
        .testTarget(
            name: "StationConfigurationTests",
            dependencies: ["LockerDomain", "StationBooks", "StationPorts", "StationConfiguration", "LockerTestKit"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "CameraProbesTests",
            dependencies: ["LockerDomain", "StationPorts", "CameraProbes"] + nio,
            swiftSettings: tests
        ),
        .testTarget(
            name: "HTTPUplinkTests",
            dependencies: [
                "LockerDomain", "StationPorts", "SyncWire", "StationCore", "StationEngine", "HTTPUplink", httpClient,
                hummingbird, httpTypes, nioSSL,
            ] + nio,
            exclude: ["Certificates"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "HostSupportTests",
            dependencies: ["LockerDomain", "StationPorts", "HostSupport", "LockerTestKit", "CHost", logging],
            swiftSettings: tests
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "LockerDomain", "StationBooks", "StationRules", "StationPorts", "SyncWire", "StationCore", "PortFakes",
                "Simulator",
            ],
            exclude: ["FailedSeeds.txt", "MutantWorlds.txt", "Oracle.txt"],
            swiftSettings: tests
        ),
        .testTarget(name: "TidyTests", swiftSettings: tests),
        .target(
            name: "FuzzEntries",
            dependencies: [
                "LockerDomain", "StationBooks", "StationRules", "StationPorts", "SyncWire", "StationCore",
                "StationEngine", "USBScanner",
                "CameraProbes",
                "OfficeSheets", "CountyBooks", "CountyPages",
            ],
            path: "Tests/Support/FuzzEntries",
            swiftSettings: strict
        ),
        .testTarget(
            name: "FuzzTests",
            dependencies: ["FuzzEntries"],
            exclude: ["Corpus"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "JourneyTests",
            dependencies: ["LockerDomain", "SyncWire", "LockerTestKit", grdb],
            exclude: ["station.py"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "GPIODoorsTests",
            dependencies: ["GPIODoors", "LockerDomain", "StationPorts"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "USBScannerTests",
            dependencies: ["USBScanner", "LockerDomain", "StationPorts", "LockerTestKit"],
            swiftSettings: tests
        ),
        .executableTarget(
            name: "lockerbench",
            dependencies: [
                "LockerDomain", "StationBooks", "StationRules", "StationPorts", "SyncWire", "StationCore",
                "StationEngine", "SQLiteJournal",
                "SimulatedDevices", "LockerTestKit", "PortFakes", "Simulator", "HTTPUplink", arguments, grdb, logging,
            ] + nio,
            swiftSettings: strict
        ),
        .executableTarget(
            name: "recorded-day",
            dependencies: ["LockerDomain", "StationBooks", "SyncWire", "ControlAPI", arguments, grdb],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "lockerd",
            dependencies: [
                "LockerDomain", "StationRules", "StationBooks", "StationPorts", "StationEngine", "StationConfiguration",
                "SQLiteJournal", "SQLiteCopy",
                "GPIODoors", "USBScanner", "HTTPUplink", "CameraProbes", "HostSupport", "SimulatedDevices", "SyncWire",
                "StationCore", "LinuxSupport",
                "ControlServer", "CVersion", arguments, lifecycle, unixSignals, logging,
            ] + nio,
            swiftSettings: strict
        ),
    ]
)

// `make unit ONLY=LockerDomainTests` builds what these tests need and nothing else.
if let only = Context.environment["LOCKER_ONLY"]?.split(separator: ","), !only.isEmpty {
    var needed: Set<String> = []
    var waiting = only.map(String.init)
    while let name = waiting.popLast() {
        guard needed.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else {
            continue
        }
        waiting += target.dependencies.compactMap { dependency in
            switch dependency {
            case .byNameItem(let name, _), .targetItem(let name, _): name
            default: nil
            }
        }
    }
    package.targets.removeAll { !needed.contains($0.name) }
    package.products = []
}

// libFuzzer brings its own `main`, so this target exists only for `make fuzz`.
if Context.environment["LOCKER_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "locker-fuzz",
            dependencies: ["FuzzEntries"],
            swiftSettings: strict + [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
        )
    )
}
