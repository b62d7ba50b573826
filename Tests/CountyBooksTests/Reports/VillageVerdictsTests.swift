import CountyBooks
import LockerDomain
import LockerTestKit
import Testing

@Suite("Verdicts of villages over a range of days")
struct VillageVerdictsTests {
    private static let north = "140522100201"
    private static let south = "140522100202"
    private static let far = "140522100203"
    private static let lone = "140522100204"
    private static let edge = "140522100205"
    /// The last of them is not over.
    private static let days: ClosedRange<Int64> = 20_000...20_005
    private static let now = ReportPeriod.wall(ofDay: days.upperBound) + 8 * 3_600_000

    private func site(_ number: String, _ village: String, stations: [String]) -> Site {
        Site(
            number: number,
            name: "\(number)网点",
            type: .villagePoint,
            address: "路 1 号",
            operatorName: "共配",
            village: village,
            stations: stations
        )
    }

    /// The nth day of the range, on which a station ran all the time.
    private func watched(_ place: Int64, runs: Int = 0, mayHaveRun: Bool = false) -> StationDay {
        var day = StationDay(day: Self.days.lowerBound + place)
        (day.runs, day.watchedMilliseconds, day.mayHaveRun) = (runs, 86_400_000, mayHaveRun)
        return day
    }

