import LockerDomain
import StationCore
import SyncWire

/// The county's dispatch centre: books, commands that wait, the notices that recipients get.
struct County {
    var books: CountyBooks
    /// What the county would have after a restore from its backup.
    var backup: CountyBooks?
    private(set) var commands: [Command] = []
    /// Parcels, with their counters, whose recipients were told, or could not be.
    var told: Set<String> = []
    /// Number of the command by which a station with another journal has heard of all revocations again.
    private(set) var toldAgain: Int?
    private var replaced = 0
    let key: SigningKey
    let codeKey: CodeKey

    /// Keys of this world. Both lengths are right by construction, so there is always a key.
    init(_ chance: inout Chance, station: String) {
        books = CountyBooks(station: station)
        var (key, codeKey) = (SigningKey(bytes: chance.bytes(32)), CodeKey(bytes: chance.bytes(32)))
        while key == nil || codeKey == nil { (key, codeKey) = (SigningKey(), CodeKey(bytes: chance.bytes(32))) }
        guard let key, let codeKey else { preconditionFailure("32 bytes are a key") }
        (self.key, self.codeKey) = (key, codeKey)
    }

    mutating func order(_ kind: Command.Kind) {
        let number = commands.count + 1
        commands.append(Command(id: "c-\(number)", number: number, kind: kind))
    }

    /// A station with another journal may have forgotten what was revoked; what it has done is not sent again, so it is
    /// ordered anew.
    mutating func hear(pins: [PINVerifier], tellsAgain: Bool) {
        defer { replaced = books.replaced }
        // Restored from a backup, the county hears of it a second time.
        guard books.replaced > replaced else { return }
        if tellsAgain {
            for badge in revoked { order(.revokeBadge(badge)) }
            if !pins.isEmpty { order(.pins(pins)) }
        }
        toldAgain = commands.count
    }

    /// Each once, in the order in which they were revoked.
    private var revoked: [String] {
        commands.reduce(into: []) { badges, command in
            if case .revokeBadge(let badge) = command.kind, !badges.contains(badge) { badges.append(badge) }
        }
    }

    /// Commands above a number that are not done, as many as one answer lists. The data stay here: the station reads a
    /// command by its number, as it fetches a manifest by its id.
    func list(after number: Int, at time: Int64) -> CommandList {
        let waiting = commands[min(max(0, number, books.done), commands.count)...].prefix(Self.commandsPerAnswerMax)
        let messages = waiting.map { command in
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
        return CommandList(commands: messages, time: WireTime.text(time))
    }

    /// Few, so that a list does not hold all that waits.
    private static let commandsPerAnswerMax = 4

    func command(_ number: Int) -> Command? {
        commands.indices.contains(number - 1) ? commands[number - 1] : nil
    }

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

    init(run: Int = 0) { self.run = run }
}
