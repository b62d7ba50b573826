import CountyReceiver
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LockerDomain
import StationPorts
import SyncWire
import Synchronization

/// The county that ships, in a directory of its own; stations call its routes without a socket.
final class RealCounty: Sendable {
    let directory = NSTemporaryDirectory() + "county-\(UUID().uuidString)"
    let county: County

    init() throws {
        let settings = CountySettings(dataDirectory: directory, publicURL: "https://county.example.cn/locker")
        county = try County(opening: settings, clock: CountyClock(wall: { Bench.firstMorning }))
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    /// Serves while the work is done.
    func serving(_ work: @escaping @Sendable (CountyLink) async throws -> Void) async throws {
        try await makeCountyApplication(county, logger: Bench.quiet).test(.router) { try await work(CountyLink($0)) }
    }

    /// A token for the station of a bench.
    func token() throws -> String { try county.makeEnrolmentToken(station: Bench.station).token.description }

    /// The station as clerks see it.
    func overview() throws -> County.StationOverview? { try county.overview().first { $0.station == Bench.station } }
}

/// A line to the routes of a county, which notes how each call ended.
final class CountyLink: UplinkPort {
    struct Call: Sendable {
        var path: String
        var status: Int
    }

    private let client: any TestClientProtocol
    private let ended = Mutex<[Call]>([])

    init(_ client: any TestClientProtocol) { self.client = client }

    /// How many calls to a path that ends so had such a status.
    func calls(_ suffix: String, _ status: Int) -> Int {
        ended.withLock { $0.count { $0.path.hasSuffix(suffix) && $0.status == status } }
    }

    /// How many calls were refused as replayed, or as events of another chain.
    var refused: Int { calls("", 409) }

    func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        var fields = HTTPFields()
        for header in request.headers {
            if let name = HTTPField.Name(header.name) { fields.append(HTTPField(name: name, value: header.value)) }
        }
        let response = try await client.executeRequest(
            uri: request.path,
            method: HTTPRequest.Method(rawValue: request.method) ?? .get,
            headers: fields,
            body: request.body.isEmpty ? nil : ByteBuffer(bytes: request.body)
        )
        let path = request.path.split(separator: "?").first.map(String.init) ?? ""
        ended.withLock { $0.append(Call(path: path, status: response.status.code)) }
        return UplinkReply(
            status: response.status.code,
            headers: response.headers.map { ($0.name.canonicalName, $0.value) },
            body: Array(response.body.readableBytesView)
        )
    }

    func reach() async -> Reachability { .accepted }
}
