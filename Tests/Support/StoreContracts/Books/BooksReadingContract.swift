public import CountyBooks
import LockerDomain
import Testing

/// What each store of the books keeps to: it answers as the books in memory do that were given the same lines in the same
/// order. The order of rows of one moment is free.
public enum BooksReadingContract: String, CaseIterable, Sendable {
    case saysHowFarItIs, extractsPeriods, leavesPiecesOutOfDays, countsFigures, addsUpDays, hasHoldings, findsPieces
    case limitsLists
    case followsAWaybill, listsVisits, listsTroubles, listsVoices, namesDoors, listsWhatItCannotRead

    /// Fails the running test where the store does not keep to it.
    public func check(_ store: some BooksReading, against memory: MemoryBooks) throws {
        let pair = Pair(store: store, memory: memory)
        switch self {
        case .saysHowFarItIs: #expect(try store.state() == memory.state())
        case .extractsPeriods: try extractsPeriods(pair)
        case .leavesPiecesOutOfDays: try leavesPiecesOutOfDays(pair)
        case .countsFigures: try countsFigures(pair)
        case .addsUpDays: try addsUpDays(pair)
        case .hasHoldings:
            #expect(try store.holdings() == memory.holdings())
            #expect(try Self.inOrder(store.waitingSince()) == Self.inOrder(memory.waitingSince()))
        case .findsPieces: try findsPieces(pair)
        case .limitsLists: try limitsLists(pair)
        case .followsAWaybill: try followsAWaybill(pair)
        case .listsVisits: try listsVisits(pair)
        case .listsTroubles: try listsTroubles(pair)
        case .listsVoices: try listsVoices(pair)
        case .namesDoors: try namesDoors(pair)
        case .listsWhatItCannotRead: try listsWhatItCannotRead(pair)
        }
    }

    private static func inOrder(_ times: [Int64?]) -> [Int64?] { times.sorted { ($0 ?? .min) < ($1 ?? .min) } }

    /// The store that is checked, and what it is compared with.
    private struct Pair<Store: BooksReading> {
        var store: Store
        var memory: MemoryBooks

        var stations: [String] { memory.holdings().map(\.station) }

        /// The days that the books hold and one before and behind them.
        var days: ClosedRange<Int64> {
            get throws {
                let span = try #require(memory.span)
                return span.lowerBound - 1...span.upperBound + 1
            }
        }

        /// Each of these days, the months that hold their ends, and their years.
        var periods: [CountyPeriod] {
            get throws {
                let ends = [try days.lowerBound, try days.upperBound]
                let months = ends.flatMap { day in
                    [CountyPeriod(monthHolding: day), CountyPeriod(monthHolding: day, ends: 25)]
                }
                let years = ends.compactMap { CountyPeriod(.year, String(CivilDay(number: $0).year)) }
                return try days.map { CountyPeriod(day: $0) } + months + years
            }
        }
    }

