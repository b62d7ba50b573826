import CountyReceiver
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LockerDomain
import LockerTestKit
import Logging
import NIOCore
import StationPorts
import Testing

/// The county that ships behind the real routes, without a socket: what it stores, refuses and signs is what ships. Its signing
/// key is that of `TestKeys`, so that their badges are good here.
final class KeyedCounty: UplinkPort {
    let county: County
    private let client: any TestClientProtocol

    private init(_ county: County, _ client: any TestClientProtocol) { (self.county, self.client) = (county, client) }

    /// Runs a county while the work is done; its clock stands at the first morning.
    static func serving(_ work: @Sendable (KeyedCounty) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "county-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/keys", withIntermediateDirectories: true)
        try Data(TestKeys.countyBytes).write(to: URL(filePath: folder + "/keys/signing"))
        try Data(TestKeys.countyExchangeBytes).write(to: URL(filePath: folder + "/keys/exchange"))
        let county = try County(
            opening: CountySettings(dataDirectory: folder, publicURL: "https://county.example.cn/locker"),
            clock: CountyClock(wall: { Bench.firstMorning })
        )
        try await makeCountyApplication(county, logger: Bench.quiet).test(.router) { client in
            try await work(KeyedCounty(county, client))
        }
    }

    func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        var fields = HTTPFields()
        for header in request.headers {
            fields.append(HTTPField(name: try #require(HTTPField.Name(header.name)), value: header.value))
        }

        let response = try await client.executeRequest(
            uri: "/locker" + request.path,
            method: try #require(HTTPRequest.Method(request.method)),
            headers: fields,
            body: request.body.isEmpty ? nil : ByteBuffer(bytes: request.body)
        )
        return UplinkReply(
            status: response.status.code,
            headers: response.headers.map { ($0.name.canonicalName, $0.value) },
            body: Array(response.body.readableBytesView)
        )
    }

    func reach() async -> Reachability { .accepted }
}
