/// Why a call to the county did not succeed. The adapter that talks to the network fills it from typed errors;
/// `LinkFault+Words.swift` says it to people.
public enum LinkFault: Error, Sendable, Hashable {
    // MARK: On the way to the county

    /// The name servers know no such host.
    case nameNotFound
    /// No name server answers: mostly there is no network at all.
    case nameServerSilent
    /// The machine is reachable, nothing listens at the port.
    case refused
    /// No route: no link, no address, or a router that says so.
    case noRoute
    /// No connection within so many seconds, the TLS handshake included.
    case noConnection(seconds: Int64)
    /// Connected, but no whole answer within so many seconds.
    case noAnswer(seconds: Int64)
    /// Connected, then cut: reset, or closed without a whole answer.
    case cut

    // MARK: TLS and HTTP

    /// A valid certificate of another name.
    case wrongName
    /// The certificate ended at `end` by the machine's clock; both in milliseconds since 1970.
    case expired(end: Int64, clock: Int64)
    /// The certificate begins at `begin`, later than the machine's clock; both in milliseconds since 1970.
    case notYetValid(begin: Int64, clock: Int64)
    /// The certificate is of no authority that this machine knows.
    case unknownIssuer
    /// The file with the county's authorities, which the configuration names, cannot be read.
    case noAuthorities(String)
    /// `https` in the URL, but no TLS is spoken at the port.
    case noTLS
    /// `http` in the URL, but TLS is spoken at the port.
    case needsTLS
    /// A handshake failed for another reason.
    case tlsRefused
    /// What answers is not HTTP.
    case notHTTP
    /// The answer has more bytes than a station reads.
    case answerTooLarge

    // MARK: What answered

    /// Not signed by the county: a portal or a proxy.
    case notTheCounty
    /// The county does not know or believe the station, in its words.
    case stationRefused(String)
    /// The county cannot take it now, in its words.
    case countyBusy(String)
    /// The county takes not even one event a call.
    case eventTooLarge
    /// The county calls this one event unreadable, in its words.
    case eventRefused(sequence: Int, String)
    /// The county asks again for events that it had before, from this one on.
    case askedAgain(sequence: Int)
    /// The county has taken this call's counter or a later one already: `<start>.<n>` is its highest.
    case replayed(highest: String)
    /// Two boards have this station's identity: each raised its start number over the other's, three times within a day.
    case twoBoards
    /// The station's own keys cannot be used, with the cause.
    case keysUnusable(String)
    /// Anything else, in one short line.
    case other(String)
}

extension LinkFault {
    /// The fault behind any error. What nobody foresaw is cut to one short line without build paths.
    public init(_ error: any Error) {
        if let fault = error as? LinkFault { self = fault } else { self = .other(Self.withoutPaths("\(error)")) }
    }

    /// Characters of a fault in somebody else's words.
    private static let briefCharactersMax = 120

    /// The first line of a text, cut short.
    public static func brief(_ text: String) -> String {
        String((text.split(whereSeparator: \.isNewline).first ?? "").prefix(briefCharactersMax))
    }

    /// Without `…/file.cc:123`: where a library was built helps nobody at the station.
    private static func withoutPaths(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first ?? ""
        return brief(line.split(separator: " ").filter { !isBuildPath($0) }.joined(separator: " "))
    }

    private static func isBuildPath(_ word: Substring) -> Bool {
        guard word.contains("/"), let colon = word.lastIndex(of: ":") else { return false }
        return word[word.index(after: colon)...].first?.isNumber == true
    }

    /// Whether a smaller body may get through: the connection stood and no whole answer came.
    public var maySizeMatter: Bool {
        switch self {
        case .noAnswer, .cut: true
        default: false
        }
    }

    /// Whether it is certain that the county's address took no connection. A handshake that hangs in a connection that was
    /// taken is `noConnection`, too, so that one does not tell.
    public var tookNoConnection: Bool {
        switch self {
        case .nameNotFound, .nameServerSilent, .refused, .noRoute: true
        default: false
        }
    }

    /// Whether the county itself asked for patience, or takes the call for wrong: another call that gets through says
    /// nothing about this one.
    public var isWishOfTheCounty: Bool {
        switch self {
        case .countyBusy, .eventTooLarge, .eventRefused, .askedAgain, .twoBoards: true
        default: false
        }
    }

    /// A stable word for programs.
    public var code: String {
        switch self {
        case .nameNotFound: "nameNotFound"
        case .nameServerSilent: "nameServerSilent"
        case .refused: "refused"
        case .noRoute: "noRoute"
        case .noConnection: "noConnection"
        case .noAnswer: "noAnswer"
        case .cut: "cut"
        case .wrongName: "wrongName"
        case .expired: "expired"
        case .notYetValid: "notYetValid"
        case .unknownIssuer: "unknownIssuer"
        case .noAuthorities: "noAuthorities"
        case .noTLS: "noTLS"
        case .needsTLS: "needsTLS"
        case .tlsRefused: "tlsRefused"
        case .notHTTP: "notHTTP"
        case .answerTooLarge: "answerTooLarge"
        case .notTheCounty: "notTheCounty"
        case .stationRefused: "stationRefused"
        case .countyBusy: "countyBusy"
        case .eventTooLarge: "eventTooLarge"
        case .eventRefused: "eventRefused"
        case .askedAgain: "askedAgain"
        case .replayed: "replayed"
        case .twoBoards: "twoBoards"
        case .keysUnusable: "keysUnusable"
        case .other: "other"
        }
    }
}
