/// Everything that can happen to a station, in the order in which it is decided.
public enum Input: Sendable, Hashable {
    /// The daemon is up; what the sensors say now, and the last sign of life before. Doors that are missing are unknown.
    case started(version: String, levels: [DoorName: DoorLevel], after: SignOfLife? = nil)
    /// The daemon is asked to stop; outputs are off already.
    case stopping(reason: String)
    /// A scan or a typed line.
    case text(String, from: TextSource)
    /// A sensor settled on another level.
    case level(DoorName, DoorLevel)
    /// The pulse thread is done with a pulse of a cycle.
    case pulseEnded(DoorName, cycle: Int, fault: String?)
    /// What happened at the door could not be written down: its opening is settled as after a power cut.
    case interrupted(DoorName)
    /// A timer ran out.
    case timer(TimerKey)
    case scanner(ScannerReport)
    case camera(CameraName, CameraReading)
    case command(Command)
    /// The wall clock jumped or its trust changed. `by` is the local user who set it, and `nil` where nobody did.
    case clockChanged(before: ClockTrust, after: ClockTrust, jumpMilliseconds: Int64, by: String? = nil)
    /// The disk can take everything again, or only pickups.
    case storage(Storage)
    /// Keys arrived from the county.
    case enrolled(Credentials, by: String)
    /// The keys of a station that enrolled before can be read again.
    case keysRead(Credentials)
    /// The journal before this one was closed.
    case journalReplaced(JournalReplaced)
    /// The county gave events back: those that change the books.
    case booksRecovered(BooksRecovered, [RecoveredEvent])
    /// The front of the journal is about to be removed.
    case journalPruned(JournalPruned)
}

/// Where a text came from.
public struct TextSource: Sendable, Hashable {
    /// Port of the device, or `control`.
    public var device: String
    public var role: ScannerRole
    /// When the text is a phone number (``Station/phone(in:from:)``): the random key of its recipient, new or as it is kept
    /// beside the journal. Whoever hands the text in finds it, so that nothing random is decided.
    public var recipientKey: String?

    public init(device: String, role: ScannerRole, recipientKey: String? = nil) {
        self.device = device
        self.role = role
        self.recipientKey = recipientKey
    }
}

/// What a scanner port tells of its devices.
public enum ScannerReport: Sendable, Hashable {
    case attached(ScannerName, role: ScannerRole, usb: String, serial: String?)
    case detached(ScannerName)
    case faulted(ScannerName, reason: String)
}

/// What a probe of a camera found.
public enum CameraReading: Sendable, Hashable {
    case good
    case missed(reason: String)
}

/// A command of the county, its signature already checked (DESIGN 4.3).
public struct Command: Sendable, Hashable {
    public var id: String
    /// Never given to two commands of one station; one that was settled by another command is refused.
    public var number: Int
    public var kind: Kind

    /// What is to be done.
    public enum Kind: Sendable, Hashable {
        /// The lines that could be read, and what is wrong with the others.
        case manifest(id: String, entries: [ManifestEntry], unread: [ManifestFault] = [])
        case pins([PINVerifier])
        /// Recipients were told, or could not be told.
        case notices([Notice])
        case extendHold(Waybill, hours: Int)
        case recall([Waybill])
        case reissue(Waybill, n: UInt32)
        case revokeBadge(String)
        /// A type that this version does not know, or data that it cannot read.
        case unsupported(type: String, reason: String)

        /// The type on the wire.
        public var wireName: String {
            switch self {
            case .manifest: "manifest"
            case .pins: "pins"
            case .notices: "notices"
            case .extendHold: "extendHold"
            case .recall: "recall"
            case .reissue: "reissue"
            case .revokeBadge: "revokeBadge"
            case .unsupported(let type, _): type
            }
        }
    }

    public init(id: String, number: Int, kind: Kind) {
        self.id = id
        self.number = number
        self.kind = kind
    }
}

/// What became of telling one recipient.
public struct Notice: Sendable, Hashable, Codable {
    public var waybill: Waybill
    /// Why the recipient could not be told; `nil` when they were.
    public var failure: String?

    public init(waybill: Waybill, failure: String? = nil) {
        self.waybill = waybill
        self.failure = failure
    }

    /// Whether a failure says why, in words that an event may carry.
    public var isNamed: Bool {
        failure.map { $0.isOneLine && (1...Limits.noticeReasonBytesMax).contains($0.utf8.count) } ?? true
    }
}

/// What only the keystore holds. Never in the state, the journal, a log or a reply.
public struct Credentials: Sendable, Hashable {
    public var countyKey: CountyKey
    public var codeKey: CodeKey
    public var pins: [String: PINVerifier]

    public init(countyKey: CountyKey, codeKey: CodeKey, pins: [PINVerifier] = []) {
        self.countyKey = countyKey
        self.codeKey = codeKey
        self.pins = Dictionary(pins.map { ($0.badge, $0) }) { $1 }
    }

    public static func == (left: Credentials, right: Credentials) -> Bool {
        left.countyKey == right.countyKey && left.codeKey == right.codeKey && left.pins == right.pins
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(countyKey.bytes) }
}

/// Which timer ran out. A timer that no longer fits the state does nothing.
public enum TimerKey: Sendable, Hashable {
    /// The door should be open by now.
    case openWait(DoorName, cycle: Int, attempt: Int)
    /// The door has stood open for long; a cycle of 0 stands for an opening that nobody asked for.
    case leftOpen(DoorName, cycle: Int)
    /// A step at a place without a working sensor is over.
    case assumed(DoorName, cycle: Int)
    /// Nobody scanned in this session for long.
    case sessionIdle(Int)
    /// Time to write what was counted of texts that scanners read again and again.
    case repeats
    /// Time to look at hold periods.
    case housekeeping
}

/// What is to be done once the events of the same decision are durable.
public enum Action: Sendable, Hashable {
    case pulse(DoorName, cycle: Int, milliseconds: Int64)
    case answer(Answer)
    /// Starts a timer, or starts it again.
    case timer(TimerKey, afterMilliseconds: Int64)
    /// Keeps verifiers beside the keys.
    case keepPINs([PINVerifier])
    /// Keeps a phone number beside the journal, sealed and sent to the county alone (DESIGN rule 10), with the random key of
    /// its recipient; `nil` where the county's own key is known.
    case keepContact(Waybill, phone: String, recipientKey: String?)
}

/// What an input leads to.
public struct Decision: Sendable, Hashable {
    public var events: [Event] = []
    public var actions: [Action] = []

    package init(events: [Event] = [], actions: [Action] = []) {
        (self.events, self.actions) = (events, actions)
    }
}
