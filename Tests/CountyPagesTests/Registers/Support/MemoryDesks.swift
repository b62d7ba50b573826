import CountyBooks
import Synchronization

/// Stations of a county and their enrolment tokens, in memory. A token makes its station known.
final class MemoryStations: StationDirectory, EnrolmentDesk {
    private struct State {
        var sights: [StationSight] = []
        var tokens: [OpenToken] = []
        var made = 0
        /// From which token on making one fails.
        var failing: Int?
        var fault = CountyFault("tokens", "takes no write")
    }

    /// Always the same secret, as no page but the sheet may show it.
    static let secret = "00112233445566778899aabbccddeeff"
    static let digest = String(repeating: "c0ffee01", count: 8)
    static let day: Int64 = 86_400_000

    private let state = Mutex(State())
    private let log: MemoryAccounts
    private let clock: @Sendable () -> Int64

    /// - Parameter log: takes the entries of changes.
    init(_ log: MemoryAccounts, clock: @escaping @Sendable () -> Int64) { (self.log, self.clock) = (log, clock) }

    func makeToken(station: String, days: Int, stamp: AuditStamp) throws -> String {
        let token = try makeToken(station: station, days: days)
        _ = try log.append(AuditEntry(stamp, .enrolmentMade, object: station))
        return token
    }

    func revokeTokens(station: String, stamp: AuditStamp) throws {
        revokeTokens(station: station)
        _ = try log.append(AuditEntry(stamp, .enrolmentRevoked, object: station))
    }

    /// The token of a station.
    static func token(_ station: String) -> String { "VLE1.\(station).\(secret).\(digest)" }

    func add(_ station: String, isEnrolled: Bool) {
        state.withLock { $0.sights.append(StationSight(station: station, isEnrolled: isEnrolled)) }
    }

    func fail(fromToken number: Int) { state.withLock { $0.failing = number } }

    /// Makes no token from now on.
    func fail(with fault: CountyFault) { state.withLock { ($0.failing, $0.fault) = (0, fault) } }

    func sights() -> [StationSight] { state.withLock { $0.sights.sorted { $0.station < $1.station } } }
    func countyClock() -> (now: Int64, doubt: String?) { (clock(), nil) }

    func makeToken(station: String, days: Int) throws -> String {
        try state.withLock { state in
            state.made += 1
            if let failing = state.failing, state.made >= failing {
                throw state.fault
            }
            if !state.sights.contains(where: { $0.station == station }) {
                state.sights.append(StationSight(station: station, isEnrolled: false))
            }
            let now = clock()
            state.tokens.append(OpenToken(station: station, made: now, expires: now + Int64(days) * Self.day))
            return Self.token(station)
        }
    }

    func openTokens() -> [OpenToken] {
        let now = clock()
        return state.withLock { $0.tokens.filter { $0.expires > now }.sorted { $0.station < $1.station } }
    }

    func revokeTokens(station: String) { state.withLock { $0.tokens.removeAll { $0.station == station } } }
}

/// Takes manifests as it is told to.
final class MemoryManifests: ManifestDesk {
    struct Taken: Sendable, Hashable {
        var text: String
        var station: String
        var isSkipping: Bool
    }

    private let state = Mutex<(taken: [Taken], fault: CountyFault?)>(([], nil))
    private let log: MemoryAccounts

    /// - Parameter log: takes the entries of what is loaded.
    init(_ log: MemoryAccounts) { self.log = log }

    var taken: [Taken] { state.withLock { $0.taken } }

    /// What it finds wrong with sheets, unless their bad rows are skipped.
    func refuse(_ fault: CountyFault) { state.withLock { $0.fault = fault } }

    func load(
        sheet: [UInt8],
        station: String,
        skippingBadRows: Bool,
        stamp: AuditStamp
    ) throws -> LoadedSheet {
        let loaded = try load(sheet, station, skippingBadRows)
        _ = try log.append(AuditEntry(stamp, .manifestImported, object: "\(station) \(loaded.id)"))
        return loaded
    }

    private func load(_ sheet: [UInt8], _ station: String, _ skippingBadRows: Bool) throws -> LoadedSheet {
        try state.withLock { state in
            if let fault = state.fault, !skippingBadRows { throw fault }
            let text = String(decoding: sheet, as: UTF8.self)
            state.taken.append(Taken(text: text, station: station, isSkipping: skippingBadRows))
            return LoadedSheet(id: "m20261121-0a", count: 2, notes: skippingBadRows ? ["row 3: left out"] : [])
        }
    }
}
