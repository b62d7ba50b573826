/// A printed command card (指令卡): everything a station without a screen or keyboard needs, as barcodes that read
/// `VLK1:` and words of capital letters, digits and hyphens, so that every symbology and keyboard layout carries them.
public enum Card: Sendable, Hashable {
    // MARK: What the session is about

    /// Parcels in (下行收件); says that none is damaged, of another weight, fresh or valuable but those after an
    /// exception card.
    case receive
    /// Shipments out (上行收寄) at the counter.
    case outbound
    /// A villager's drop-off (自助寄件) in a door.
    case dropOff
    /// Takes back what is overdue, refused or recalled (取回).
    case retrieve
    /// The keeper hands out (人工出件).
    case handOut
    /// The keeper told the recipient in person (已当面通知).
    case told
    /// An agent takes what delegating villagers get (代取).
    case take
    /// An agent delivered it (已送达).
    case delivered
    /// A parcel moves to another place (移位).
    case move
    /// The hold period grows (延长保管).
    case extend
    /// Two numbers are one parcel (转单号): the old one, then the one on the label.
    case join
    /// Ends the step under way, else the session (结束).
    case end

    // MARK: At a door

    case reopen, refuse, abnormal, next, yes, no, empty, audit
    case door(String)
    case shelf(String)
    /// Why occupied doors are opened in an audit: 1 … 9 of the printed list.
    case reason(Int)

    // MARK: Runs (班次)

    case run(String)
    /// The driver's hand-over card: all of the run is checked in at once.
    case handOver(String)
    case bag(String)
    case seal(String)
    /// The next scan is the number on the bag that shipments go into.
    case nextBag
    /// The next scan is the number on the seal: nobody prints a card for a seal that is used once.
    case nextSeal

    // MARK: Parcels

    case exception(ParcelException)
    case report(ParcelReport)

    // MARK: Delegation

    case delegate(DelegateKind)
    case withdraw

    // MARK: Shipments

    case kind(ShipmentKind)
    case category(String)
    case platform(String)
    /// The next scan is the order number (订单号).
    case order
    /// The next scan is the reference of the real-name record (实名收寄).
    case realName
    /// The person of the session looked inside (收寄验视).
    case inspected
    /// Went through the machine (过机安检).
    case screened
    /// Goes out of the county: counts for the subsidy.
    case outside
    /// Used packaging is used again.
    case reuse
    /// The next scan is the reference of a photo.
    case photo
    /// The sender has no label: the station makes a number (面单).
    case label
    case accept
    case reject(ShipmentRefusal)

    // MARK: Service

    case complaint(Int)
    case survey
    case digit(Int)
}

/// What a courier must not put into a locker without saying so (令2019-16, DOMAIN 2.1).
public enum ParcelException: String, Sendable, Codable, CaseIterable {
    case damaged, weight, fresh, valuable
}

/// What somebody found wrong with a parcel.
public enum ParcelReport: String, Sendable, Codable, CaseIterable {
    case damaged, short, lost
}

/// Who may take parcels for a villager.
public enum DelegateKind: String, Sendable, Codable, CaseIterable {
    /// A village agent with a badge (代办员).
    case agent
    /// A relative, known by a parcel of their own (亲属).
    case relative
}

/// What a shipment is (上行).
public enum ShipmentKind: String, Sendable, Codable, CaseIterable {
    /// Farm produce (农副产品).
    case produce
    case ordinary
    /// Goods going back (退货).
    case returned
}

/// Why a shipment is not taken.
public enum ShipmentRefusal: String, Sendable, Codable, CaseIterable {
    /// Nothing shows who sends it (实名).
    case noRealName
    /// What is inside may not go (禁寄).
    case forbidden
    /// The machine found something (安检).
    case screening
    /// Packed badly.
    case packaging
    /// Outside the area that the operator has filed (超地域收件).
    case outOfArea
    /// The sender wants it back.
    case sender
}

extension Card {
    /// What stands before the words of every card.
    public static let prefix = "VLK1:"

    /// What stands before the digit of a digit card.
    private static let digitPrefix = prefix + "DIGIT:"

    /// Whether a text is that of a card, of this version or another.
    package static func isCard(_ text: String) -> Bool { text.begins(withCapitals: prefix) }

    /// Whether a text is that of a digit card: it may be part of a code.
    package static func isDigit(_ text: String) -> Bool { text.begins(withCapitals: digitPrefix) }

    /// The barcode's text.
    public var text: String { Self.prefix + words.joined(separator: ":") }

