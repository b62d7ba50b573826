import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Synchronization
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

    private func order(_ number: Int, _ type: String, _ data: some Encodable) throws -> CommandMessage {
        try command(number, type, JSONValue(encoding: data))
    }

    private func manifest(
        _ number: Int,
        _ entries: [ManifestEntry],
        digest: String? = nil,
        of other: Linked? = nil
    ) throws -> CommandMessage {
        let body = try CanonicalJSON.encode(ManifestMessage(id: "m\(number)", entries: entries))
        (other ?? linked).county.change { $0.manifests["m\(number)"] = body }
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
        try await eventually("command \(number) is done") {
            await linked.bench.engine.settledCommands().highest >= number
        }
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

    @Test("a manifest whose answer is never whole gets twice the time with each try, up to eight minutes")
    func slowManifest() async throws {
        let pace = ScaledClock(start: 0, speed: 500, bootID: "pace")
        let linked = Linked(try await Bench().started(), pace: pace)
        linked.county.change { $0.failingManifests = 7 }
        linked.county.give(try manifest(1, [entry("YT8962646785301")], of: linked))
        try await linked.run {
            try await eventually("it is done") { await linked.bench.engine.settledCommands().highest == 1 }
            #expect(linked.county.state.withLock { $0.manifestSeconds } == [30, 60, 120, 240, 480, 480, 480, 480])
            linked.county.give(try manifest(2, [entry("YT8962646785302")], of: linked))
            try await eventually("the next is done") { await linked.bench.engine.settledCommands().highest == 2 }
        }
        #expect(linked.county.state.withLock { $0.manifestSeconds.last } == 30)
    }

    @Test("a manifest of other bytes than the command names is failed")
    func otherManifest() async throws {
        linked.county.give(try manifest(1, [entry("YT8962646785301")], digest: String(repeating: "0", count: 64)))
        try await linked.run { try await isDone(1) }
        #expect(failures == [1: "its data cannot be read"])
        #expect(await linked.bench.state.parcels.isEmpty)
    }

    @Test("an entry that fits no event is named, and the lines beside it and the commands behind it are taken")
    func hugeEntry() async throws {
        var huge = entry("YT8962646785301")
        huge.bag = String(repeating: "x", count: 20_000)
        linked.county.give(try manifest(1, [huge, entry("YT8962646785303")]))
        linked.county.give(try manifest(2, [entry("YT8962646785302")]))
        try await linked.run { try await isDone(2) }
        #expect(failures[1]?.contains("bag is empty, has more than 64 characters") == true)
        #expect(await linked.bench.storage == .ok)
        #expect(await linked.bench.parcel("YT8962646785303") != nil)
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

    @Test(
        "without the county's time a command is done by the station's own confirmed clock, and none is failed as over"
    )
    func withoutTime() async throws {
        linked.county.change { $0.tellsTime = false }
        linked.county.give(try manifest(1, [entry("YT8962646785301")]))
        linked.county.give(try command(2, "pins", .object(["pins": .array([])]), expires: "2026-01-01T00:00:00.000Z"))
        try await linked.run {
            try await isDone(1)
            await linked.bench.type("12")
            try await linked.allArrives()
        }
        #expect(await linked.bench.engine.settledCommands().highest == 1)
        #expect(failures.isEmpty)
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

    @Test("what the county says of a parcel inside is done: told, not told, extended, recalled, a new code")
    func parcelCommands() async throws {
        let (one, two): (Waybill, Waybill) = ("YT8962646785301", "YT8962646785302")
        await linked.bench.deposit(one)
        await linked.bench.deposit(two)
        let notices = [Notice(waybill: one), Notice(waybill: two, failure: "空号")]
        linked.county.give(try order(1, "notices", CommandMessage.NoticeList(notices: notices)))
        linked.county.give(try order(2, "extendHold", CommandMessage.HoldExtension(waybill: one, hours: 48)))
        linked.county.give(try order(3, "recall", CommandMessage.Recall(waybills: [two])))
        linked.county.give(try order(4, "reissue", CommandMessage.Reissue(waybill: one, n: 7)))
        linked.county.give(try order(5, "revokeBadge", CommandMessage.BadgeRevocation(badge: "00ff00ff00ff00ff")))
        try await linked.run { try await isDone(5) }
        #expect(failures.isEmpty)
        let types = Books(linked.bench.journal.all).types
        for type in [
            EventType.parcelNoticed, .parcelNoticeFailed, .parcelHoldExtended, .parcelRecalled, .parcelCodeReissued,
            .sessionBadgeRevoked,
        ] {
            #expect(types.contains(type), "\(type)")
        }
        let parcel = try #require(await linked.bench.parcel(one))
        #expect(parcel.n == 7)
        #expect(parcel.hold.noticed)
        #expect(parcel.hold.extraHours == 48)
        #expect(await linked.bench.parcel(two)?.hold.isRecalled == true)
    }

    static let unreadable: [(type: String, json: String, reason: String)] = [
        ("notices", #"{"notices":[]}"#, "0 parcels: 1 to 2000 fit one command"),
        ("notices", #"{"notices":[{"waybill":"YT8962646785301"},{"waybill":"YT8962646785301"}]}"#, "named twice"),
        ("notices", #"{"notices":[{"waybill":"yt8962646785301"}]}"#, "is not a waybill number"),
        ("notices", #"{"notices":{"waybill":"YT8962646785301"}}"#, "its data cannot be read"),
        ("extendHold", #"{"waybill":"YT8962646785301","hours":0}"#, "0 hours: 1 to 720 can be added"),
        ("extendHold", #"{"waybill":"YT8962646785301","hours":721}"#, "721 hours"),
        ("extendHold", #"{"waybill":"YT8962646785301"}"#, "its data cannot be read"),
        ("recall", #"{"waybills":"YT8962646785301"}"#, "its data cannot be read"),
        ("reissue", #"{"waybill":"YT8962646785301","n":-1}"#, "its data cannot be read"),
        ("reissue", #"{"waybill":"YT8962646785301","n":4294967296}"#, "its data cannot be read"),
        ("revokeBadge", #"{"badge":"00FF00FF00FF00FF"}"#, "16 hex digits in lower case"),
        ("revokeBadge", #"{"badge":7}"#, "its data cannot be read"),
    ]

    @Test("data that cannot be read, or asks too much, fails its command with the reason", arguments: unreadable)
    func badData(_ row: (type: String, json: String, reason: String)) async throws {
        let data = try CanonicalJSON.decode(JSONValue.self, from: Array(row.json.utf8))
        linked.county.give(try command(1, row.type, data))
        try await linked.run { try await isDone(1) }
        #expect(failures[1]?.contains(row.reason) == true, "\(failures)")
    }

    @Test("more parcels than fit one command, and a reason without end, are failed")
    func tooMany() async throws {
        let many = (0...Limits.manifestEntriesMax).map { Waybill(rawValue: "YT\(8_962_646_780_000 + $0)") }
        linked.county.give(try order(1, "recall", CommandMessage.Recall(waybills: many)))
        let notice = Notice(waybill: "YT8962646785301", failure: String(repeating: "无", count: 90))
        linked.county.give(try order(2, "notices", CommandMessage.NoticeList(notices: [notice])))
        try await linked.run { try await isDone(2) }
        #expect(failures[1]?.contains("2001 parcels") == true)
        #expect(failures[2]?.contains("more than 256 bytes") == true)
    }

    @Test("a manifest that is not to be had is not asked for with each batch, and holds up no event")
    func patience() async throws {
        let linked = Linked(try await Bench().started(), jitter: 255)
        linked.county.change { $0.failingManifests = .max }
        linked.county.give(try manifest(1, [entry("YT8962646785301")], of: linked))
        try await linked.run {
            for number in 0..<40 {
                await linked.bench.type("99\(number)")
                try await linked.allArrives()
            }
            #expect(linked.county.batches.count >= 40)
            #expect(linked.county.calls("/manifests/m1") <= 6)
            // A link that comes up ends the pause.
            linked.county.change { $0.failingManifests = 0 }
            await linked.runner.linkCameUp()
            try await eventually("it is done") { await linked.bench.engine.settledCommands().highest == 1 }
        }
    }

    @Test("a manifest that is not to be had holds up no command behind it, and after an hour it is a fault")
    func holdsUpNone() async throws {
        let pace = ScaledClock(start: 0, speed: 3_000, bootID: "pace")
        let linked = Linked(try await Bench().started(), jitter: 255, pace: pace)
        linked.county.change { $0.failingManifests = .max }
        linked.county.give(try manifest(1, [entry("YT8962646785301")], of: linked))
        linked.county.give(try order(2, "revokeBadge", CommandMessage.BadgeRevocation(badge: "00ff00ff00ff00ff")))
        try await linked.run {
            try await eventually("the second is done") { await linked.bench.engine.settledCommands().highest == 2 }
            #expect(await linked.bench.engine.settledCommands().through == 0)
            try await eventually("it is a fault") { await !linked.runner.currentStatus().putOff.isEmpty }
            let command = await linked.runner.currentStatus().putOff.first?.command
            #expect(command?.number == 1 && command?.type == "manifest")
            #expect(command?.reason.contains("取不到预报") == true && command?.reason.contains("not fetched") == true)
            linked.county.change { $0.failingManifests = 0 }
            await linked.runner.linkCameUp()
            try await eventually("it is done") { await linked.bench.engine.settledCommands().through == 2 }
            #expect(await linked.runner.currentStatus().putOff.isEmpty)
        }
    }

    @Test("a number that was another command's is answered with numberPassed, without a fetch")
    func passed() async throws {
        linked.county.give(try command(1, "selfDestruct"))
        try await linked.run {
            try await isDone(1)
            var other = try manifest(1, [entry("YT8962646785301")])
            other.id = "other"
            other.signature = nil
            linked.county.give(try other.signed(by: linked.bench.people.county))
            linked.county.give(try manifest(2, [entry("YT8962646785302")]))
            try await isDone(2)
        }
        #expect(failures == [1: "numberPassed"])
        #expect(linked.county.calls("/manifests/m1") == 0)
    }

    @Test("events go on while a manifest is fetched that an answer to a batch listed")
    func slowFetch() async throws {
        let (gate, continuation) = AsyncStream.makeStream(of: Void.self)
        linked.county.change {
            $0.questionFault = .cut
            $0.manifestGate = gate
        }
        linked.county.give(try manifest(1, [entry("YT8962646785301")]))
        linked.county.give(try command(2, "selfDestruct"))
        try await linked.run {
            try await eventually("it is asked for") { linked.county.calls("/manifests/m1") > 0 }
            for number in 0..<3 {
                await linked.bench.type("99\(number)")
                try await linked.allArrives()
            }
            #expect(await linked.bench.engine.settledCommands().highest == 0)
            continuation.finish()
            try await isDone(2)
        }
        #expect(linked.county.calls("/manifests/m1") == 1)
        #expect(failures == [2: "this version knows no such command"])
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
