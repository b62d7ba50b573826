import LockerDomain
import StationBooks
import StationCore
import SyncWire

/// The county's dispatch centre: books, commands that wait, the notices that recipients get.
struct County {
    var books: CountyBooks
    /// What the county would have after a restore from its backup.
    private(set) var backup: Backup?
    private(set) var commands: [Command] = []
    /// Commands of which the books do not say that they are settled, by number.
    private var waiting: [Command] = []
    /// The rule that ships: which number the next command gets, and which get a new one.
    private var numbers = CommandNumbers()
    /// Commands made so far, also by the county that was lost: no id is made twice.
    private var made = 0
    /// The first id of a command that got a new number.
    private(set) var origins: [String: String] = [:]
    /// Parcels, with their counters, whose recipients were told, or could not be.
    var told: Set<String> = []
    /// Number of the command by which a station with another journal has heard of all revocations again.
    private(set) var toldAgain: Int?
    private var replaced = 0
    let key: SigningKey
    let codeKey: CodeKey

    /// What a backup holds.
    struct Backup {
        fileprivate var books: CountyBooks
        fileprivate var commands: [Command]
        fileprivate var waiting: [Command]
        fileprivate var numbers: CommandNumbers
    }

    /// Keys of this world. Both lengths are right by construction, so there is always a key.
    init(_ chance: inout Chance, station: String) {
        books = CountyBooks(station: station)
        var (key, codeKey) = (SigningKey(bytes: chance.bytes(32)), CodeKey(bytes: chance.bytes(32)))
        while key == nil || codeKey == nil { (key, codeKey) = (SigningKey(), CodeKey(bytes: chance.bytes(32))) }
        guard let key, let codeKey else { preconditionFailure("32 bytes are a key") }
        (self.key, self.codeKey) = (key, codeKey)
    }

    mutating func order(_ kind: Command.Kind) {
        made += 1
        let command = Command(id: "c-\(made)", number: numbers.next(), kind: kind)
        commands.append(command)
        waiting.append(command)
    }

    // MARK: What the station says

    /// The station's question teaches the floor of numbers; what it can no longer do gets a new one, once the county has the
    /// events up to the end that the station names.
    mutating func hear(_ query: CommandQuery, rules: Rules) {
        guard rules.numbersAnew else { return }
        numbers.asked(highest: query.highest)
        let knowsEnd = query.end.map { rules.knowsEnd(books, $0) } ?? false
        for number in numbers.passed(waiting.map(\.number), through: query.after, knowsEnd: knowsEnd) {
            renumber { $0.number == number }
        }
    }

    /// A station with another journal may have forgotten what was revoked; what it has done is not sent again, so it is
    /// ordered anew.
    mutating func hear(pins: [PINVerifier], rules: Rules) {
        if rules.numbersAnew {
            numbers.heard(books.commandsHighest)
            for command in waiting where books.passed.contains(command.id) && !books.settled.contains(command.id) {
                renumber { $0.id == command.id }
            }
        }
        waiting.removeAll { books.settled.contains($0.id) }
        defer { replaced = books.replaced }
        // Restored from a backup, the county hears of it a second time.
        guard books.replaced > replaced else { return }
        if rules.tellsAgain {
            for badge in revoked { order(.revokeBadge(badge)) }
            if !pins.isEmpty { order(.pins(pins)) }
        }
        toldAgain = commands.last?.number ?? 0
    }

    private mutating func renumber(_ isMeant: (Command) -> Bool) {
        guard let index = waiting.firstIndex(where: isMeant) else { return }
        let command = waiting.remove(at: index)
        // A newer list of verifiers has taken its place.
        if command.isPINs, commands.contains(where: { $0.isPINs && $0.number > command.number }) { return }
        order(command.kind)
        if let new = waiting.last { origins[new.id] = origins[command.id] ?? command.id }
    }

    // MARK: A backup

    mutating func backUp() {
        backup = Backup(books: books, commands: commands, waiting: waiting, numbers: numbers)
    }

    /// The county comes back from its backup, if there is one, and its clerks order again what was not done.
    ///
    /// - Parameter isOpen: whether the station has still to do a command.
    mutating func restore(isOpen: (Command) -> Bool) -> Bool {
        guard let backup else { return false }
        let kept = Set(backup.commands.map(\.id))
        let lost = waiting.filter { !kept.contains($0.id) && isOpen($0) }
        (books, commands, waiting, numbers) = (backup.books, backup.commands, backup.waiting, backup.numbers)
        self.backup = nil
        for command in lost { order(command.kind) }
        return true
    }

    /// Whether it has made the command, for all that it knows.
    func knows(_ id: String) -> Bool { commands.contains { $0.id == id } }

    /// Each once, in the order in which they were revoked.
    private var revoked: [String] {
        commands.reduce(into: []) { badges, command in
            if case .revokeBadge(let badge) = command.kind, !badges.contains(badge) { badges.append(badge) }
        }
    }

    // MARK: What waits

    /// Commands that are not settled, by number.
    var open: [Command] { waiting.filter { !books.settled.contains($0.id) } }

    /// Commands above a number that are not settled, as many as one answer lists. The data stay here: the station reads a
    /// command by its id, as it fetches a manifest.
    func list(after number: Int, at time: Int64) -> CommandList {
        let listed = waiting.lazy.filter { $0.number > number && !books.settled.contains($0.id) }
        let messages = listed.prefix(Self.commandsPerAnswerMax).map { command in
            CommandMessage(
                id: command.id,
                number: command.number,
                station: "",
                type: command.kind.wireName,
                issued: "",
                expires: "",
                data: .object([:])
            )
        }
        return CommandList(commands: Array(messages), time: WireTime.text(time))
    }

    /// Few, so that a list does not hold all that waits.
    private static let commandsPerAnswerMax = 4

    /// One that waits; `nil` when the county knows nothing of it, or has replaced it.
    func command(_ id: String) -> Command? { waiting.first { $0.id == id } }

    /// The code that a recipient was told: from the stored event where it came, else from the manifest.
    ///
    /// - Parameter n: counter of an earlier one.
    func code(of waybill: Waybill, n: UInt32? = nil) -> PickupCode? {
        guard let entry = books.ledger.parcels[waybill] else { return nil }
        return PickupCode(entry.codeOf ?? waybill, n: n ?? entry.n, key: codeKey)
    }
}

/// The line between station and county.
struct Link {
    var isUp = true
    /// Requests of a thousand that never arrive.
    var lostRequests = 0
    /// Bytes of the largest body that gets through; some routers drop what is larger.
    var bytesMax = Int.max
    /// Answers of a thousand that never arrive, although the county has stored the batch.
    var lostAnswers = 0
    /// Requests of a thousand that arrive a second time, later.
    var doubled = 0
    /// The uplink that talks over it.
    var uplink = Uplink()

    /// Whether a batch or a pause is under way.
    var isBusy: Bool { uplink.isBusy }
}

/// The uplink of the running program: a crash takes what it knows.
final class Uplink {
    var machine = UplinkMachine()
    /// Run of the program.
    let run: Int
    /// Whether a batch is under way, or a pause after one.
    var isBusy = false
    /// Events that the check of the journal found broken, to be asked for.
    var broken: [JournalRange] = []

    init(run: Int = 0) { self.run = run }
}

extension Command {
    fileprivate var isPINs: Bool { if case .pins = kind { true } else { false } }
}