    /// How often each thing is there.
    private func counted<Thing: Hashable>(_ things: some Sequence<Thing>) -> [Thing: Int] {
        things.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// Fails the running test for rows that are in one list alone, or do not fall.
    private func compare<Row: Hashable>(
        _ rows: [Row],
        _ expected: [Row],
        _ what: String,
        by time: (Row) -> Int64
    ) {
        let (own, others) = (counted(rows), counted(expected))
        for row in Set(rows + expected) where own[row] != others[row] {
            Issue.record("\(what): \(row): \(own[row] ?? 0) in the store, \(others[row] ?? 0) in memory")
        }
        let times = rows.map(time)
        #expect(times == times.sorted(by: >), "\(what)")
    }

    // MARK: Periods

    private func extractsPeriods<Store>(_ pair: Pair<Store>) throws {
        var pieces = 0
        for period in try pair.periods {
            let (extract, expected) = (try pair.store.extract(period), pair.memory.extract(period))
            #expect(extract.period == period)
            #expect(extract.through == expected.through)
            #expect(extract.stations == expected.stations)
            #expect(extract.days == expected.days, "\(period)")
            #expect(extract.drifts == expected.drifts, "\(period)")
            #expect(counted(extract.pieces) == counted(expected.pieces), "\(period)")
            pieces += extract.pieces.count
        }
        #expect(pieces > 0, "books without pieces show nothing")
    }

    private func leavesPiecesOutOfDays<Store>(_ pair: Pair<Store>) throws {
        for period in try pair.periods {
            let (days, extract) = (try pair.store.days(period), try pair.store.extract(period))
            #expect(days.pieces.isEmpty)
            #expect(days.days == extract.days)
            #expect(days.drifts == extract.drifts)
            #expect(days.stations == extract.stations)
            #expect((days.period, days.through) == (period, extract.through))
        }
    }

    private func countsFigures<Store>(_ pair: Pair<Store>) throws {
        let names = pair.memory.figureNames
        try #require(names.count > 5)
        for period in try pair.periods {
            for asked in [names, [names[0]], Array(names.suffix(2)), ["none"], []] {
                for station in pair.stations.map(Optional.some) + [nil, "none"] {
                    let figures = try pair.store.figures(of: station, period, named: asked)
                    let expected = pair.memory.figures(of: station, period, named: asked)
                    // What was counted and taken off again may stand there as 0.
                    #expect(counted(figures.filter { $0.count != 0 }) == counted(expected), "\(period) \(asked)")
                }
            }
        }
    }

    private func addsUpDays<Store>(_ pair: Pair<Store>) throws {
        let names = pair.memory.figureNames
        try #require(names.count > 5)
        var (count, brands): (Int, Set<String>) = (0, [])
        for period in try pair.periods {
            for asked in [names, [names[0]], Array(names.suffix(2)), ["none"], []] {
                for byBrand in [false, true] {
                    let sums = try pair.store.daySums(period, named: asked, byBrand: byBrand)
                    let expected = try pair.memory.daySums(period, named: asked, byBrand: byBrand)
                    #expect(counted(sums) == counted(expected), "\(period) \(asked)")
                    count += sums.count
                    brands.formUnion(sums.compactMap(\.brand))
                }
            }
        }
        #expect(count > 0 && !brands.isEmpty, "books without figures show nothing")
    }

    // MARK: Pieces

    /// Questions of every kind, alone and joined.
    private func queries<Store>(_ pair: Pair<Store>) throws -> [PieceQuery] {
        let all = PieceQuery(limit: 5_000)
        let pieces = pair.memory.pieces(all)
        let some = try #require(pieces.first)
        var queries = [all]
        func ask(_ change: (inout PieceQuery) -> Void) {
            var query = all
            change(&query)
            queries.append(query)
        }
        for state in Set(pieces.map(\.piece.state)) { ask { $0.states = [state] } }
        for brand in Set(pieces.map(\.piece.brand)) { ask { $0.brands = [brand] } }
        for station in pair.stations + ["none"] { ask { $0.station = station } }
        for direction in [Direction.inbound, .outbound] { ask { $0.direction = direction } }
        for text in [some.piece.waybill.rawValue, String(some.piece.waybill.rawValue.suffix(4)), "%", "_", "none"] {
            ask { $0.waybill = text }
        }
        for held in pieces.prefix(1_000) {
            guard let formerly = held.piece.formerly else { continue }
            ask { $0.waybill = formerly.rawValue }
        }
        ask { $0.brands = [] }
        ask { $0.operatorName = some.piece.operatorName }
        ask { $0.operatorName = "none" }
        ask { ($0.operatorName, $0.operatorStations) = ("none", [some.station]) }
        ask { $0.isOverdue = true }
        ask { query in
            (query.states, query.direction, query.station) = ([.stored, .collected], .inbound, some.station)
            query.brands = [some.piece.brand, "none"]
        }
        return queries
    }

    private func findsPieces<Store>(_ pair: Pair<Store>) throws {
        for query in try queries(pair) {
            let expected = pair.memory.pieces(query)
            compare(try pair.store.pieces(query), expected, "\(query)") { $0.piece.lastEvent }
        }
    }

    private func limitsLists<Store>(_ pair: Pair<Store>) throws {
        let days = try pair.days
        for limit in [0, 1, 3] {
            let pieces = (try pair.store.pieces(PieceQuery(limit: limit)), pair.memory.pieces(PieceQuery(limit: limit)))
            #expect(pieces.0.map(\.piece.lastEvent) == pieces.1.map(\.piece.lastEvent))
            let visits = VisitQuery(days: days, limit: limit)
            #expect(
                try pair.store.visits(visits).map(\.visit.arrivedAt)
                    == pair.memory.visits(visits).map(\.visit.arrivedAt)
            )
            let troubles = TroubleQuery(limit: limit)
            #expect(
                try pair.store.troubles(troubles).map(\.trouble.from)
                    == pair.memory.troubles(troubles).map(\.trouble.from)
            )
            let voices = try pair.store.voices(of: nil, days, limit: limit)
            #expect(voices.map(\.voice.at) == pair.memory.voices(of: nil, days, limit: limit).map(\.voice.at))
        }
    }

    private func followsAWaybill<Store>(_ pair: Pair<Store>) throws {
        let pieces = pair.memory.pieces(PieceQuery(limit: 5_000)).map(\.piece)
        try #require(!pieces.isEmpty)
        for waybill in Set(pieces.map(\.waybill) + pieces.compactMap(\.formerly)) {
            #expect(try pair.store.custody(of: waybill) == pair.memory.custody(of: waybill), "\(waybill)")
        }
        #expect(try pair.store.custody(of: "none").isEmpty)
    }

    // MARK: Things

    private func listsVisits<Store>(_ pair: Pair<Store>) throws {
        let days = try pair.days
        var queries = days.map { VisitQuery(days: $0...$0, limit: 5_000) }
        for station in pair.stations + ["none"] {
            var query = VisitQuery(days: days, limit: 5_000)
            query.station = station
            queries.append(query)
        }
        for route in Set(pair.memory.visits(VisitQuery(days: days, limit: 5_000)).compactMap(\.visit.route)) {
            var query = VisitQuery(days: days, limit: 5_000)
            query.route = route
            queries.append(query)
        }
        var count = 0
        for query in queries {
            let visits = try pair.store.visits(query)
            compare(visits, pair.memory.visits(query), "\(query)") { $0.visit.arrivedAt }
            count += visits.count
        }
        #expect(count > 0, "books without runs show nothing")
    }

    private func listsTroubles<Store>(_ pair: Pair<Store>) throws {
        for kinds in Trouble.Kind.allCases.map({ Set([$0]) }) + [[], [.outOfService, .cameraOffline]] {
            for station in pair.stations.map(Optional.some) + [nil, "none"] {
                for isOpen in [false, true] {
                    var query = TroubleQuery(limit: 5_000)
                    (query.kinds, query.station, query.isOpen) = (kinds, station, isOpen)
                    let expected = pair.memory.troubles(query)
                    compare(try pair.store.troubles(query), expected, "\(query)") { $0.trouble.from }
                }
            }
        }
    }

    private func listsVoices<Store>(_ pair: Pair<Store>) throws {
        let days = try pair.days
        for span in days.map({ $0...$0 }) + [days] {
            for station in pair.stations.map(Optional.some) + [nil, "none"] {
                let expected = pair.memory.voices(of: station, span, limit: 5_000)
                compare(try pair.store.voices(of: station, span, limit: 5_000), expected, "\(span)") { $0.voice.at }
            }
        }
    }

    private func namesDoors<Store>(_ pair: Pair<Store>) throws {
        for station in pair.stations + ["none"] {
            #expect(try pair.store.doors(of: station) == pair.memory.doors(of: station), "\(station)")
        }
    }

    private func listsWhatItCannotRead<Store>(_ pair: Pair<Store>) throws {
        func key(_ line: QuarantinedLine) -> String {
            "\(line.station) \(line.incarnation) \(line.sequence) \(line.received)"
        }
        for limit in [0, 1, 5_000] {
            let expected = pair.memory.quarantined(limit: limit)
            // Why they cannot be read, each store says in its own words.
            #expect(try pair.store.quarantined(limit: limit).map(key) == expected.map(key))
        }
        #expect(try pair.store.quarantined(limit: 5_000).allSatisfy { !$0.fault.isEmpty })
    }
}
