public import CountyBooks
import LockerDomain
import StationBooks
public import SyncWire
import Synchronization

/// The books of a county in memory: what a store answers is compared with them. They hold no SQL and look through all rows
/// for each question.
public final class MemoryBooks: BooksReading {
    struct Station {
        var ledger = MemoryLedger()
        var fold = StationFold()
    }

    struct Kept {
        var stations: [String: Station] = [:]
        /// Lines that were folded, by their numbers.
        var lines: [Int64: CustodyLine] = [:]
        var newest: Int64 = 0
        /// The newest last.
        var quarantined: [QuarantinedLine] = []
    }

    let kept = Mutex(Kept())

    public init() {}

    /// Folds lines of a station, which come in the order in which they happened; those that name another station cannot be interpreted.
    ///
    /// - Parameter received: milliseconds since 1970 at which they come.
    public func take(_ lines: [EventLine], of station: String, received: Int64) {
        kept.withLock { kept in
            var books = kept.stations[station] ?? Station()
            for line in lines {
                kept.newest += 1
                let number = kept.newest
                guard line.station == station else {
                    kept.quarantined.append(
                        QuarantinedLine(
                            station: station,
                            incarnation: line.incarnation,
                            sequence: line.sequence,
                            received: received,
                            type: line.event.type.rawValue,
                            fault: "names another station"
                        )
                    )
                    books.fold.skip(line.incarnation, line.sequence)
                    continue
                }
                kept.lines[number] = CustodyLine(station: station, number: number, received: received, line: line)
                books.ledger.lines[number] = line
                books.fold.take(FoldedLine(number: number, received: received, line: line), into: books.ledger)
            }
            kept.stations[station] = books
        }
    }

    /// Names of all figures that count something.
    public var figureNames: [String] {
        kept.withLock { kept in Set(kept.stations.values.flatMap { $0.ledger.counts.keys.map(\.figure) }).sorted() }
    }

    /// Days of which the books have something; `nil` when there is none.
    public var span: ClosedRange<Int64>? {
        let days = kept.withLock { kept in kept.stations.values.flatMap { Array($0.ledger.days.keys) } }
        guard let first = days.min(), let last = days.max() else { return nil }
        return first...last
    }

    // MARK: Periods

    public func state() -> BooksState {
        kept.withLock { kept in
            BooksState(
                through: kept.newest,
                newest: kept.newest,
                isRebuilding: false,
                quarantined: kept.quarantined.count
            )
        }
    }

    public func extract(_ period: CountyPeriod) -> BooksExtract {
        kept.withLock { kept in
            var extract = BooksExtract(period: period, through: kept.newest)
            for (station, books) in kept.stations.sorted(by: { $0.key < $1.key }) {
                let (ledger, fold) = (books.ledger, books.fold)
                extract.stations.append(StationStanding(station: station, reaches: fold.latest, began: fold.began))
                let days = ledger.days.values.filter { period.days.contains($0.day) }.sorted { $0.day < $1.day }
                if !days.isEmpty { extract.days[station] = days }
                extract.drifts.merge(ledger.drifts(in: period)) { own, _ in own }
                extract.pieces += ledger.counted.compactMap { piece in
                    guard period.mayConcern(piece.key.mark, ledger.drifts) else { return nil }
                    return StationPiece(piece, of: station)
                }
            }
            return extract
        }
    }

    public func figures(
        of station: String?,
        _ period: CountyPeriod,
        named names: [String]
    ) -> [StationFigures] {
        kept.withLock { kept in
            kept.stations.filter { station == nil || $0.key == station }.flatMap { id, books in
                let drifts = books.ledger.drifts
                return books.ledger.counts.compactMap { key, count -> StationFigures? in
                    guard names.contains(key.figure), period.mayConcern(key.mark, drifts), count != 0 else {
                        return nil
                    }
                    // What another period counted stays there.
                    if let takesOff = key.takesOff, !period.holds(takesOff, drifts) { return nil }
                    let isUncertain = !period.holds(key.mark, drifts)
                    return StationFigures(station: id, key: key, count: count, isUncertain: isUncertain)
                }
            }
        }
    }

    // MARK: Now

    public func holdings() -> [StationHoldings] {
        kept.withLock { kept in
            kept.stations.sorted { $0.key < $1.key }.map { station, books in
                let pieces = Array(books.ledger.pieces.values)
                let stored = pieces.filter { $0.state == .stored }
                var holdings = StationHoldings(station: station)
                holdings.waiting = stored.count
                holdings.overdue = stored.count { $0.overdueAt != nil }
                holdings.oldest = stored.compactMap(\.storedAt).min()
                holdings.outbound = pieces.count { $0.state == .accepted || $0.state == .waiting }
                holdings.doorsOut = books.ledger.doors.values.count(where: \.isOut)
                holdings.camerasOff = books.ledger.troubles.values.count { trouble in
                    trouble.kind == .cameraOffline && trouble.until == nil
                }
                return holdings
            }
        }
    }

    public func doors(of station: String) -> [DoorStanding] {
        kept.withLock { kept in
            let doors = kept.stations[station].map { Array($0.ledger.doors.values) } ?? []
            return doors.filter(\.isOut).sorted { $0.door.rawValue < $1.door.rawValue }
        }
    }

    public func quarantined(limit: Int) -> [QuarantinedLine] {
        kept.withLock { Array($0.quarantined.reversed().prefix(limit)) }
    }
}

extension MemoryLedger {
    /// Stretches without a clock that a period may hold.
    fileprivate func drifts(in period: CountyPeriod) -> [Int64: Drift] {
        drifts.filter { period.mayConcern(.drift($0.key), drifts) }
    }
}

extension CountyPeriod {
    /// Whether something of a mark lies in the period, or may.
    fileprivate func mayConcern(_ mark: DayMark, _ drifts: [Int64: Drift]) -> Bool {
        holds(mark, drifts) || mayHold(mark, drifts)
    }
}

extension DoorStanding {
    fileprivate var isOut: Bool { outOfService != nil || unknownContents != nil }
}

extension StationPiece {
    fileprivate init?(_ piece: CountedPiece, of station: String) {
        guard let figure = ReportFigure(rawValue: piece.key.figure), let brand = piece.key.brand else { return nil }
        self.init(
            station: station,
            waybill: piece.waybill,
            mark: piece.key.mark,
            takesOff: piece.key.takesOff,
            brand: brand,
            village: piece.key.village,
            operatorName: piece.key.operatorName,
            figure: figure,
            count: piece.count
        )
    }
}
