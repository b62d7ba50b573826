import LockerDomain
import SimulatedStation
import StationEngine
import StationPorts
import SyncWire
import Testing

@Suite("Commands of the county")
struct CommandTests {
    private let linked: Linked

    init() async throws { linked = Linked(try await Bench().started()) }

    private func command(
        _ number: Int,
        _ type: String,
        _ data: JSONValue = .object([:]),
        expires: String = "2027-01-01T00:00:00.000Z",
        station: String = Bench.station
    ) throws -> CommandMessage {
        try CommandMessage(
            id: "c\(number)",
            number: number,
            station: station,
            type: type,
            issued: "2026-05-01T00:00:00.000Z",
            expires: expires,
            data: data
        ).signed(by: linked.bench.people.county)
    }

    private func manifest(_ number: Int, _ entries: [ManifestEntry], digest: String? = nil) throws -> CommandMessage {
        let body = try CanonicalJSON.encode(ManifestMessage(id: "m\(number)", entries: entries))
        linked.county.change { $0.manifests["m\(number)"] = body }
        let reference = CommandMessage.ManifestReference(
            manifest: "m\(number)",
            count: entries.count,
            sha256: digest ?? Digest.sha256(body)
        )
        return try command(number, "manifest", JSONValue(encoding: reference))
    }

    private func entry(_ waybill: Waybill) -> ManifestEntry {
        ManifestEntry(waybill: waybill, brand: "YTO", operatorName: "x", phoneMasked: "1******5678")
    }

    private func isDone(_ number: Int) async throws {
        try await eventually("command \(number) is done") { await linked.bench.engine.lastCommand() >= number }
    }

    private var failures: [Int: String] {
        var failures: [Int: String] = [:]
        for case .commandFailed(let fact) in Books(linked.bench.journal.all).events {
            failures[fact.number] = fact.reason
        }
        return failures
    }

    @Test("a manifest is fetched, checked and announced, once, although the command stays listed")
    func manifestArrives() async throws {
        linked.county.give(try manifest(1, [entry("YT8962646785301"), entry("YT8962646785302")]))
        try await linked.run {
            try await isDone(1)
            await linked.bench.type("12")
            try await linked.allArrives()
        }
        #expect(await linked.bench.parcel("YT8962646785301")?.status == .expected)
        #expect(Books(linked.bench.journal.all).types.count { $0 == .commandReceived } == 1)
        #expect(failures.isEmpty)
    }

    @Test("a manifest that cannot be fetched is fetched again")
    func manifestLater() async throws {
        linked.county.change { $0.failingManifests = 1 }
        linked.county.give(try manifest(1, [entry("YT8962646785301")]))
        try await linked.run {
            try await eventually("one fetch failed") { linked.county.calls("/manifests/m1") > 0 }
            await linked.bench.type("12")
            try await isDone(1)
        }
        #expect(await linked.bench.parcel("YT8962646785301") != nil)
    }

    @Test("a manifest of other bytes than the command names is failed")
    func otherManifest() async throws {
        linked.county.give(try manifest(1, [entry("YT8962646785301")], digest: String(repeating: "0", count: 64)))
        try await linked.run { try await isDone(1) }
        #expect(failures == [1: "its data cannot be read"])
        #expect(await linked.bench.state.parcels.isEmpty)
    }

    @Test("an entry that fits no event fails its command and nothing else")
    func hugeEntry() async throws {
        var huge = entry("YT8962646785301")
        huge.bag = String(repeating: "x", count: 20_000)
        linked.county.give(try manifest(1, [huge]))
        linked.county.give(try manifest(2, [entry("YT8962646785302")]))
        try await linked.run { try await isDone(2) }
        #expect(failures == [1: "its data cannot be read"])
        #expect(await linked.bench.storage == .ok)
        #expect(await linked.bench.parcel("YT8962646785302") != nil)
    }

    @Test("a command with a wrong signature or for another station is ignored, a genuine one after it is not")
    func forged() async throws {
        var forged = try manifest(1, [entry("YT8962646785301")])
        forged.number = 2
        linked.county.give(forged)
        linked.county.give(try command(3, "pins", station: "yc-other-1"))
        linked.county.give(try manifest(4, [entry("YT8962646785304")]))
        try await linked.run { try await isDone(4) }
        let received = Books(linked.bench.journal.all).types.count { $0 == .commandReceived }
        #expect(received == 1)
        #expect(await linked.bench.parcel("YT8962646785301") == nil)
        #expect(await linked.bench.parcel("YT8962646785304") != nil)
    }

    @Test("an expired command, an unknown one and one with odd data are failed with a reason")
    func failed() async throws {
        linked.county.give(try command(1, "pins", .object(["pins": .array([])]), expires: "2026-01-01T00:00:00.000Z"))
        linked.county.give(try command(2, "selfDestruct"))
        linked.county.give(try command(3, "pins", .object(["pins": .string("none")])))
        try await linked.run { try await isDone(3) }
        #expect(
            failures == [1: "expired", 2: "this version knows no such command", 3: "its data cannot be read"]
        )
    }

    @Test("PIN verifiers are kept beside the keys and work at once")
    func pins() async throws {
        let pin = PINVerifier(badge: "0000000000000002", salt: "01", cost: 2, blockSize: 1, parallelism: 1, hash: "02")
        linked.county.give(try command(1, "pins", JSONValue(encoding: CommandMessage.PINList(pins: [pin]))))
        try await linked.run { try await isDone(1) }
        #expect(try linked.bench.keys.pins() == [pin])
        await linked.bench.scan(linked.bench.people.keeper)
        #expect(await linked.bench.type(Bench.pin) == [.pinRight])
    }

    @Test("a command that meets a broken disk is carried out when the disk is well again")
    func brokenDisk() async throws {
        linked.bench.journal.breakDown(.broken)
        linked.county.give(try manifest(1, [entry("YT8962646785301")]))
        try await linked.run {
            try await eventually("it is listed") { linked.county.calls("/commands") > 1 }
            linked.bench.journal.mend()
            await linked.bench.advance(5_000)
            try await isDone(1)
        }
        #expect(await linked.bench.parcel("YT8962646785301") != nil)
    }

    @Test("a county that answers an empty list at once is not asked in a loop")
    func emptyAtOnce() async throws {
        linked.county.change { $0.answersCommandsAtOnce = true }
        try await linked.run {
            try await linked.allArrives()
            for number in 0..<30 {
                await linked.bench.type("99\(number)")
                try await linked.allArrives()
            }
        }
        #expect(linked.county.calls("/commands") < 30)
    }
}