    @Test("sites that open and close in the middle, two sites of a village, one without a station, an unknown station")
    func literal() {
        let first = Self.days.lowerBound
        var closed = site("A", Self.north, stations: ["yc-a"])
        closed.status = .closed
        var reaching = site("B", Self.south, stations: ["yc-b"])
        reaching.serves = [
            ServedVillage(village: Self.north, mode: .reach), ServedVillage(village: Self.edge, mode: .reach),
        ]
        let registers = Registers([
            DatedRow(.site(site("A", Self.north, stations: ["yc-a"]))),
            DatedRow(.site(closed), validFrom: CivilDay(number: first + 3)),
            DatedRow(.site(reaching), validFrom: CivilDay(number: first + 2)),
            DatedRow(.site(site("C", Self.far, stations: []))),
            DatedRow(.site(site("D", Self.lone, stations: ["yc-z"]))),
        ])
        let extract = BooksExtract(
            period: CountyPeriod(day: Self.days.upperBound),
            stations: [
                StationStanding(station: "yc-a", reaches: ReportPeriod.wall(ofDay: first + 3), began: nil),
                StationStanding(station: "yc-b", reaches: ReportPeriod.wall(ofDay: first + 5), began: nil),
            ],
            days: [
                "yc-a": [watched(0, runs: 1), watched(1), watched(2)],
                // As extracts of several months have them: not in order.
                "yc-b": [watched(4, runs: 2), watched(2), watched(3, mayHaveRun: true)],
            ]
        )
        let verdicts = VillageVerdicts(Self.days, extract, registers, now: Self.now)
        func all(_ village: String) -> [DayVerdict?] { Self.days.map { verdicts[village, $0] } }
        #expect(all(Self.north) == [.visited, .notVisited, .notVisited, .uncertain, .visited, .notYet])
        #expect(all(Self.south) == [nil, nil, .notVisited, .uncertain, .visited, .notYet])
        #expect(all(Self.edge) == all(Self.south))
        #expect(all(Self.far).allSatisfy { $0 == nil })
        #expect(all(Self.lone) == [.unknown, .unknown, .unknown, .unknown, .unknown, .notYet])
        #expect(verdicts[Self.north, first - 1] == nil)
        #expect(verdicts.on(first) == [Self.north: .visited, Self.lone: .unknown])
        #expect(verdicts.on(first - 1) == [:])
        #expect(
            verdicts.modes
                == [Self.north: .site, Self.south: .site, Self.far: .site, Self.lone: .site, Self.edge: .reach]
        )
        var counts = DayCounts()
        (counts.visited, counts.notVisited, counts.uncertain, counts.notYet) = (2, 2, 1, 1)
        #expect(verdicts.counts[Self.north] == counts)
        #expect(verdicts.counts[Self.far] == nil)
    }

    @Test("a day before the first event of a station is unknown, but where its books have a row of it")
    func beforeBegin() {
        let first = Self.days.lowerBound
        let registers = Registers([DatedRow(.site(site("A", Self.north, stations: ["yc-a"])))])
        let began = ReportPeriod.wall(ofDay: first + 3) + 3_600_000
        var extract = BooksExtract(
            period: CountyPeriod(day: Self.days.upperBound),
            stations: [StationStanding(station: "yc-a", reaches: ReportPeriod.wall(ofDay: first + 5), began: began)],
            days: ["yc-a": [watched(1), watched(4)]]
        )
        func all() -> [DayVerdict?] {
            let verdicts = VillageVerdicts(Self.days, extract, registers, now: Self.now)
            return Self.days.map { verdicts[Self.north, $0] }
        }
        #expect(all() == [.unknown, .notVisited, .unknown, .uncertain, .notVisited, .notYet])
        extract.stations[0].began = nil
        #expect(all() == [.uncertain, .notVisited, .uncertain, .uncertain, .notVisited, .notYet])
    }

    /// One day judged by itself, station by station.
    private func judged(_ day: Int64, _ extract: BooksExtract, _ registers: Registers) -> [String: DayVerdict] {
        let order: [DayVerdict] = [.notVisited, .uncertain, .unknown, .notYet, .visited]
        var verdicts: [String: DayVerdict] = [:]
        for site in registers.sites(on: day) where site.status != .closed {
            for station in site.stations {
                let kept = extract.days[station]?.first { $0.day == day }
                let reaches = extract.stations.first { $0.station == station }?.reaches
                let verdict = DayVerdict.of(day, kept, reaches: reaches, now: Self.now)
                for served in site.villagesServed {
                    let all = [verdicts[served.village], verdict].compactMap { $0 }
                    verdicts[served.village] = order.last { all.contains($0) }
                }
            }
        }
        return verdicts
    }

    /// Seven sites of three versions each, and five stations, of which one has no books.
    private func county(_ seed: UInt64) -> (extract: BooksExtract, registers: Registers) {
        var chance = SplitMix(seed: seed)
        let first = Self.days.lowerBound
        let villages = [Self.north, Self.south, Self.far, Self.lone, Self.edge]
        let stations = ["yc-a", "yc-b", "yc-c", "yc-d", "yc-z"]
        let states: [SiteStatus] = [.open, .suspended, .closed]
        var rows: [DatedRow] = []
        for number in 1...7 {
            for version in 0..<3 {
                let own = stations.filter { _ in chance.below(3) == 0 }
                var site = self.site("S\(number)", villages[chance.below(villages.count)], stations: own)
                let mode: ServiceMode = chance.below(2) == 0 ? .site : .reach
                site.serves = [ServedVillage(village: villages[chance.below(villages.count)], mode: mode)]
                site.status = states[chance.below(states.count)]
                // Before, within and behind the range; the last site begins within it.
                let from = CivilDay(number: first + Int64(chance.below(9)) - 1)
                rows.append(DatedRow(.site(site), validFrom: version == 0 && number < 7 ? nil : from))
            }
        }
        var extract = BooksExtract(period: CountyPeriod(day: Self.days.upperBound))
        for station in stations.dropLast() {
            let reaches = ReportPeriod.wall(ofDay: first + Int64(chance.below(7)))
            let standing = StationStanding(station: station, reaches: chance.below(5) == 0 ? nil : reaches, began: nil)
            extract.stations.append(standing)
            for place in Int64(0)...5 where chance.below(4) > 0 {
                let day = watched(place, runs: chance.below(4) == 0 ? 1 : 0, mayHaveRun: chance.below(4) == 0)
                extract.days[station, default: []].append(day)
            }
        }
        return (extract, Registers(rows))
    }

    @Test("a range says of each day what the day says by itself", arguments: UInt64(1)...20)
    func sameAsDays(seed: UInt64) {
        let (extract, registers) = county(seed)
        let verdicts = VillageVerdicts(Self.days, extract, registers, now: Self.now)
        var visited: [String: Int] = [:]
        for day in Self.days {
            let expected = judged(day, extract, registers)
            #expect(verdicts.on(day) == expected, "seed \(seed), day \(day)")
            let alone = VillageVerdicts(day...day, extract, registers, now: Self.now)
            #expect(alone.on(day) == expected, "seed \(seed), day \(day)")
            for (village, verdict) in expected { visited[village, default: 0] += verdict == .visited ? 1 : 0 }
        }
        #expect(verdicts.counts.mapValues(\.visited) == visited, "seed \(seed)")
    }
}
