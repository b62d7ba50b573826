import CountyBooks
import CountyPages
import CountyReceiver
import CountySQLite
import FoundationEssentials
import Glibc
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOSSL

/// Where stations and clerks come in: one door for both, or one for each (`[pages]`), with TLS of our own or without.
enum Doors {
    /// Bytes that must be free before a page changes anything.
    private static let freeBytesMin: UInt64 = 16 * 1_024 * 1_024

    /// The pages over a county's offices.
    ///
    /// - Parameter keepsBooks: whether this server keeps the books; else pages say that it does not.
    static func pages(_ offices: Offices, keepsBooks: Bool, logger: Logger) throws -> PageServer {
        let (county, settings) = (offices.county, offices.county.settings)
        let proxies = try settings.trustedProxies.map { text in
            guard let range = NetworkRange(text) else {
                throw CountyFault(
                    "trusted_proxies",
                    "\"\(text.prefix(60))\" is no address",
                    mend: "write 127.0.0.1 or 10.0.0.0/8"
                )
            }
            return range
        }
        let desk = CountyDesk(
            DeskPorts(
                books: keepsBooks ? offices.books : UnkeptBooks(),
                registers: offices.registers,
                periods: offices.periods,
                stations: county,
                accounts: offices.accounts,
                enrolments: county,
                manifests: county,
                phones: county,
                storage: county
            ),
            views: CountyPageViews.make(county),
            settings: PageSettings(
                county: settings.name,
                countyCode: settings.code,
                address: settings.pagesURL,
                stationAddress: settings.publicURL,
                pathPrefix: settings.pagesPathPrefix,
                isTLS: settings.tls != nil,
                trustedProxies: proxies,
                periodEnds: settings.periodEnds,
                closesOn: settings.closesOn
            ),
            clock: { county.time },
            uptime: { Self.uptime },
            entropy: { Offices.entropy($0) },
            storeTrouble: { Self.trouble(in: settings.dataDirectory) },
            keepingTrouble: { [keeper = offices.keeper] in keeper.trouble },
            logger: logger
        )
        return try PageServer(desk)
    }

    private static var uptime: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Why changes are refused now: the disk of the books is nearly full.
    private static func trouble(in folder: String) -> Words? {
        var info = statvfs()
        guard statvfs(folder, &info) == 0 else { return nil }
        guard UInt64(info.f_bavail) * UInt64(info.f_frsize) < freeBytesMin else { return nil }
        return Words(
            "服务器磁盘已满：可以查看，暂不能修改。请管理员清理磁盘。",
            "The server's disk is full: reading goes on, changes are refused until the administrator makes room."
        )
    }

    /// The servers, each ready to run.
    static func applications(
        _ offices: Offices,
        keepsBooks: Bool,
        logger: Logger,
        onListening: @escaping @Sendable (Int, Bool) -> Void
    ) throws -> [any ApplicationProtocol] {
        let (county, settings) = (offices.county, offices.county.settings)
        let pages = try pages(offices, keepsBooks: keepsBooks, logger: logger)
        let stations = makeCountyRouter(county, logger: logger).buildResponder()
        let kind = try server(settings)
        guard let door = settings.pages else {
            let front = CountyFront(stations: stations, pages: pages, stationPrefix: settings.pathPrefix)
            let address = (settings.host, settings.port)
            return [application(front, at: address, kind, logger: logger) { onListening($0, true) }]
        }
        let people = pages.makeRouter().buildResponder()
        return [
            application(stations, at: (settings.host, settings.port), kind, logger: logger) { onListening($0, false) },
            application(people, at: (door.host, door.port), kind, logger: logger) { onListening($0, true) },
        ]
    }

    private static func application<Responder: HTTPResponder>(
        _ responder: Responder,
        at address: (host: String, port: Int),
        _ kind: HTTPServerBuilder,
        logger: Logger,
        onListening: @escaping @Sendable (Int) -> Void
    ) -> any ApplicationProtocol where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        var configuration = ApplicationConfiguration(
            address: .hostname(address.host, port: address.port),
            serverName: "county-server"
        )
        configuration.availableConnectionsDelegate = .maximum(CountyLimits.connectionsMax, logger: logger)
        return Application(
            responder: responder,
            server: kind,
            configuration: configuration,
            onServerRunning: { onListening($0.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    private static func server(_ settings: CountySettings) throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder.http1(
            configuration: .init(idleTimeout: .seconds(CountyLimits.idleConnectionSeconds))
        )
        guard let files = settings.tls else { return plain }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
            return try .tls(
                plain,
                tlsConfiguration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
            )
        } catch {
            throw CountyFault(
                "[tls] \(files.certificate), \(files.key)",
                "cannot be read as PEM: \(error)",
                mend: "check the files and their owner 请检查证书文件"
            )
        }
    }
}