    private var words: [String] {
        switch self {
        case .receive: ["RECEIVE"]
        case .outbound: ["OUTBOUND"]
        case .dropOff: ["DROPOFF"]
        case .retrieve: ["RETRIEVE"]
        case .handOut: ["HANDOUT"]
        case .told: ["TOLD"]
        case .take: ["TAKE"]
        case .delivered: ["DELIVERED"]
        case .move: ["MOVE"]
        case .extend: ["EXTEND"]
        case .join: ["JOIN"]
        case .end: ["END"]
        case .reopen: ["REOPEN"]
        case .refuse: ["REFUSE"]
        case .abnormal: ["ABNORMAL"]
        case .next: ["NEXT"]
        case .yes: ["YES"]
        case .no: ["NO"]
        case .empty: ["EMPTY"]
        case .audit: ["AUDIT"]
        case .door(let name): ["DOOR", name.uppercased()]
        case .shelf(let place): ["SHELF", place.uppercased()]
        case .reason(let number): ["REASON", String(number)]
        case .run(let id): ["RUN", RunCard.printable(id.uppercased())]
        case .handOver(let run): ["HANDOVER", RunCard.printable(run.uppercased())]
        case .bag(let number): ["BAG", number.uppercased()]
        case .seal(let number): ["SEAL", number.uppercased()]
        case .nextBag: ["BAG"]
        case .nextSeal: ["SEAL"]
        case .exception(let kind): ["EX", kind.rawValue.uppercased()]
        case .report(let kind): ["REPORT", kind.rawValue.uppercased()]
        case .delegate(let kind): ["DELEGATE", kind.rawValue.uppercased()]
        case .withdraw: ["WITHDRAW"]
        case .kind(let kind): ["KIND", kind.rawValue.uppercased()]
        case .category(let name): ["CATEGORY", name.uppercased()]
        case .platform(let name): ["PLATFORM", name.uppercased()]
        case .order: ["ORDER"]
        case .realName: ["REALNAME"]
        case .inspected: ["INSPECTED"]
        case .screened: ["SCREENED"]
        case .outside: ["OUTSIDE"]
        case .reuse: ["REUSE"]
        case .photo: ["PHOTO"]
        case .label: ["LABEL"]
        case .accept: ["ACCEPT"]
        case .reject(let reason): ["REJECT", reason.rawValue.uppercased()]
        case .complaint(let category): ["COMPLAINT", String(category)]
        case .survey: ["SURVEY"]
        case .digit(let digit): ["DIGIT", String(digit)]
        }
    }

    /// Reads the folded text of a card; `nil` for what is no card of this version.
    public init?(text: String) {
        let upper = text.uppercased()
        guard upper.hasPrefix(Self.prefix) else { return nil }
        let words = upper.dropFirst(Self.prefix.count).split(separator: ":", maxSplits: 1).map(String.init)
        guard let first = words.first else { return nil }
        if words.count == 2 {
            guard let card = Self.card(first, with: words[1]) else { return nil }
            self = card
        } else {
            guard let card = Self.plain[first] else { return nil }
            self = card
        }
    }

    private static let plain: [String: Card] = Dictionary(
        uniqueKeysWithValues: plainCards.map { ($0.words[0], $0) }
    )

    /// The cards of one word.
    package static let plainCards: [Card] = [
        .receive, .outbound, .dropOff, .retrieve, .handOut, .told, .take, .delivered, .move, .extend, .join, .end,
        .reopen, .refuse, .abnormal, .next, .yes, .no, .empty, .audit, .withdraw, .order, .realName, .inspected,
        .screened,
        .outside, .reuse, .photo, .label, .accept, .nextBag, .nextSeal, .survey,
    ]

    private static func card(_ first: String, with word: String) -> Card? {
        let number = word.utf8.count <= 2 ? Int(word) : nil
        switch first {
        case "DOOR": return .door(word)
        case "SHELF": return .shelf(word)
        case "REASON": return number.flatMap { (1...9).contains($0) ? .reason($0) : nil }
        case "RUN": return .run(RunCard.readable(word))
        case "HANDOVER": return .handOver(RunCard.readable(word))
        case "BAG": return .bag(word)
        case "SEAL": return .seal(word)
        case "EX": return named(word, ParcelException.allCases).map { .exception($0) }
        case "REPORT": return named(word, ParcelReport.allCases).map { .report($0) }
        case "DELEGATE": return named(word, DelegateKind.allCases).map { .delegate($0) }
        case "KIND": return named(word, ShipmentKind.allCases).map { .kind($0) }
        case "CATEGORY": return .category(word)
        case "PLATFORM": return .platform(word)
        case "REJECT": return named(word, ShipmentRefusal.allCases).map { .reject($0) }
        case "COMPLAINT": return number.flatMap { (1...9).contains($0) ? .complaint($0) : nil }
        case "DIGIT": return number.flatMap { (0...9).contains($0) ? .digit($0) : nil }
        default: return nil
        }
    }

    private static func named<Kind: RawRepresentable<String>>(_ word: String, _ all: [Kind]) -> Kind? {
        all.first { $0.rawValue.uppercased() == word }
    }
}

extension String {
    /// Whether it begins so, in capitals or small letters; without making the capitals of a text that does not.
    fileprivate func begins(withCapitals prefix: String) -> Bool {
        utf8.count >= prefix.utf8.count && zip(utf8, prefix.utf8).allSatisfy { $0.capital == $1 }
    }
}
