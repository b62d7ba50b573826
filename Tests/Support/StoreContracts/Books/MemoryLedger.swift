public import CountyBooks
public import LockerDomain
public import SyncWire

/// The books of one station in memory.
public final class MemoryLedger: StationLedger {
    public typealias Failure = Never

    public var lines: [Int64: EventLine] = [:]
    public private(set) var pieces: [Waybill: Piece] = [:]
    public private(set) var steps: [Waybill: CountedStep] = [:]
    public private(set) var traces: [Waybill: [Int64]] = [:]
    public private(set) var counts: [FigureKey: Int] = [:]
    public private(set) var counted: [CountedPiece] = []
    public private(set) var days: [Int64: StationDay] = [:]
    public private(set) var drifts: [Int64: Drift] = [:]
    public private(set) var visits: [Int64: RunVisit] = [:]
    public private(set) var doors: [DoorName: DoorStanding] = [:]
    public private(set) var troubles: [Int64: Trouble] = [:]
    public private(set) var voices: [Voice] = []

    public init() {}

    public func line(_ number: Int64) -> EventLine? { lines[number] }
    public func piece(_ waybill: Waybill) -> Piece? { pieces[waybill] }
    public func keep(_ piece: Piece?, of waybill: Waybill) { pieces[waybill] = piece }
    public func step(of waybill: Waybill) -> CountedStep? { steps[waybill] }
    public func keep(_ step: CountedStep?, of waybill: Waybill) { steps[waybill] = step }
    public func trace(_ waybill: Waybill, _ number: Int64) { traces[waybill, default: []].append(number) }
    public func add(_ count: Int, _ key: FigureKey) { counts[key, default: 0] += count }
    public func add(_ piece: CountedPiece) { counted.append(piece) }
    public func day(_ day: Int64) -> StationDay? { days[day] }
    public func keep(_ day: StationDay) { days[day.day] = day }
    public func keep(_ drift: Drift) { drifts[drift.number] = drift }
    public func openVisit(of run: String) -> RunVisit? {
        visits.values.filter { $0.run == run && $0.departedAt == nil }.max { $0.number < $1.number }
    }
    public func visit(of run: String, endedBy number: Int64) -> RunVisit? {
        visits.values.first { $0.run == run && $0.endedBy == number }
    }
    public func visit(_ number: Int64) -> RunVisit? { visits[number] }
    public func keep(_ visit: RunVisit) { visits[visit.number] = visit }
    public func door(_ name: DoorName) -> DoorStanding? { doors[name] }
    public func keep(_ door: DoorStanding) { doors[door.door] = door }
    public func openTrouble(_ kind: Trouble.Kind, of thing: String) -> Trouble? {
        troubles.values.first { $0.kind == kind && $0.thing == thing && $0.until == nil }
    }
    public func keep(_ trouble: Trouble) { troubles[trouble.number] = trouble }
    public func keep(_ voice: Voice) { voices.append(voice) }

    /// Folds lines as they would come, each at the time it was made.
    public func fold(_ all: [EventLine], into fold: inout StationFold) {
        for line in all {
            let number = Int64(lines.count + 1)
            lines[number] = line
            fold.take(FoldedLine(number: number, received: line.time.wall, line: line), into: self)
        }
    }

    /// What surely belongs to a period, but for what people handled.
    public func figures(_ period: CountyPeriod) -> [FigureKey: Int] {
        var figures: [FigureKey: Int] = [:]
        for (key, count) in counts where !key.figure.hasPrefix(FigureKey.handled) {
            guard period.holds(key.mark, drifts), key.takesOff.map({ period.holds($0, drifts) }) ?? true else {
                continue
            }
            var bare = key
            (bare.mark, bare.takesOff, bare.village, bare.operatorName) = (.day(1), nil, nil, nil)
            if bare.figure.hasPrefix("survey") { bare.word = nil }
            figures[bare, default: 0] += count
        }
        return figures.filter { $0.value != 0 }
    }
}
