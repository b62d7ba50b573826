import CountyBooks
import CountyReceiver
import CountySQLite
import Glibc

/// The offices of a county beside its stations: registers, accounts, closed periods and books.
struct Offices {
    let county: County
    let registers: RegisterTable
    let accounts: AccountTable
    let periods: PeriodTable
    let keeper: BooksKeeper
    /// What pages and commands read: the books, up to the latest status of each station.
    let books: HeardBooks

    /// - Parameter mayReplace: whether books of another version are made anew.
    init(_ county: County, mayReplace: Bool = false) {
        self.county = county
        (registers, accounts, periods) = (county.registers, county.accounts, county.periods)
        keeper = county.booksKeeper(mayReplace: mayReplace)
        books = HeardBooks(BooksReader(keeper), county) { county.time }
    }

    /// The registers as they are now.
    func readRegisters() throws -> Registers { Registers(try registers.rows().map(\.dated)) }

    /// Name and code of the county as reports write them.
    var name: (code: String, name: String) { (county.settings.code, county.settings.name) }

    /// Who types at the command line, for the audit log.
    static func stamp(at time: Int64) -> AuditStamp { AuditStamp(by: .commandLine(user), time: time) }

    /// Name of the user of this process, else the number.
    static var user: String {
        guard let entry = getpwuid(getuid()) else { return "uid \(getuid())" }
        return String(cString: entry.pointee.pw_name)
    }

    /// Random bytes of the system.
    static func entropy(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}

extension County {
    /// Leaves an entry in the audit log for what a command did, or is about to show, by the user of this process.
    func log(_ action: AuditAction, _ object: String, detail: String = "", reason: String? = nil) throws {
        let stamp = Offices.stamp(at: time)
        try accounts.append(AuditEntry(stamp, action, object: object, detail: detail, reason: reason))
    }
}

extension RootOptions {
    /// The county with its offices.
    ///
    /// - Parameters:
    ///   - mayReplace: whether books of another version are made anew.
    ///   - mayMake: whether a county is made where there is none.
    func offices(mayReplace: Bool = false, mayMake: Bool = false) throws -> Offices {
        Offices(try county(mayMake: mayMake), mayReplace: mayReplace)
    }
}
