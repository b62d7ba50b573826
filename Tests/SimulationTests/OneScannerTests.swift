import LockerDomain
import StationBooks
import StationCore
import StationRules
import Testing

@testable import Simulator

@Suite("Two people at the one scanner")
struct OneScannerTests {
    private let shelf = (1...5).map { ShelfPlace(rawValue: "S1-\($0 + 10)") }
    private let world: World
    private let items: [Int]

    init() {
        world = World(seed: 3, profile: Profile(doors: [], shelf: shelf))
        world.begin()
        let world = world
        items = (0..<2).map { number in
            let label = Waybill(rawValue: "SF10000000\(10_000 + number)")
            return world.truth.add(label: label, owner: number, size: .medium, isAnnounced: false)
        }
    }

    /// A courier brings them, and walks far between two.
    private func courier(brings load: [Int]) -> Courier {
        let badge = world.issue(.courier, days: 1)
        let courier = Courier(world, badge: badge, load: load, manners: Courier.Manners(walk: 20_000))
        courier.come()
        return courier
    }

    private func pass(_ milliseconds: Int64) { world.run(until: world.clock.now + milliseconds) }

    @Test("a courier does not follow the place that somebody else hears for the parcel put down last")
    func placeOfAnother() {
        let courier = courier(brings: items)
        while courier.placed == 0, world.clock.now < world.beginning + Span.hour { pass(500) }
        guard case .at(let place) = world.truth.items[items[0]].location else {
            Issue.record("it lies nowhere")
            return
        }
        courier.saw(Answer(.putOnShelf, place.description))
        pass(10_000)
        #expect(world.truth.inside(place).map(\.id) == [items[0]])
        pass(2 * Span.minute)
        #expect(courier.placed == 2)
        world.windUp()
        #expect(world.failure == nil)
    }

    @Test("what a code released and a keeper names by its label is collected in the books, and comes in once more")
    func released() throws {
        let keeper = world.issue(.keeper, days: 1)
        world.staff = [keeper]
        world.county.order(.pins(world.verifiers))
        world.fetchCommands()
        _ = courier(brings: [items[0]])
        pass(3 * Span.minute)
        let parcel = try #require(world.proven.parcels[world.truth.items[items[0]].label])
        let place = try #require(parcel.place)
        let code = PickupCode(parcel.waybill, n: parcel.n, key: world.county.codeKey)
        world.post(Post(.text(code.description, from: TextSource(device: "1-2", role: .keypad))))
        pass(Span.second)
        Holding(world, badge: keeper).come()
        pass(2 * Span.minute)
        #expect(world.proven.parcels[parcel.waybill]?.status == .collected)
        #expect(world.truth.inside(place).isEmpty)
        #expect(world.returned == [items[0]])
        _ = courier(brings: [items[1]])
        pass(3 * Span.minute)
        world.windUp()
        #expect(world.failure == nil)
    }

    @Test("a keeper whose JOIN ends with somebody else's scan hears a shelf place for what is not there")
    func joined() throws {
        let keeper = world.issue(.keeper, days: 1)
        world.staff = [keeper]
        world.county.order(.pins(world.verifiers))
        let old: Waybill = "YT8320975491136"
        let entry = ManifestEntry(waybill: old, brand: "SF", operatorName: "SF", consent: .userConsent)
        world.county.order(.manifest(id: "m-1", entries: [entry]))
        world.fetchCommands()
        let label = world.truth.items[items[1]].label
        Joiner(world, badge: keeper, old: old, label: label).come()
        let scanner = TextSource(device: "1-1", role: .scanner)
        let other = Post(.text(world.truth.items[items[0]].label.rawValue, from: scanner))
        while world.clock.now < world.beginning + Span.hour {
            pass(200)
            guard case .scanRejected(let fact)? = world.durableEvents.last, fact.text == old.rawValue else { continue }
            world.post(other)
            break
        }
        pass(2 * Span.minute)
        let place = try #require(world.proven.parcels[label]?.place)
        #expect(world.truth.inside(place).isEmpty && world.truth.excuses[place] == .strangeScan)
        world.windUp()
        #expect(world.failure == nil)
    }
}
