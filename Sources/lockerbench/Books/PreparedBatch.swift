import LockerDomain
import NIOCore
import SyncWire

/// The bytes of a request with a batch, compressed and signed before any clock starts. The same may go to several counties:
/// nothing in it is the county's own.
struct PreparedBatch: Sendable {
    let request: ByteBuffer

    /// Start number of the counters: above that of enrolments, which each county gets anew.
    private static let counterStart = 2

    /// - Parameter n: which call of its station it is, from 1.
    init(_ batch: FleetBatch, from station: BenchStation, n: Int) throws {
        let (path, body) = ("/v1/stations/\(station.id)/events", Gzip.compress(batch.body))
        let headers = try station.signed(
            "POST",
            path,
            headers: [
                ("content-type", Batch.contentType), ("content-encoding", "gzip"), ("locker-chain", batch.header.text),
            ],
            body: body,
            LockerCounter(start: Self.counterStart, n: n)
        )
        request = PlainConnection.request("POST", path, host: "127.0.0.1", headers: headers, body: body)
    }

    /// Sends it. A batch that the county keeps beside a chain, or for which it misses others, has done its work too.
    func send(over connection: PlainConnection) async throws {
        let answer = try await connection.exchange(request)
        guard answer.status == 200 || answer.status == 409 else {
            throw BenchFault("a batch: HTTP \(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        }
    }
}
