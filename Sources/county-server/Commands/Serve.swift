import ArgumentParser
import CountyReceiver
import HostSupport
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the stations until SIGTERM.")

    @OptionGroup var root: RootOptions
    @Option(help: "Port to listen on instead of the configured one; 0 for any free one.")
    var port: Int?
    /// Stations are served as ever, and their events stored; pages that need the books say that they are not kept.
    @Flag(
        help: ArgumentHelp(
            "Keep no books while it serves. 不记账",
            discussion: """
                Events are stored all the same, and pages of the books say that they are not kept. The next start without it, or \
                county-server rebuild, catches up.
                """
        )
    )
    var noBooks = false

    func validate() throws {
        guard port.map((0...65_535).contains) ?? true else {
            throw ValidationError("--port is not a number from 0 to 65535 (端口应为 0 至 65535): correct it")
        }
    }

    func run() async throws {
        Terminal.flushEachLine()
        var settings = try CountyConfiguration.read(root: root.root)
        if let port { settings.port = port }
        let county = try RootOptions.open(settings)
        _ = try ServingLock(settings.dataDirectory)
        let sink = LogSink(identifier: "county-server")
        LoggingSystem.bootstrap { ServiceLog(sink, label: $0, level: .notice) }
        let logger = Logger(label: "county-server")
        let offices = Offices(county, mayReplace: true)
        let (name, scheme) = (settings.name, settings.tls == nil ? "http" : "https")
        let (host, pagesHost) = (settings.host, settings.pages?.host ?? settings.host)
        let applications = try Doors.applications(offices, keepsBooks: !noBooks, logger: logger) {
            [isOne = settings.pages == nil] port, isPages in
            if isPages, !isOne { return print("pages 网页 on \(scheme)://\(pagesHost):\(port)") }
            print("county-server \(name) listening on \(scheme)://\(host):\(port) key \(county.keyID)")
        }
        var services: [any Service] = [
            ErasingService(county: county, logger: logger), ClockService(county: county, logger: logger),
        ]
        if !noBooks { services.append(BooksService(keeper: offices.keeper, logger: logger)) }
        services += applications.map { StoppingService(county: county, application: $0) }
        let group = ServiceGroup(
            configuration: .init(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await atOrdinaryPriority { try await group.run() }
    }
}

/// The server, which on a stop first lets those go who wait for commands.
private struct StoppingService: Service {
    let county: County
    let application: any ApplicationProtocol

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            county.stopWaiting()
        }
    }
}

/// Erases phone numbers whose time is over, hour by hour (DESIGN rule 10).
private struct ErasingService: Service {
    let county: County
    let logger: Logger

    func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                try county.eraseContacts()
            } catch {
                logger.error("erasing: \(error)")
            }
            // It fails only when the server stops, which the loop looks at.
            try? await cancelWhenGracefulShutdown {
                try await Task.sleep(for: .milliseconds(CountyLimits.eraseMilliseconds))
            }
        }
    }
}

/// Looks at the clock every minute, so that the next start knows when this one was last right, and logs what is wrong.
private struct ClockService: Service {
    let county: County
    let logger: Logger

    func run() async throws {
        var wasInDoubt = false
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                let state = try county.checkClock()
                if state.isInDoubt, !wasInDoubt {
                    logger.error("the county's clock is in doubt: \(state.reason): \(ClockState.mend)")
                } else if wasInDoubt, !state.isInDoubt {
                    logger.notice("the county's clock is in doubt no longer")
                }
                wasInDoubt = state.isInDoubt
            } catch {
                logger.error("the clock is not looked at: \(error)")
            }
            // It fails only when the server stops, which the loop looks at.
            try? await cancelWhenGracefulShutdown {
                try await Task.sleep(for: .milliseconds(CountyLimits.clockCheckMilliseconds))
            }
        }
    }
}
