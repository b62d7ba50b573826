public import CountyBooks
public import Logging

/// All that a page works with: the county's books and stores, who is logged in, the clock. Cheap to copy; one for a server.
public struct CountyDesk: Sendable {
    public let ports: DeskPorts
    public let views: PageViews
    public let settings: PageSettings
    /// Milliseconds since 1970.
    public let clock: @Sendable () -> Int64
    /// Milliseconds since the machine started: waits of the log-in go by it, whatever happens to the clock.
    public let uptime: @Sendable () -> Int64
    /// As many random bytes as it is asked for.
    public let entropy: @Sendable (Int) -> [UInt8]
    /// Why the store takes no change now, as a full disk; `nil` while it takes them.
    public let storeTrouble: @Sendable () -> Words?
    /// Why the books do not take in what stations send, as a full disk; `nil` while they do.
    public let keepingTrouble: @Sendable () -> CountyFault?
    /// What the pages write for the administrator.
    let logger: Logger
    /// Cost of new passwords.
    let passwordCost: PasswordVerifier.Cost
    let keeper: SessionKeeper
    private let cache: RegisterCache

    /// - Parameter passwordCost: anything but the standard is for tests.
    public init(
        _ ports: DeskPorts,
        views: PageViews,
        settings: PageSettings,
        clock: @escaping @Sendable () -> Int64,
        uptime: @escaping @Sendable () -> Int64,
        entropy: @escaping @Sendable (Int) -> [UInt8],
        storeTrouble: @escaping @Sendable () -> Words? = { nil },
        keepingTrouble: @escaping @Sendable () -> CountyFault? = { nil },
        logger: Logger = Logger(label: "county-pages"),
        passwordCost: PasswordVerifier.Cost = .standard
    ) {
        (self.ports, self.views, self.settings) = (ports, views, settings)
        (self.clock, self.uptime, self.entropy) = (clock, uptime, entropy)
        (self.storeTrouble, self.keepingTrouble) = (storeTrouble, keepingTrouble)
        (self.logger, self.passwordCost) = (logger, passwordCost)
        keeper = SessionKeeper(keptIn: ports.accounts, takesWrites: { storeTrouble() == nil }, logger: logger)
        cache = RegisterCache()
    }

    public var books: any BooksReading { ports.books }
    public var periods: any PeriodStore { ports.periods }
    public var stations: any StationDirectory { ports.stations }
    public var accounts: any AccountStore { ports.accounts }
    public var enrolments: any EnrolmentDesk { ports.enrolments }
    public var manifests: any ManifestDesk { ports.manifests }
    public var phones: any PhoneDesk { ports.phones }
    public var registerStore: any RegisterStore { ports.registers }

    /// The registers as they are now; read again only when a row changed.
    public func registers() throws -> Registers { try cache.registers(of: ports.registers) }

    /// Accounts as they are now, to decide about one.
    public func accountBook() throws -> AccountBook { AccountBook(try accounts.accounts(), cost: passwordCost) }

    /// Appends to the audit log what the reader does; it must stand there before it is shown.
    public func log(
        _ action: AuditAction,
        _ object: String,
        detail: String = "",
        reason: String? = nil,
        by request: PageRequest
    ) throws {
        try accounts.append(AuditEntry(request.stamp, action, object: object, detail: detail, reason: reason))
    }

    /// Where an account begins: at the steps of setting up while there is nothing to see of a village, else at today.
    func firstPage(of account: Account) throws -> String {
        guard PageRoutes.all.contains(where: { $0.path == PagePaths.setUp && $0.access.admits(account) }) else {
            return PagePaths.today
        }
        let registers = try registers()
        let isEmpty = try registers.villages.isEmpty || registers.sites.isEmpty || stations.sights().isEmpty
        return isEmpty ? PagePaths.setUp : PagePaths.today
    }
}

/// The ports of a county, each with its own contract.
public struct DeskPorts: Sendable {
    public var books: any BooksReading
    public var registers: any RegisterStore
    public var periods: any PeriodStore
    public var stations: any StationDirectory
    public var accounts: any AccountStore
    public var enrolments: any EnrolmentDesk
    public var manifests: any ManifestDesk
    public var phones: any PhoneDesk
    public var storage: any StorageDesk

    public init(
        books: any BooksReading,
        registers: any RegisterStore,
        periods: any PeriodStore,
        stations: any StationDirectory,
        accounts: any AccountStore,
        enrolments: any EnrolmentDesk,
        manifests: any ManifestDesk,
        phones: any PhoneDesk,
        storage: any StorageDesk
    ) {
        (self.books, self.registers, self.periods, self.stations) = (books, registers, periods, stations)
        (self.accounts, self.enrolments, self.manifests, self.phones) = (accounts, enrolments, manifests, phones)
        self.storage = storage
    }
}
