public import LockerDomain
public import StationPorts
public import SyncWire

/// What an answer means for the uplink. Pure.
public enum Verdict: Sendable, Equatable {
    /// Signed by the county, 2xx.
    case accepted
    /// The county expects this sequence next.
    case gap(expected: Int)
    /// The county has other bytes under these numbers.
    case forked
    /// The counter of the call is not new; the county has this one.
    case replayed(highest: LockerCounter)
    /// Send half as many events.
    case tooLarge
    /// The county cannot read the call (400), in its words.
    case unreadable(reason: String)
    /// Try again, not before so many milliseconds.
    case retry(afterMilliseconds: Int64?, reason: String)
    /// The county does not know or believe this station: alarm, keep trying slowly.
    case refused(reason: String)
    /// A portal, a proxy, HTML: never believed. The beginning of it is kept for the technician.
    case notTheCounty(String)

    /// Judges a reply. Only what the county signed, bound to our request, is believed (DESIGN 4.3).
    public init(_ reply: UplinkReply, to signature: [UInt8], from county: CountyKey) {
        guard Self.isSigned(reply, to: signature, by: county) else {
            let beginning = reply.body.prefix(120).map { (0x20...0x7E).contains($0) ? $0 : 0x20 }
            self = .notTheCounty("HTTP \(reply.status): \(String(decoding: beginning, as: UTF8.self))")
            return
        }
        self = Verdict(genuine: reply)
    }

    /// Judges a reply that is known to be the county's, for instance because its signature was checked.
    package init(genuine reply: UplinkReply) {
        if (200..<300).contains(reply.status) {
            self = .accepted
            return
        }
        let problem = try? CanonicalJSON.decode(Problem.self, from: reply.body)
        let reason = problem?.description ?? "HTTP \(reply.status)"
        if problem?.kind == .replayed, let highest = problem?.highest.flatMap(LockerCounter.init) {
            self = .replayed(highest: highest)
            return
        }
        switch reply.status {
        case 409 where problem?.kind == .gap: self = .gap(expected: max(1, problem?.expected ?? 1))
        case 409 where problem?.kind == .chainForked: self = .forked
        case 400: self = .unreadable(reason: reason)
        case 413: self = .tooLarge
        case 401, 403: self = .refused(reason: reason)
        default:
            let after = reply.header("retry-after").flatMap { Int64($0) }.map { min(max($0, 0), 3_600) * 1_000 }
            self = .retry(afterMilliseconds: after, reason: reason)
        }
    }

    /// Why the call did not succeed; `nil` when it did, or when the station knows what to do at once.
    public var fault: LinkFault? {
        switch self {
        case .accepted, .forked: nil
        case .gap(let expected): .askedAgain(sequence: expected)
        case .replayed(let highest): .replayed(highest: highest.description)
        case .tooLarge: .eventTooLarge
        case .unreadable(let reason), .retry(_, let reason): .countyBusy(LinkFault.brief(reason))
        case .refused(let reason): .stationRefused(LinkFault.brief(reason))
        case .notTheCounty: .notTheCounty
        }
    }

    package static func isSigned(_ reply: UplinkReply, to signature: [UInt8], by county: CountyKey) -> Bool {
        guard let digest = reply.header("content-digest"), ContentDigest.matches(digest, body: reply.body),
            let input = reply.header("signature-input"), let header = reply.header("signature"),
            let bytes = MessageSignature.bytes(in: header)
        else { return false }
        let message = MessageSignature.answer(
            status: reply.status,
            contentDigest: digest,
            requestSignature: signature,
            keyID: county.id
        )
        return message.isCovered(by: input) && county.isValid(signature: bytes, of: message.base)
    }
}
