import CountyBooks
import LockerDomain
import SyncWire

/// The books of one station in memory.
final class MemoryLedger: StationLedger {
    typealias Failure = Never

    var lines: [Int64: EventLine] = [:]
    private(set) var pieces: [Waybill: Piece] = [:]
    private(set) var steps: [Waybill: CountedStep] = [:]
    private(set) var traces: [Waybill: [Int64]] = [:]
    private(set) var counts: [FigureKey: Int] = [:]
    private(set) var counted: [CountedPiece] = []
    private(set) var days: [Int64: StationDay] = [:]
    private(set) var drifts: [Int64: Drift] = [:]
    private(set) var visits: [Int64: RunVisit] = [:]
    private(set) var doors: [DoorName: DoorStanding] = [:]
    private(set) var troubles: [Int64: Trouble] = [:]
    private(set) var voices: [Voice] = []

    func line(_ number: Int64) -> EventLine? { lines[number] }
    func piece(_ waybill: Waybill) -> Piece? { pieces[waybill] }
    func keep(_ piece: Piece?, of waybill: Waybill) { pieces[waybill] = piece }
    func step(of waybill: Waybill) -> CountedStep? { steps[waybill] }
    func keep(_ step: CountedStep?, of waybill: Waybill) { steps[waybill] = step }
    func trace(_ waybill: Waybill, _ number: Int64) { traces[waybill, default: []].append(number) }
    func add(_ count: Int, _ key: FigureKey) { counts[key, default: 0] += count }
    func add(_ piece: CountedPiece) { counted.append(piece) }
    func day(_ day: Int64) -> StationDay? { days[day] }
    func keep(_ day: StationDay) { days[day.day] = day }
    func keep(_ drift: Drift) { drifts[drift.number] = drift }
    func openVisit(of run: String) -> RunVisit? {
        visits.values.filter { $0.run == run && $0.departedAt == nil }.max { $0.number < $1.number }
    }
    func keep(_ visit: RunVisit) { visits[visit.number] = visit }
    func door(_ name: DoorName) -> DoorStanding? { doors[name] }
    func keep(_ door: DoorStanding) { doors[door.door] = door }
    func openTrouble(_ kind: Trouble.Kind, of thing: String) -> Trouble? {
        troubles.values.first { $0.kind == kind && $0.thing == thing && $0.until == nil }
    }
    func keep(_ trouble: Trouble) { troubles[trouble.number] = trouble }
    func keep(_ voice: Voice) { voices.append(voice) }

    /// Folds lines as they would come, each at the time it was made.
    func fold(_ all: [EventLine], into fold: inout StationFold) {
        for line in all {
            let number = Int64(lines.count + 1)
            lines[number] = line
            fold.take(FoldedLine(number: number, received: line.time.wall, line: line), into: self)
        }
    }

    /// What surely belongs to a period, but for what people handled.
    func figures(_ period: CountyPeriod) -> [FigureKey: Int] {
        var figures: [FigureKey: Int] = [:]
        for (key, count) in counts where !key.figure.hasPrefix(FigureKey.handled) {
            guard period.holds(key.mark, drifts), key.takesOff.map({ period.holds($0, drifts) }) ?? true else {
                continue
            }
            var bare = key
            (bare.mark, bare.takesOff, bare.village) = (.day(1), nil, nil)
            if bare.figure.hasPrefix("survey") { bare.word = nil }
            figures[bare, default: 0] += count
        }
        return figures.filter { $0.value != 0 }
    }
}
