import CountySQLite
import GRDB
import Hummingbird
import LockerDomain
import SyncWire

extension StationCalls {
    /// `GET …/incarnations`: which journals of the station the county has, so that a station that lost its own finds what
    /// it has to ask for (DESIGN 4.9).
    func sendIncarnations(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let station = try await authenticate(call, parameters)
        let clock = try county.clockNow()
        let now = clock.lastGood
        let items = try county.store.read { db in
            try IncarnationRecord.all(db, station: station).map { chain in
                IncarnationList.Item(
                    incarnation: chain.id,
                    first: try chain.first(db, receivedSince: now - Limits.recoveryDays * 86_400_000)
                        ?? chain.acknowledged + 1,
                    acknowledged: chain.acknowledged,
                    hash: Hex.encode(chain.hash)
                )
            }
        }
        return try .json(IncarnationList(incarnations: items, time: clock.signedTime))
    }
}
