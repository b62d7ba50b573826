import CountyBooks
public import CountySQLite
public import LockerDomain
import SyncWire

/// One county: its keys, its books and its clock. Values are cheap to copy and safe from any task; several processes
/// may open the same directory.
public struct County: Sendable {
    /// What it was opened with.
    public let settings: CountySettings
    let keys: CountyKeys
    package let store: CountyStore
    package let waiters = Waiters()
    let watch = ClockWatch()
    let strangers = StrangerBudget()
    let clock: CountyClock

    /// Opens the books, making directory, keys and database when they are missing. Throws `CountyFault` with the mend
    /// when the keys do not belong to the books or the disk cannot be trusted.
    ///
    /// Nothing is erased by opening them: any command opens them, with any clock.
    ///
    /// - Parameter clock: the machine's clocks unless a test brings its own.
    public init(
        opening settings: CountySettings,
        clock: CountyClock = CountyClock()
    ) throws {
        self.settings = settings
        self.clock = clock
        try PrivateFiles.makeDirectory(settings.dataDirectory)
        let lock = try PrivateFiles.Lock(settings.dataDirectory + "/lock")
        defer { lock.release() }
        let books = settings.dataDirectory + "/county.sqlite"
        // Keys made anew beside books that have some would open neither phone numbers nor code keys, without a word.
        keys = try CountyKeys(directory: settings.dataDirectory + "/keys", mayMake: !PrivateFiles.exists(books))
        store = try CountyStore(path: books)
        try store.bind(toKey: keys.signing.id, directory: settings.dataDirectory + "/keys")
        try checkClock()
    }

    /// Id of the key with which answers, commands and badges are signed.
    public var keyID: String { keys.signing.id }

    /// The public part of that key.
    public var publicKey: CountyKey { keys.publicKey }

    /// Ends every held question for commands, so that a server can stop at once.
    public func stopWaiting() { waiters.close() }

    /// The registers, accounts and closed periods in its books.
    public var registers: RegisterTable { RegisterTable(store) }
    public var accounts: AccountTable { AccountTable(store) }
    public var periods: PeriodTable { PeriodTable(store) }

    /// File of the stored events.
    public var booksPath: String { settings.dataDirectory + "/county.sqlite" }

    /// Keeps the derived books up.
    ///
    /// - Parameter mayReplace: whether books of another version are made anew: the server and `rebuild` may.
    public func booksKeeper(mayReplace: Bool) -> BooksKeeper {
        BooksKeeper(store, county: keyID, path: settings.dataDirectory + "/books.sqlite", mayReplace: mayReplace)
    }

    /// The core that takes batches, without HTTP.
    public var ingest: Ingest { Ingest(self) }
}

/// Random bytes of the system.
func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
}
