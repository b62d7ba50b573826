package import LockerDomain
package import StationBooks
import StationCore
package import StationRules
package import SyncWire

/// What tests see of a world.
extension World {
    /// A world in which every rule is kept.
    package convenience init(seed: UInt64) { self.init(seed: seed, profile: nil) }

    /// A world with one broken rule.
    package convenience init(breaking mutant: Mutant, seed: UInt64) { self.init(seed: seed, rules: mutant.rules) }

    /// The parcels of the state that the durable events prove.
    package var provenParcels: [Parcel] { Array(proven.parcels.values) }

    /// Notes something rare.
    func meet(_ what: String) { met.insert(what) }

    /// The events on the disk that can be read.
    package var durableEvents: [Event] { disk.lines.compactMap { $0.read?.event } }

    /// An event as the station would write it now, the first of its journal.
    package func line(of event: Event) -> EventLine {
        EventLine(
            station: settings.id,
            incarnation: "f1",
            sequence: 1,
            time: clock.moment,
            bootID: clock.bootID,
            event: event
        )
    }
}

/// A driver brings parcels that nobody announced to an empty station; nothing else happens.
package struct Delivery {
    /// What the driver needed; `nil` if it was more than ten minutes.
    package let milliseconds: Int64?
    /// Parcels that found a place.
    package let placed: Int
    /// Parcels that wait by the books.
    package let waiting: Int
    /// The first broken invariant.
    package let failure: Failure?

    /// - Parameter shutsLate: doors of a thousand that are shut only after the next scan.
    package init(parcels: Int, doors: [DoorSettings], shelf: [ShelfPlace], shutsLate: Int, seed: UInt64) {
        let world = World(seed: seed, profile: Profile(doors: doors, shelf: shelf))
        world.begin()
        let badge = world.issue(.courier, days: 1)
        let load = (0..<parcels).map { number in
            let label = Waybill(rawValue: "SF10000000\(10_000 + number)")
            return world.truth.add(label: label, owner: number, size: .medium, isAnnounced: false)
        }
        let courier = Courier(world, badge: badge, load: load, manners: Courier.Manners(shutsLate: shutsLate))
        let start = world.clock.now
        var end: Int64?
        courier.done = { end = world.clock.now }
        courier.come()
        world.run(until: start + 600_000)
        milliseconds = end.map { $0 - start }
        placed = courier.placed
        waiting = world.machine.state.waiting.count
        world.windUp()
        failure = world.failure
    }
}

/// A world in which nothing happens by itself, and what the sentence of replaced codes says of what a test lets happen.
package final class ReplacedCodeScene {
    private let world = World(seed: 1, profile: Profile(doors: [], shelf: []))
    private var sentence = ReplacedCode()

    package init() {}

    package var settings: StationSettings { world.settings }
    package var codeKey: CodeKey { world.county.codeKey }
    /// True milliseconds since 1970.
    package var now: Int64 { world.clock.now }

    /// An event becomes durable. Returns what is wrong with it, or `nil`.
    package func happens(_ event: Event, because input: Input) -> String? {
        let line = world.line(of: event)
        let step = Step.event(line, cause: Post(input))
        world.handed.hear(step, in: world)
        let detail = sentence.judge(step, in: world)
        world.proven.apply(event, at: line.time)
        return detail
    }
}
