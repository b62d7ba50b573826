import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Testing

@Suite("Phone numbers typed at the station")
struct ContactTests {
    private let linked: Linked
    private let waybill: Waybill = "YT8962646785301"
    private let phone = "13812345678"

    init() async throws { linked = Linked(try await Bench().started()) }

    private var bench: Bench { linked.bench }

    /// A courier brings a parcel and types the recipient's number.
    private func typeContact(_ phone: String? = nil) async -> [Answer.ID] {
        await bench.scan(bench.people.courier)
        await bench.scan(waybill.rawValue)
        return await bench.type(phone ?? self.phone)
    }

    private func opened(_ bytes: [UInt8]?) throws -> String {
        try ContactSeal.open(
            try #require(bytes),
            of: waybill,
            at: Bench.station,
            with: bench.people.countyExchange
        )
    }

    @Test("a number goes sealed to the county, which alone opens it; journal and store never hold it")
    func sealed() async throws {
        #expect(await typeContact() == [.contactKept])
        let kept = try #require(try bench.contacts.unsent(after: nil, limit: 9).first)
        #expect(kept.waybill == waybill)
        #expect(try opened(kept.sealed) == phone)
        try await linked.run {
            try await eventually("the county has it") { linked.county.contact(waybill) == kept.sealed }
            try await eventually("it is marked") { try bench.contacts.unsent(after: nil, limit: 9).isEmpty }
            try await linked.allArrives()
        }
        let written = bench.journal.all.map(\.bytes) + [kept.sealed]
        #expect(written.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("12345678") })
        #expect(Books(bench.journal.all).types.contains(.parcelContactGiven))
    }

    @Test("it does not open for another waybill, another station or as an enrolment")
    func bound() async throws {
        _ = await typeContact()
        let sealed = try #require(try bench.contacts.unsent(after: nil, limit: 9).first?.sealed)
        let key = bench.people.countyExchange
        #expect(throws: (any Error).self) {
            try ContactSeal.open(sealed, of: "YT8962646785302", at: Bench.station, with: key)
        }
        #expect(throws: (any Error).self) { try ContactSeal.open(sealed, of: waybill, at: "yc-other-1", with: key) }
        let box = try CanonicalJSON.decode(ExchangeKey.Sealed.self, from: sealed)
        #expect(throws: (any Error).self) { try key.open(box, context: "\(Bench.station)/\(waybill)") }
    }

    private func typedKeys(_ bench: Bench) -> [String] {
        Books(bench.journal.all).events.compactMap { ($0.payload as? ParcelContactGiven)?.recipientKey }
    }

    @Test("the same number has one random key for all its parcels, over a restart; another number has another")
    func sameKey() async throws {
        let other: Waybill = "YT8962646785302"
        #expect(await typeContact() == [.contactKept])
        await bench.advance(9_000)
        await bench.scan(other.rawValue)
        #expect(await bench.type(phone) == [.contactKept])
        await bench.advance(9_000)
        let again = try await bench.afterPowerCut().started()
        await again.scan(again.people.keeper)
        await again.scan("VLK1:RECEIVE")
        await again.scan("YT8962646785303")
        #expect(await again.type(phone) == [.contactKept])
        await again.advance(9_000)
        await again.scan("YT8962646785304")
        #expect(await again.type("13912345679") == [.contactKept])
        let keys = typedKeys(again)
        #expect(keys.count == 4)
        #expect(Set(keys.prefix(3)).count == 1 && keys[3] != keys[0])
        #expect(keys.allSatisfy { Hex.decode($0)?.count == 16 })
        #expect(try bench.contacts.unsent(after: nil, limit: 9).map(\.recipientKey) == keys)
    }

    @Test("the key is not made of the number: another station, or the same one once it was erased, draws another")
    func random() async throws {
        #expect(await typeContact() == [.contactKept])
        let first = try #require(typedKeys(bench).first)
        let other = try await Bench(people: bench.people, wall: Bench.firstMorning + 60_000).started()
        await other.scan(other.people.courier)
        await other.scan(waybill.rawValue)
        await other.type(phone)
        #expect(typedKeys(other).count == 1 && typedKeys(other).first != first)
        try bench.contacts.erase(over: [waybill], at: 0)
        try bench.contacts.erase(over: [waybill], at: ContactLimits.contactDays * 86_400_000)
        #expect(await bench.type(phone) == [.contactKept])
        #expect(Set(typedKeys(bench)).count == 2)
    }

    @Test("a number that was typed again while the first one travels is sent too")
    func typedAgain() async throws {
        _ = await typeContact()
        let first = try #require(try bench.contacts.unsent(after: nil, limit: 9).first)
        #expect(await bench.type("13912345679") == [.contactKept])
        try bench.contacts.markSent(first)
        try await linked.run {
            try await eventually("the second arrives") {
                try linked.county.contact(waybill).map { try opened($0) } == "13912345679"
            }
        }
    }

    @Test("one that the county refuses holds up neither the others nor the events")
    func refused() async throws {
        _ = await typeContact()
        let other: Waybill = "YT8962646785399"
        try bench.contacts.keep(SealedContact(waybill: other, sealed: [0x7B, 0x7D]))
        linked.county.change { $0.refusedContacts = [waybill.rawValue] }
        try await linked.run {
            try await eventually("the other arrives") { linked.county.contact(other) != nil }
            try await eventually("it is tried again") {
                linked.county.calls("/contacts/\(waybill)") > 2
            }
            await bench.type("12")
            try await linked.allArrives()
            linked.county.change { $0.refusedContacts = [] }
            try await eventually("at last it arrives") { linked.county.contact(waybill) != nil }
        }
    }

    @Test("a number that cannot be kept is not said to be")
    func broken() async throws {
        bench.contacts.fail(true)
        #expect(await typeContact() == [.busy])
        #expect(try bench.contacts.waybills().isEmpty)
        bench.contacts.fail(false)
        #expect(await bench.type(phone) == [.contactKept])
    }

    @Test("without the county's exchange key nothing is kept")
    func noKey() async throws {
        var ring = bench.people.keyring
        ring.county?.exchangeKey = []
        try bench.keys.keep(ring)
        #expect(await typeContact() == [.busy])
        #expect(try bench.contacts.waybills().isEmpty)
    }

    @Test("it is erased thirty days after the parcel's end, not before, and not while the parcel is inside")
    func erased() async throws {
        await bench.deposit(waybill)
        #expect(await bench.type(phone) == [.contactKept])
        let day: Int64 = 86_400_000
        await bench.advance(ContactLimits.eraseMilliseconds)
        await bench.type(bench.people.code(waybill))
        await bench.advance(9_000)
        #expect(await bench.parcel(waybill)?.status == .collected)
        await bench.advance(ContactLimits.eraseMilliseconds)
        #expect(try bench.contacts.waybills() == [waybill])
        let later = bench.clock.now().wall + ContactLimits.contactDays * day - 2 * ContactLimits.eraseMilliseconds
        bench.clock.inner.set(wall: later, clock: .ntp)
        await bench.advance(ContactLimits.eraseMilliseconds / 2)
        #expect(try bench.contacts.waybills() == [waybill], "a little early")
        await bench.advance(2 * ContactLimits.eraseMilliseconds)
        #expect(try bench.contacts.waybills().isEmpty)
    }
}
