/// Many worlds from one seed: the first has the seed itself, so that a printed seed is a world again.
public struct Simulation: Sendable {
    public let seed: UInt64
    public let days: Int
    /// Days of one world: long enough for parcels to come and go, short enough for many kinds of station.
    public static let daysPerWorld = 12

    public init(seed: UInt64, days: Int) {
        self.seed = seed
        self.days = days
    }

    /// What a simulation came to.
    public struct Report: Sendable {
        public var days = 0
        public var worlds = 0
        public var events = 0
        public var turns = 0
        public var crashes = 0
        public var kinds: [String: Int] = [:]
        /// Hash behind the last line of the last world.
        public var fingerprint = ""
        public var failure: Failure?
    }

    /// Lives through the days, one world after the other, until one breaks.
    public func run(isLoud: Bool = false) -> Report {
        var report = Report()
        var (chance, next) = (Chance(seed: seed ^ 0x5eed), seed)
        while report.days < days, report.failure == nil {
            let part = min(Self.daysPerWorld, days - report.days)
            let world = World(seed: next, isLoud: isLoud)
            report.failure = world.run(days: part)
            report.days += part
            report.worlds += 1
            report.events += world.events
            report.turns += world.turns
            report.crashes += world.crashes
            report.kinds.merge(world.kinds) { $0 + $1 }
            report.fingerprint = world.fingerprint
            next = chance.next()
        }
        return report
    }
}
