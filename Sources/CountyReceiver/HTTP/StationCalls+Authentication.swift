import CountySQLite
import GRDB
import Hummingbird
import LockerDomain
import Logging
import SyncWire

extension StationCalls {
    /// A call whose signature was checked.
    struct Caller: Sendable {
        var station: String
        var keyID: String
        /// Whether the station signs with this key now.
        var isCurrent: Bool
        /// `nil` when it is missing or cannot be read.
        var counter: LockerCounter?
    }

    /// What the books say to a counter.
    private enum Taken<Value: Sendable>: Sendable {
        case new(Value)
        /// It came already or is too old.
        case replayed(highest: LockerCounter)
    }

    /// The station that signed the call, under its present key and with a new counter. A call that is refused moves nothing.
    func authenticate(_ call: IncomingCall, _ parameters: Parameters) async throws -> String {
        try await authenticate(call, parameters) { _, station, _ in station }
    }

    /// The same, with what a call that is not refused changes in the books: one commit for both.
    ///
    /// - Parameter work: with the station that signed the call, and the county's time in milliseconds since 1970; as
    ///   `SharedCommit` does it.
    func authenticate<Value: Sendable>(
        _ call: IncomingCall,
        _ parameters: Parameters,
        _ work: @escaping @Sendable (_ db: Database, _ station: String, _ now: Int64) throws -> Value
    ) async throws -> Value {
        let caller = try await self.caller(of: call, parameters)
        guard caller.isCurrent else { throw Problem.unsigned("key \(caller.keyID) of \(caller.station) is an old one") }
        guard let counter = caller.counter else {
            throw Problem.malformed(
                "Locker-Counter is missing or not <start>.<n>, each of them at most \(Limits.counterMax)"
            )
        }
        switch try await take(counter, of: caller, work) {
        case .new(let value): return value
        case .replayed(let highest):
            throw Problem(
                .replayed,
                status: 409,
                title: "Seen before",
                detail: "Locker-Counter \(counter) came already or is too old; the highest is \(highest)",
                highest: highest
            )
        }
    }

    /// Does the work for a batch, and notes its counter: one commit for both. A batch may come late, on a USB stick, under an
    /// older key: storing it twice does no harm. It moves something only under the present key and with a new counter: else
    /// it is no sign of life, and its answer has no commands and no time.
    func noting<Value: Sendable>(
        _ caller: Caller,
        _ work: @escaping @Sendable (_ db: Database, _ now: Int64) throws -> Value
    ) async throws -> (value: Value, moves: Bool) {
        let now = county.now()
        let (value, moves, isShared) = try await county.store.commits.write { db -> (Value, Bool, Bool) in
            guard caller.isCurrent, let counter = caller.counter else { return (try work(db, now), false, false) }
            let (highest, isShared) = try Self.note(db, counter, of: caller, isRefused: false, at: now)
            return (try work(db, now), highest == nil, isShared)
        }
        if isShared { warnOfTwoBoards(caller) }
        return (value, moves)
    }

    func caller(of call: IncomingCall, _ parameters: Parameters) async throws -> Caller {
        let station = parameters.get("station") ?? ""
        try call.checkDigest()
        guard let keyID = call.keyID else { throw Problem.unsigned("no signature sig1 with a keyid") }
        let (isKnown, found) = try county.store.read { db in
            let found = try StationKey.find(db, station: station, keyID: keyID)
            return (try found != nil || StationRecord.find(db, station) != nil, found)
        }
        guard let known = found else {
            await noteStranger(station, keyID: keyID, isKnown: isKnown)
            guard isKnown else {
                throw Problem(
                    .unknownStation,
                    status: 401,
                    title: "Unknown station",
                    detail: "\(station) is not enrolled here"
                )
            }
            throw Problem.unsigned("\(station) has no key \(keyID): enrol it again")
        }
        try call.checkSignature(known.key, prefix: county.settings.pathPrefix)
        return Caller(
            station: station,
            keyID: keyID,
            isCurrent: known.isCurrent,
            counter: call.header("locker-counter").flatMap(LockerCounter.init)
        )
    }

    /// Takes a counter, and notes that the station was heard of; if it is new, does the work in the same transaction. Else the
    /// call is refused, and the station told so.
    private func take<Value: Sendable>(
        _ counter: LockerCounter,
        of caller: Caller,
        _ work: @escaping @Sendable (Database, String, Int64) throws -> Value
    ) async throws -> Taken<Value> {
        let now = county.now()
        let (taken, isShared) = try await county.store.commits.write { db -> (Taken<Value>, Bool) in
            let (highest, isShared) = try Self.note(db, counter, of: caller, isRefused: true, at: now)
            if let highest { return (.replayed(highest: highest), isShared) }
            return (.new(try work(db, caller.station, now)), isShared)
        }
        if isShared { warnOfTwoBoards(caller) }
        return taken
    }

    /// Takes a counter, and notes that the station was heard of where it is new.
    ///
    /// - Returns: the highest counter for one that is not new, and whether two boards have shown just now to use the key.
    private static func note(
        _ db: Database,
        _ counter: LockerCounter,
        of caller: Caller,
        isRefused: Bool,
        at now: Int64
    ) throws -> (highest: LockerCounter?, isShared: Bool) {
        var kept = try StationCounter.find(db, station: caller.station, keyID: caller.keyID)
        let before = kept
        let highest = kept.take(counter, at: now)
        if let highest, isRefused { kept.refuse(highest: highest, at: now) }
        if kept != before { try kept.keep(db, station: caller.station, keyID: caller.keyID) }
        if highest == nil { try StationRecord.heard(db, caller.station, at: now) }
        return (highest, kept.healings != before.healings && kept.healings.isTooMany(at: now))
    }

    private func warnOfTwoBoards(_ caller: Caller) {
        logger.error("\(caller.station): two boards use one identity, key \(caller.keyID)")
    }
}
