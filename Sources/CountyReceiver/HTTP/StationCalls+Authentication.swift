import GRDB
import Hummingbird
import SyncWire

extension StationCalls {
    /// The station that signed the call.
    func authenticate(
        _ call: IncomingCall,
        _ parameters: Parameters,
        isBatch: Bool = false
    ) async throws -> String {
        let station = parameters.get("station") ?? ""
        try call.checkDigest()
        guard let keyID = call.keyID else { throw Problem.unsigned("no signature sig1 with a keyid") }
        let (isKnown, found) = try await pool.read { db in
            (try StationRecord.find(db, station) != nil, try StationKey.find(db, station: station, keyID: keyID))
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
        // A batch may come late, on a USB stick, under an older key: playing it twice does no harm.
        if isBatch { return station }
        guard known.isCurrent else { throw Problem.unsigned("key \(keyID) of \(station) is an old one") }
        guard let counter = call.header("locker-counter").flatMap(LockerCounter.init) else {
            throw Problem.malformed("Locker-Counter is missing or not <start>.<n>")
        }
        let now = county.now()
        let highest = try await pool.write { db in
            try StationRecord.heard(db, station, at: now)
            return try StationKey.raise(db, station: station, keyID: keyID, to: counter)
        }
        if let highest {
            throw Problem(
                .replayed,
                status: 409,
                title: "Seen before",
                detail: "Locker-Counter \(counter) does not rise above \(highest)"
            )
        }
        return station
    }
}
